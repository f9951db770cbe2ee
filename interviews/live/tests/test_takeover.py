"""A person speaks in the interviewer's place and gives the word back, as sentences about an interview."""

from datetime import timedelta

import pytest

from interviews.live import effects as ef
from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live import signals as sig
from interviews.live.tests.interview import Interview

FULL = "We moved the data in small batches and compared every row."
DANA, DANA_AGAIN, SAM = "dana-1", "dana-2", "sam-1"


def take_over(interview: Interview, ref: str = DANA, by: str = "Dana") -> None:
    interview.feed(inp.TakeoverAsked(ref=ref, by=by))


def type_line(interview: Interview, text: str, ref: str = DANA) -> None:
    interview.feed(inp.LineTyped(ref=ref, text=text, by="Dana"))


def hand_back(interview: Interview, ref: str = DANA) -> None:
    interview.feed(inp.HandBackAsked(ref=ref, by="Dana"))


def timers(interview: Interview, name: str) -> list[ef.StartTimer]:
    return [one for one in interview.effects if isinstance(one, ef.StartTimer) and one.name == name]


@pytest.fixture
def taken(listening: Interview) -> Interview:
    take_over(listening)
    assert listening.state.state == "taken_over"
    listening.effects.clear()
    return listening


def test_the_interviewer_falls_silent_at_once() -> None:
    interview = Interview()
    interview.begin()
    said = interview.compose()
    interview.feed(inp.PlaybackStarted(reply_id=1))
    interview.now += timedelta(seconds=2)
    take_over(interview)
    assert interview.last(ev.TakeoverStarted).by == "Dana"
    assert interview.last(ev.PlaybackEnded).outcome == "stopped"
    assert 0 < interview.last(ev.PlaybackEnded).heard_chars < len(said)
    assert interview.last(ef.Send).signal == sig.PlaybackStop(reply_id=1)
    assert interview.state.state == "taken_over"
    interview.feed(inp.PlaybackStopped(reply_id=1, heard_chars=5))
    assert interview.state.history[-1] == ("interviewer", said[:5])
    interview.feed(inp.ReplySentenceComposed(reply_id=1, index=3, text="Late."))
    assert interview.last(ev.SentenceSent).text != "Late."


def test_the_candidate_goes_on_being_heard_and_nobody_but_the_person_answers(taken: Interview) -> None:
    taken.answer(FULL)
    taken.feed(inp.TimerFired(name="silence", ref=taken.state.turn.turn_id))
    assert taken.last(ev.TurnEnded).text == FULL
    assert taken.state.turn.is_open
    taken.answer("And that was all.")
    assert taken.last(ev.TurnEnded).turn_id == 2
    assert not [one for one in taken.effects if isinstance(one, ef.Compose | ef.PrepareReply)]
    assert not timers(taken, "silence")
    assert taken.state.state == "taken_over"


def test_what_the_person_types_is_said_by_their_name_in_order(taken: Interview) -> None:
    type_line(taken, "Hello, I am Dana. I take over for a moment.")
    type_line(taken, "How big was that table?")
    assert taken.say_words() == "Hello, I am Dana. I take over for a moment."
    started = taken.last(ev.ReplyStarted)
    assert (started.kind, started.by) == ("person", "Dana")
    assert taken.state.state == "taken_over"
    taken.play()
    assert taken.say_words() == "How big was that table?"
    taken.play()
    assert taken.state.reply is None
    assert taken.state.history[-1] == ("interviewer", "How big was that table?")


def test_one_at_a_time(taken: Interview) -> None:
    take_over(taken, ref=SAM, by="Sam")
    type_line(taken, "Hello?", ref=SAM)
    hand_back(taken, ref=SAM)
    assert taken.rejections == ["already_taken", "not_yours", "not_yours"]
    take_over(taken)
    take_over(taken, ref=DANA_AGAIN)
    assert taken.rejections[3:] == []
    assert taken.state.takeover is not None
    assert taken.state.takeover.ref == DANA_AGAIN


def test_speech_into_a_persons_line_is_heard_and_the_line_goes_on(taken: Interview) -> None:
    type_line(taken, "How big was that table, roughly, in rows?")
    taken.say_words()
    taken.say("Sorry, may I add something?")
    assert taken.last(ev.TranscriptFinal).text == "Sorry, may I add something?"
    assert taken.state.reply is not None
    assert not [one for one in taken.effects if isinstance(one, ef.Send) and "Playback" in repr(one.signal)]


@pytest.mark.parametrize("is_over", [False, True])
def test_a_persons_line_that_comes_back_through_the_microphone_is_not_the_candidates(
    taken: Interview, is_over: bool
) -> None:
    type_line(taken, "How big was that table, roughly, in rows?")
    taken.say_words()
    if is_over:
        taken.play()
    taken.say("How big was that table roughly")
    assert "transcript.final" not in taken.types()
    taken.now += timedelta(seconds=10)
    taken.say("How big was that table roughly")
    assert ("transcript.final" in taken.types()) is is_over


def test_an_echo_that_is_understood_after_the_word_was_given_back_is_dropped_too(taken: Interview) -> None:
    type_line(taken, "How big was that table, roughly, in rows?")
    taken.say_words()
    taken.play()
    hand_back(taken)
    taken.listen()
    at_ms = taken.state.clock_ms(taken.now) - 5_000
    taken.feed(
        inp.UtteranceHeard(utterance_id=1, text="that table roughly in rows", start_ms=at_ms, end_ms=at_ms)
    )
    assert "transcript.final" not in taken.types()


def test_a_candidate_who_types_is_taken_over_as_well(taken: Interview) -> None:
    taken.feed(inp.AnswerTyped(text="About a billion rows."))
    taken.feed(inp.AnswerTyped(text="By text message.", channel="sms"))
    assert taken.last(ev.TurnEnded).text == "About a billion rows."
    assert taken.rejections == ["taken_over"]


def test_an_unanswered_question_is_asked_again(taken: Interview) -> None:
    type_line(taken, "Hello, can you hear me?")
    taken.say_words()
    taken.play()
    taken.answer("Yes, I can.")
    assert taken.last(ev.TurnEnded).question == 0
    hand_back(taken)
    assert taken.last(ev.TakeoverEnded).reason == "handed_back"
    assert taken.move() == "repeat"
    assert "Tell me about a migration you led." in taken.compose()
    assert taken.state.takeover is None
    assert taken.state.handover is None


def test_what_was_said_to_the_question_meanwhile_is_answered(taken: Interview) -> None:
    type_line(taken, "Just tell us how you moved it.")
    taken.say_words()
    taken.play()
    taken.answer(FULL)
    assert taken.last(ev.TurnEnded).question == 1
    hand_back(taken)
    assert taken.move() == "acknowledge_and_next"
    assert taken.last(ev.ReplyPlanned).text == FULL


def test_an_answer_that_was_about_to_be_met_is_met_after_it(listening: Interview) -> None:
    listening.answer(FULL)
    planned = listening.last(ev.ReplyPlanned)
    take_over(listening)
    assert listening.state.flow.progress.covered_points == (0, 1)
    hand_back(listening)
    again = listening.last(ev.ReplyPlanned)
    assert (again.move, again.text) == (planned.move, planned.text)


def test_a_skip_is_not_forgotten_over_it(listening: Interview) -> None:
    listening.feed(inp.SkipPressed())
    take_over(listening)
    type_line(listening, "One moment, please.")
    listening.say_words()
    listening.play()
    listening.answer("Sure, no problem, take all the time that you need.")
    hand_back(listening)
    assert listening.move() == "question"


def test_a_follow_up_that_was_cut_short_is_repeated(listening: Interview) -> None:
    listening.answer("We moved all of the data in small batches so that nobody would lose any orders.")
    assert listening.move() == "follow_up"
    listening.compose()
    take_over(listening)
    hand_back(listening)
    assert listening.move() == "repeat"
    assert listening.last(ev.ReplyPlanned).move.reason == "follow_up"


def test_words_that_the_candidate_was_saying_are_finished_and_answered(listening: Interview) -> None:
    listening.say("We moved the data in small batches")
    take_over(listening)
    hand_back(listening)
    assert listening.state.state == "listening"
    listening.answer("and compared every row.")
    assert listening.last(ev.TurnEnded).text == "We moved the data in small batches and compared every row."
    assert listening.move() == "acknowledge_and_next"


def test_what_was_typed_last_is_said_before_the_interviewer_goes_on(taken: Interview) -> None:
    type_line(taken, "Thank you.")
    type_line(taken, "I give you back to Viva now.")
    hand_back(taken)
    assert taken.state.takeover is None
    taken.say_words()
    taken.play()
    assert taken.say_words() == "I give you back to Viva now."
    assert taken.last(ev.ReplyStarted).kind == "person"
    taken.play()
    assert taken.move() == "repeat"


def test_a_question_can_be_skipped_right_after_it(taken: Interview) -> None:
    hand_back(taken)
    taken.feed(inp.SkipPressed(by="Dana"))
    assert taken.rejections == []
    assert taken.last(ev.ReplyPlanned).move.question_index == 1


def test_time_does_not_cut_a_person_off(taken: Interview) -> None:
    taken.feed(inp.TimerFired(name="time_up"), after_ms=30 * 60_000)
    assert taken.state.state == "taken_over"
    type_line(taken, "Any last words?")
    taken.say_words()
    taken.play()
    assert taken.state.state == "taken_over"
    hand_back(taken)
    assert taken.move() == "closing_invite"


def test_a_pause_in_it_leads_back_into_it(taken: Interview) -> None:
    type_line(taken, "How big was it? In rows.")
    taken.say_words()
    taken.feed(inp.PauseRequested())
    assert taken.state.state == "paused"
    taken.feed(inp.ResumeRequested(by="Dana"), after_ms=60_000)
    assert taken.state.state == "taken_over"
    assert taken.last(ef.Send).signal == sig.PlaybackResume(reply_id=2)
    taken.play()
    assert taken.state.reply is None


def test_it_may_end_while_the_interview_is_paused(taken: Interview) -> None:
    taken.feed(inp.PauseRequested())
    hand_back(taken)
    assert taken.state.state == "paused"
    taken.feed(inp.ResumeRequested())
    assert taken.move() == "repeat"


def test_the_interview_may_end_in_it(taken: Interview) -> None:
    taken.feed(inp.EndRequested(reason="ended_by_observer", by="Dana"))
    assert taken.types()[-3:] == ["takeover.ended", "session.ended", "state.changed"]
    assert taken.last(ev.TakeoverEnded).reason == "ended"


def test_whoever_has_left_for_fifteen_seconds_has_handed_back(taken: Interview) -> None:
    taken.feed(inp.ObserverCame(ref=DANA, name="Dana", role="recruiter"))
    taken.feed(inp.ObserverWent(ref=DANA))
    assert timers(taken, "takeover")[-1].after_ms == 15_000
    taken.feed(inp.TimerFired(name="takeover"), after_ms=15_000)
    assert taken.last(ev.TakeoverEnded).reason == "left"
    assert taken.move() == "repeat"


def test_the_same_person_may_come_back_and_nobody_else(taken: Interview) -> None:
    taken.feed(inp.ObserverCame(ref=SAM, name="Sam", role="recruiter"))
    assert not timers(taken, "takeover")
    taken.feed(inp.ObserverCame(ref=DANA_AGAIN, name="Dana", role="recruiter"))
    assert timers(taken, "takeover")
    type_line(taken, "Here I am again.", ref=DANA_AGAIN)
    taken.feed(inp.ObserverStayed(ref=SAM))
    assert len(timers(taken, "takeover")) == 2
    taken.feed(inp.ObserverStayed(ref=DANA_AGAIN))
    assert len(timers(taken, "takeover")) == 3


def test_after_a_crash_whoever_holds_it_says_so_or_has_left(taken: Interview) -> None:
    type_line(taken, "How big was it? In rows.")
    started = {one.name for one in taken.rebuilt() if isinstance(one, ef.StartTimer)}
    assert started == {"time_up", "takeover"}
    assert ef.SayWords(2, "How big was it? In rows.") in taken.rebuilt()
    taken.say_words()
    assert {one.name for one in taken.rebuilt() if isinstance(one, ef.StartTimer)} >= {"playback"}


def test_nobody_takes_over_where_no_candidate_is(listening: Interview) -> None:
    early = Interview()
    take_over(early)
    assert early.rejections == ["not_started"]
    listening.feed(inp.CandidateWentAway())
    take_over(listening)
    listening.feed(inp.TimerFired(name="away"), after_ms=60_000)
    take_over(listening)
    assert listening.rejections == ["nobody_there", "paused"]


def test_a_candidate_who_is_away_pauses_it(taken: Interview) -> None:
    taken.feed(inp.CandidateWentAway())
    taken.feed(inp.TimerFired(name="away"), after_ms=60_000)
    assert taken.state.state == "paused"
    taken.feed(inp.CandidateArrived())
    taken.feed(inp.ResumeRequested())
    assert taken.state.state == "taken_over"


def test_taking_over_again_before_the_interviewer_went_on_forgets_nothing(listening: Interview) -> None:
    listening.answer(FULL)
    take_over(listening)
    listening.feed(inp.PauseRequested())
    hand_back(listening)
    listening.feed(inp.ResumeRequested())
    assert listening.move() == "acknowledge_and_next"
    take_over(listening, ref=SAM, by="Sam")
    hand_back(listening, ref=SAM)
    assert listening.move() == "acknowledge_and_next"
