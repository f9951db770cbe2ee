"""One reply, whatever becomes of the interviewer that words it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest

from interviews.interviewer.brief import ReplyBrief
from interviews.interviewer.ports import InterviewerError
from interviews.live.composing import Composer
from interviews.live.inputs import Input, ReplyComposed, ReplySentenceComposed
from interviews.progress import Move

BRIEF = ReplyBrief(move=Move("nudge", 0))
Compose = Callable[..., Awaitable[list[str]]]


class ScriptedInterviewer:
    """Says its deltas, then breaks or falls silent when it is to."""

    name = "scripted"

    def __init__(self, *deltas: str, breaks_with: Exception | None = None, hangs: bool = False) -> None:
        self._deltas = deltas
        self._hangs = hangs
        self._breaks_with = breaks_with

    async def compose(self, brief: ReplyBrief) -> AsyncGenerator[str, None]:
        for delta in self._deltas:
            yield delta
        if self._hangs:
            await asyncio.Event().wait()
        if self._breaks_with is not None:
            raise self._breaks_with


@pytest.fixture
def compose() -> Compose:
    async def run(first: ScriptedInterviewer, second: ScriptedInterviewer, *, skip: int = 0) -> list[str]:
        """The sentences in order of a whole reply; it must come to its end."""
        emitted: list[Input] = []
        ended = asyncio.Event()

        def emit(happened: Input) -> None:
            emitted.append(happened)
            if isinstance(happened, ReplyComposed):
                ended.set()

        may_speak = asyncio.Event()
        may_speak.set()
        composer = Composer(first, second, emit, may_speak, longest_wait_s=0.2)
        composer.start(1, BRIEF, skip)
        async with asyncio.timeout(10):
            await ended.wait()
        await composer.aclose()
        return [one.text for one in emitted if isinstance(one, ReplySentenceComposed)]

    return run


@pytest.mark.parametrize("error", [InterviewerError("busy"), RuntimeError("a fault of ours")])
async def test_whatever_breaks_the_other_one_words_the_reply(compose: Compose, error: Exception) -> None:
    first = ScriptedInterviewer("Let me th", breaks_with=error)
    assert await compose(first, ScriptedInterviewer("Take your time.")) == ["Take your time."]


async def test_who_says_nothing_is_not_waited_for(compose: Compose) -> None:
    silent = ScriptedInterviewer("Let me th", hangs=True)
    assert await compose(silent, ScriptedInterviewer("Take your time.")) == ["Take your time."]


async def test_half_a_reply_is_not_finished_by_another(compose: Compose) -> None:
    first = ScriptedInterviewer("Thank you. ", "Now th", breaks_with=InterviewerError("cut off"))
    said = await compose(first, ScriptedInterviewer("Take your time."))
    assert said[0] == "Thank you."
    assert "Take your time." not in said


async def test_after_a_crash_the_other_one_does_not_say_again_what_was_said(
    compose: Compose,
) -> None:
    first = ScriptedInterviewer("Thank you. ", "Now th", breaks_with=InterviewerError("cut off"))
    second = ScriptedInterviewer("I see. ", "What came next?")
    assert await compose(first, second, skip=1) == ["What came next?"]


async def test_when_both_break_the_reply_still_ends(compose: Compose) -> None:
    broken = ScriptedInterviewer(breaks_with=RuntimeError("a fault of ours"))
    assert await compose(broken, broken) == []
