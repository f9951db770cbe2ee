"""Hearing paraphrases beside the interview: one at a time, newest first, and never in its way."""

import asyncio

import pytest

from interviews.bank import get_question
from interviews.interviewer.ports import InterviewerError
from interviews.live.coverage_watch import CoverageWatch
from interviews.live.effects import JudgeCoverage
from interviews.live.inputs import CoverageJudged

QUESTION = get_question("backend-index")


def asked(text: str, turn_id: int = 1) -> JudgeCoverage:
    return JudgeCoverage(turn_id, 0, QUESTION, text)


class Judge:
    def __init__(self, *outcomes) -> None:
        self.outcomes = list(outcomes)
        self.heard: list[str] = []
        self.gate = asyncio.Event()

    async def judge(self, question, text):
        self.heard.append(text)
        await self.gate.wait()
        outcome = self.outcomes.pop(0) if self.outcomes else (1,)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


async def settle(watch: CoverageWatch, judge: Judge) -> None:
    judge.gate.set()
    async with asyncio.timeout(5):
        while watch.is_busy:  # noqa: ASYNC110 (it tells nobody)
            await asyncio.sleep(0)


async def test_what_is_heard_is_told():
    told: list = []
    judge = Judge((0, 2))
    watch = CoverageWatch(judge, told.append)
    watch.hear(asked("faster lookups"))
    await settle(watch, judge)
    assert told == [CoverageJudged(turn_id=1, question_index=0, points=(0, 2))]


async def test_of_those_that_wait_only_the_newest_is_judged():
    told: list = []
    judge = Judge((0,), (1,))
    watch = CoverageWatch(judge, told.append)
    watch.hear(asked("one"))
    await asyncio.sleep(0)
    watch.hear(asked("one two"))
    watch.hear(asked("one two three"))
    await settle(watch, judge)
    assert judge.heard == ["one", "one two three"]
    assert [one.points for one in told] == [(0,), (1,)]


@pytest.mark.parametrize("outcome", [InterviewerError("away"), RuntimeError("a fault of ours"), ()])
async def test_what_fails_or_finds_nothing_is_not_told_and_ends_nothing(outcome):
    told: list = []
    judge = Judge(outcome, (3,))
    watch = CoverageWatch(judge, told.append)
    watch.hear(asked("one"))
    await settle(watch, judge)
    assert told == []
    watch.hear(asked("two"))
    await settle(watch, judge)
    assert [one.points for one in told] == [(3,)]


async def test_without_a_judge_nothing_is_asked_and_at_the_end_nothing_is_left():
    watch = CoverageWatch(None, lambda happened: None)
    watch.hear(asked("one"))
    assert not watch.is_busy
    judge = Judge()
    watch = CoverageWatch(judge, lambda happened: None)
    watch.hear(asked("one"))
    await asyncio.sleep(0)
    await watch.aclose()
    assert not watch.is_busy
