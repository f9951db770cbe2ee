"""A live session whose interviewer is slow: words that were found while nobody spoke are said at once."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from interviews.interviewer.brief import ReplyBrief
from interviews.live import inputs as inp
from interviews.live.events import PUBLIC, CoverageGained
from interviews.mind.scripted import ScriptedMind
from interviews.models import Session
from speech.listening import SpeechStarted, TurnEndHeard, UtteranceHeard

CONSENT = inp.ConsentDecided(notice_version="1", ai_evaluation=True, recording=True, listening=False)


class SlowInterviewer:
    """Needs a moment, which the test gives, for any words after the greeting."""

    name = "slow"

    def __init__(self, *, is_worth_preparing: bool) -> None:
        self.is_worth_preparing = is_worth_preparing
        self.moment = asyncio.Event()
        self.began: list[str] = []
        self.found: list[str] = []
        self.news = asyncio.Event()

    async def compose(self, brief: ReplyBrief) -> AsyncGenerator[str, None]:
        self.began.append(brief.candidate_text)
        self.news.set()
        if brief.candidate_text:
            await self.moment.wait()
        self.found.append(brief.candidate_text)
        self.news.set()
        yield f"You said: {brief.candidate_text or 'nothing'}."

    async def until(self, text: str, among: list[str]) -> None:
        async with asyncio.timeout(10):
            while text not in among:
                self.news.clear()
                await self.news.wait()


class SlowMind(ScriptedMind):
    def __init__(self, interviewer: SlowInterviewer) -> None:
        self.interviewer = interviewer

    def make_interviewer(self, spend: Any) -> SlowInterviewer:
        return self.interviewer


async def listen(stage: Any, session: Session, outlet: Any, *, is_worth_preparing: bool) -> SlowInterviewer:
    """The interview has begun and its first question was played."""
    interviewer = SlowInterviewer(is_worth_preparing=is_worth_preparing)
    stage.mind = SlowMind(interviewer)
    attachment = await stage.registry.attach(session.pk, outlet)
    attachment.offer(CONSENT)
    attachment.offer(inp.CandidateReadied())
    reply_id = (await outlet.receives("reply.finished"))["reply_id"]
    attachment.offer(inp.PlaybackStarted(reply_id=reply_id))
    attachment.offer(inp.PlaybackFinished(reply_id=reply_id))
    await outlet.until(lambda: [one for one in outlet.of("state.changed") if one["state"] == "listening"])
    return interviewer


def say(stage: Any, number: int, text: str) -> None:
    stage.ear.emit(SpeechStarted(at_ms=number * 3_000))
    stage.ear.emit(UtteranceHeard(number, number * 3_000, number * 3_000 + 2_000, text, 0.9))


def fall_silent(stage: Any) -> None:
    stage.ear.emit(TurnEndHeard(at_ms=9_000, silence_ms=700, reason="endpoint", endpoint_ms=700))


def replies(outlet: Any) -> list[str]:
    return [one["text"] for one in outlet.of("reply.sentence")][1:]


async def test_the_first_sentence_was_found_before_the_turn_ended(
    stage: Any, session: Session, outlet: Any
) -> None:
    interviewer = await listen(stage, session, outlet, is_worth_preparing=True)
    interviewer.moment.set()
    say(stage, 1, "We used an index")
    await interviewer.until("We used an index", interviewer.found)
    assert not outlet.of("turn.ended")
    fall_silent(stage)
    await outlet.receives("reply.finished", 2)
    assert replies(outlet) == ["You said: We used an index."]
    assert interviewer.began.count("We used an index") == 1
    order = [one["type"] for one in outlet.messages]
    assert order.count("latency") == 1
    assert order.index("turn.ended") < order.index(
        "latency"
    )  # counted from the turn's end, not from preparing


async def test_otherwise_nobody_is_asked_before_the_turn_has_ended(
    stage: Any, session: Session, outlet: Any
) -> None:
    interviewer = await listen(stage, session, outlet, is_worth_preparing=False)
    say(stage, 1, "We used an index")
    await outlet.receives("transcript.final")
    fall_silent(stage)
    await outlet.receives("turn.ended")
    assert not replies(outlet)
    interviewer.moment.set()
    await outlet.receives("reply.finished", 2)
    assert replies(outlet) == ["You said: We used an index."]


@pytest.mark.parametrize("is_found", [True, False], ids=["found", "being found"])
async def test_words_for_half_of_an_answer_are_never_said(
    stage: Any, session: Session, outlet: Any, is_found: bool
) -> None:
    interviewer = await listen(stage, session, outlet, is_worth_preparing=True)
    if is_found:
        interviewer.moment.set()
    say(stage, 1, "We used an index")
    await interviewer.until("We used an index", interviewer.found if is_found else interviewer.began)
    say(stage, 2, "and a cache")
    await outlet.receives("transcript.final", 2)
    interviewer.moment.set()
    fall_silent(stage)
    await outlet.receives("reply.finished", 2)
    assert replies(outlet) == ["You said: We used an index and a cache."]


def test_candidates_are_not_told_what_their_answer_covers():
    assert CoverageGained not in PUBLIC
