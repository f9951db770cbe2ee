"""Thinking ahead in the machine: what is prepared is what will be asked for, and nothing late counts."""

from functools import reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.live import effects as ef
from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live.session import SessionState, evolve
from interviews.live.tests.interview import Interview

SENTENCES = (
    "We moved it in batches",
    "and we compared every row.",
    "I don't know.",
    "Could you repeat the question please?",
    "Let me think about it for a second.",
    "Can we skip this one?",
    "um",
    "I would add an index because it is faster, and then I would look at the plan of the query again.",
)


@pytest.fixture
def interview() -> Interview:
    one = Interview()
    one.begin()
    one.listen()
    return one


def asked(interview: Interview, kind: type[Any]) -> list[Any]:
    return [effect for effect in interview.effects if isinstance(effect, kind)]


def judge(interview: Interview, *points: int, turn_id: int | None = None, question_index: int = 0) -> None:
    turn = interview.state.turn.turn_id if turn_id is None else turn_id
    interview.feed(inp.CoverageJudged(turn_id=turn, question_index=question_index, points=points))


def test_after_each_utterance_words_for_the_reply_are_asked_for(interview):
    interview.say("We moved it in batches.")
    prepared = asked(interview, ef.PrepareReply)
    assert len(prepared) == 1
    interview.fall_silent()
    assert interview.last(ef.Compose).brief == prepared[0].brief


def test_who_goes_on_speaking_has_them_thrown_away(interview):
    interview.say("We moved it in batches.")
    interview.feed(inp.CandidateSpeechStarted(at_ms=9_000))
    kinds = [type(effect) for effect in interview.effects]
    assert kinds[::-1].index(ef.DropPrepared) < kinds[::-1].index(ef.PrepareReply)


def test_a_moment_asked_for_prepares_nothing(interview):
    interview.feed(inp.TurnHoldPressed())
    interview.say("We moved it in batches.")
    assert not asked(interview, ef.PrepareReply)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), min_size=1, max_size=6))
def test_what_was_prepared_last_is_what_is_asked_for(turns):
    """Whatever is said: nobody hears words that were found for other ones."""
    interview = Interview()
    interview.begin()
    interview.listen()
    for turn in turns:
        if interview.state.state != "listening":
            return
        for sentence in turn:
            interview.say(sentence)
        prepared = asked(interview, ef.PrepareReply)[-1]
        interview.fall_silent()
        if interview.state.reply is None:
            return
        assert interview.last(ef.Compose).brief == prepared.brief
        interview.listen()


def test_preparing_leaves_no_trace_in_the_log(interview):
    before = interview.types()
    interview.say("We moved it in batches.")
    assert interview.types() == [*before, "state.changed", "transcript.final"]


def test_the_answer_so_far_is_given_to_be_heard(interview):
    interview.answer("We moved it in batches.")
    interview.listen()
    interview.say("And we looked at both sides.")
    heard = asked(interview, ef.JudgeCoverage)[-1]
    assert heard.text == "We moved it in batches. And we looked at both sides."
    assert (heard.turn_id, heard.question_index) == (interview.state.turn.turn_id, 0)


def test_a_paraphrase_that_was_understood_is_not_asked_for(interview):
    interview.say("We moved it in batches and held every line of one against the other.")
    judge(interview, 1)
    assert interview.last(ev.CoverageGained).points == (1,)
    interview.fall_silent()
    assert interview.move() == "acknowledge_and_next"


def test_without_it_the_point_is_asked_for(interview):
    interview.answer("We moved it in batches and held every line of one against the other.")
    assert interview.move() == "follow_up"


def test_what_was_prepared_before_is_prepared_anew(interview):
    interview.say("We moved it in batches and held every line of one against the other.")
    judge(interview, 1)
    first, second = asked(interview, ef.PrepareReply)
    assert first.brief.move.kind == "follow_up"
    assert second.brief.move.kind == "acknowledge_and_next"
    interview.fall_silent()
    assert interview.last(ef.Compose).brief == second.brief


@pytest.mark.parametrize("how", ["another turn", "another question", "nothing new"])
def test_what_is_not_of_the_open_answer_changes_nothing(interview, how):
    interview.say("We moved it in batches.")
    before = interview.state
    judge(
        interview,
        *(() if how == "nothing new" else (1,)),
        turn_id=99 if how == "another turn" else None,
        question_index=1 if how == "another question" else 0,
    )
    assert interview.state == before


def test_what_comes_after_the_turn_changes_nothing(interview):
    interview.answer("We moved it in batches.")
    before = interview.state
    judge(interview, 1)
    assert interview.state == before


def test_a_rebuild_knows_what_was_understood(interview):
    interview.say("We moved it in batches.")
    judge(interview, 1)
    assert reduce(evolve, interview.events, SessionState()) == interview.state
