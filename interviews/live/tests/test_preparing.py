"""Words found before the turn is over: said only when they fit, and given up without a trace."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from interviews.interviewer.brief import ReplyBrief
from interviews.interviewer.ports import InterviewerError
from interviews.live.composing import MOST_PREPARED, Composer
from interviews.live.inputs import Input, ReplyComposed, ReplySentenceComposed
from interviews.progress import Move


def brief(text: str) -> ReplyBrief:
    return ReplyBrief(move=Move("clarify", 0), candidate_text=text)


class SlowInterviewer:
    """Says what it was asked to answer, once it is let; remembers what was asked and what was given up."""

    name = "slow"
    is_worth_preparing = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.left: list[str] = []
        self.may_go_on = asyncio.Event()
        self.fails = False
        self.opening = "Well. "

    async def compose(self, brief: ReplyBrief) -> AsyncGenerator[str, None]:
        self.asked.append(brief.candidate_text)
        try:
            yield self.opening
            await self.may_go_on.wait()
            if self.fails:
                raise InterviewerError("away")
            yield f"You said {brief.candidate_text}."
        finally:
            self.left.append(brief.candidate_text)


class QuickInterviewer:
    name = "quick"
    is_worth_preparing = False

    async def compose(self, brief: ReplyBrief) -> AsyncGenerator[str, None]:
        yield "Please go on."


class Desk:
    """A composer and what it has sent."""

    def __init__(self, interviewer, *, prepares: bool = True) -> None:
        self.sent: list[Input] = []
        self.ended = asyncio.Event()
        may_speak = asyncio.Event()
        may_speak.set()
        self.composer = Composer(
            interviewer, QuickInterviewer(), self._emit, may_speak, longest_wait_s=5, prepares=prepares
        )

    def _emit(self, happened: Input) -> None:
        self.sent.append(happened)
        if isinstance(happened, ReplyComposed):
            self.ended.set()

    @property
    def said(self) -> list[tuple[str, str]]:
        return [(one.worded_by, one.text) for one in self.sent if isinstance(one, ReplySentenceComposed)]

    async def whole(self) -> list[tuple[str, str]]:
        async with asyncio.timeout(5):
            await self.ended.wait()
        return self.said


@pytest.fixture
def slow() -> SlowInterviewer:
    return SlowInterviewer()


@pytest.fixture
async def desk(slow: SlowInterviewer):
    made = Desk(slow)
    yield made
    await made.composer.aclose()


async def test_what_was_prepared_is_said_at_once_and_asked_for_once(desk, slow):
    slow.may_go_on.set()
    desk.composer.prepare(brief("an index"))
    await asyncio.sleep(0)
    assert desk.sent == []
    desk.composer.start(1, brief("an index"), 0)
    assert await desk.whole() == [("slow", "Well."), ("slow", "You said an index.")]
    assert slow.asked == ["an index"]


async def test_a_preparation_under_way_goes_on_where_it_is(desk, slow):
    desk.composer.prepare(brief("an index"))
    await asyncio.sleep(0)
    desk.composer.start(1, brief("an index"), 0)
    slow.may_go_on.set()
    assert (await desk.whole())[-1] == ("slow", "You said an index.")
    assert slow.asked == ["an index"]


async def test_words_for_another_text_are_never_said(desk, slow):
    desk.composer.prepare(brief("an index"))
    await asyncio.sleep(0)
    slow.may_go_on.set()
    desk.composer.start(1, brief("an index and a cache"), 0)
    assert (await desk.whole())[-1] == ("slow", "You said an index and a cache.")
    assert "an index" in slow.left


async def test_speech_throws_it_away_and_frees_the_interviewer(desk, slow):
    desk.composer.prepare(brief("an index"))
    await asyncio.sleep(0)
    desk.composer.drop_prepared()
    async with asyncio.timeout(5):
        while slow.left != ["an index"]:  # noqa: ASYNC110 (it tells nobody)
            await asyncio.sleep(0)
    assert desk.sent == []


async def test_the_same_brief_is_not_prepared_twice(desk, slow):
    for _ in range(3):
        desk.composer.prepare(brief("an index"))
        await asyncio.sleep(0)
    assert slow.asked == ["an index"]


async def test_preparations_before_one_reply_are_bounded(desk, slow):
    slow.may_go_on.set()
    for number in range(MOST_PREPARED + 3):
        desk.composer.prepare(brief(str(number)))
        await asyncio.sleep(0)
    assert len(slow.asked) == MOST_PREPARED
    desk.composer.start(1, brief("the end"), 0)
    await desk.whole()
    desk.composer.prepare(brief("anew"))
    await asyncio.sleep(0)
    assert slow.asked[-1] == "anew"


async def test_a_preparation_that_failed_is_as_if_it_had_not_been(desk, slow):
    slow.fails = True
    slow.may_go_on.set()
    desk.composer.prepare(brief("an index"))
    async with asyncio.timeout(5):
        while slow.left != ["an index"]:  # noqa: ASYNC110 (it tells nobody)
            await asyncio.sleep(0)
    assert desk.sent == []
    slow.fails = False
    desk.composer.start(1, brief("an index"), 0)
    assert await desk.whole() == [("slow", "Well."), ("slow", "You said an index.")]


async def test_one_that_fails_while_it_is_asked_for_leaves_the_word_to_the_fallback(desk, slow):
    slow.fails = True
    slow.opening = ""
    desk.composer.prepare(brief("an index"))
    await asyncio.sleep(0)
    desk.composer.start(1, brief("an index"), 0)
    slow.may_go_on.set()
    assert await desk.whole() == [("quick", "Please go on.")]


async def test_after_a_crash_nothing_prepared_is_used(desk, slow):
    slow.may_go_on.set()
    desk.composer.prepare(brief("an index"))
    await asyncio.sleep(0)
    desk.composer.start(1, brief("an index"), 1)
    assert await desk.whole() == [("slow", "You said an index.")]
    assert slow.asked == ["an index", "an index"]


@pytest.mark.parametrize("interviewer", [SlowInterviewer(), QuickInterviewer()], ids=["not wished", "quick"])
async def test_who_needs_no_time_prepares_nothing(interviewer):
    desk = Desk(interviewer, prepares=isinstance(interviewer, QuickInterviewer))
    desk.composer.prepare(brief("an index"))
    await asyncio.sleep(0)
    assert getattr(interviewer, "asked", []) == []
    await desk.composer.aclose()


async def test_a_reply_that_is_cancelled_before_it_begins_frees_the_interviewer(desk, slow):
    desk.composer.prepare(brief("an index"))
    await asyncio.sleep(0)
    desk.composer.start(1, brief("an index"), 0)
    desk.composer.cancel()
    async with asyncio.timeout(5):
        while slow.left != ["an index"]:  # noqa: ASYNC110 (it tells nobody)
            await asyncio.sleep(0)
    assert desk.sent == []


async def test_closing_waits_until_the_interviewer_has_let_go(desk, slow):
    desk.composer.prepare(brief("an index"))
    await asyncio.sleep(0)
    await desk.composer.aclose()
    assert slow.left == ["an index"]
