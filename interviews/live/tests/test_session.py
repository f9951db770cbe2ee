"""The session machine, as sentences about an interview."""

from collections.abc import Iterator
from datetime import timedelta
from functools import reduce

import pytest
from msgspec.structs import replace

from interviews.interviewer.backends.scripted import compose_text
from interviews.interviewer.sentences import split_sentences
from interviews.live import effects as ef
from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live.session import ALL, IGNORED, RULES, SessionState, evolve, resume
from interviews.live.tests.interview import Interview


@pytest.fixture
def interview() -> Interview:
    begun = Interview()
    begun.begin()
    return begun


@pytest.fixture
def listening(interview: Interview) -> Interview:
    interview.listen()
    assert interview.state.state == "listening"
    return interview


def test_every_pair_of_state_and_input_is_decided_once() -> None:
    pairs = {(state, input_type) for state in ALL for input_type in inp.INPUT_TYPES}
    assert set(RULES) | set(IGNORED) == pairs
    assert set(RULES) & set(IGNORED) == set()
    assert all(reason for reason in IGNORED.values())


def test_nothing_begins_without_a_decided_consent() -> None:
    early = Interview()
    early.feed(inp.CandidateArrived())
    early.feed(inp.CandidateReadied())
    assert early.rejections == ["consent_required"]
    assert early.state.state == "waiting"


def test_the_interviewer_greets_and_asks_the_first_question(interview: Interview) -> None:
    assert interview.state.state == "thinking"
    said = interview.compose()
    assert "Tell me about a migration you led." in said
    assert interview.state.state == "interviewer_speaking"
    assert interview.last(ev.QuestionStarted).number == 1
    interview.play()
    assert interview.state.state == "listening"
    assert interview.last(ef.OpenTurn).turn_id == 1


def test_an_answer_is_committed_and_met_with_the_next_question(listening: Interview) -> None:
    listening.say("We moved the data in small batches.")
    listening.say("Then I compared every row.")
    listening.fall_silent()
    ended = listening.last(ev.TurnEnded)
    assert ended.text == "We moved the data in small batches. Then I compared every row."
    assert ended.reason == "endpoint"
    assert listening.move() == "acknowledge_and_next"
    listening.listen()
    assert listening.state.flow.question_index == 1


def test_a_missing_point_is_probed(listening: Interview) -> None:
    listening.answer("We moved all of the data in small batches so that nobody would lose any orders.")
    assert listening.move() == "follow_up"
    assert listening.last(ev.ReplyPlanned).move.point_index == 1


def test_an_afterthought_before_the_reply_is_heard_reopens_the_turn(listening: Interview) -> None:
    listening.answer("We moved the data in small batches and compared every row.")
    listening.compose()
    assert listening.state.flow.question_index == 1
    listening.say("And nobody noticed anything.")
    assert listening.types().count("reply.withdrawn") == 1
    assert listening.state.flow.question_index == 0
    assert listening.last(ev.QuestionStarted).number == 1
    assert listening.state.state == "candidate_speaking"
    listening.fall_silent()
    text = "We moved the data in small batches and compared every row. And nobody noticed anything."
    assert listening.last(ev.TurnEnded).text == text
    assert listening.state.answer == text
    assert [said for side, said in listening.state.history if side == "candidate"] == [text]


def test_noise_after_an_afterthoughtless_reopening_still_ends_the_turn(listening: Interview) -> None:
    listening.answer("We moved the data in small batches.")
    listening.feed(inp.CandidateSpeechStarted(at_ms=0))
    listening.feed(inp.UtteranceWasEmpty(utterance_id=9, start_ms=0, end_ms=400))
    timer = listening.last(ef.StartTimer)
    assert timer.name == "empty_turn"
    listening.feed(inp.TimerFired(name="empty_turn", ref=timer.ref))
    assert listening.state.state == "thinking"


def test_words_over_a_reply_stop_it_and_only_what_was_heard_is_remembered(interview: Interview) -> None:
    said = interview.compose()
    assert interview.state.reply is not None
    reply_id = interview.state.reply.reply_id
    interview.feed(inp.PlaybackStarted(reply_id=reply_id))
    interview.feed(inp.CandidateSpeechStarted(at_ms=0), after_ms=2_000)
    assert interview.last(ef.Send).signal.reply_id == reply_id
    interview.feed(inp.SpeechPartlyHeard(utterance_id=1, text="Sorry, may I", stable_chars=5), after_ms=500)
    assert interview.state.state == "candidate_speaking"
    heard = interview.last(ev.PlaybackEnded)
    assert heard.outcome == "barge_in"
    assert 0 < heard.heard_chars < len(said)
    assert interview.state.history[-1] == ("interviewer", said[: heard.heard_chars])
    interview.feed(inp.PlaybackStopped(reply_id=reply_id, heard_chars=5))
    assert interview.state.history[-1] == ("interviewer", said[:5])


def test_words_over_the_first_seconds_of_a_reply_finish_the_answer_it_cut_short(listening: Interview) -> None:
    listening.answer("We moved the data in small batches and compared every row.")
    listening.compose()
    listening.feed(inp.PlaybackStarted(reply_id=2), after_ms=100)
    listening.say("And then we deleted the old table.")
    assert listening.state.flow.question_index == 0
    listening.fall_silent()
    assert listening.last(ev.TurnEnded).text.endswith("every row. And then we deleted the old table.")


def test_words_over_the_end_of_a_reply_begin_a_turn_of_their_own(listening: Interview) -> None:
    listening.answer("We moved the data in small batches and compared every row.")
    listening.compose()
    listening.feed(inp.PlaybackStarted(reply_id=2), after_ms=100)
    listening.now += timedelta(seconds=8)
    listening.say("Because a queue takes the load off the web server.")
    listening.fall_silent()
    assert listening.last(ev.TurnEnded).text == "Because a queue takes the load off the web server."
    assert listening.last(ev.TurnEnded).question == 2


@pytest.mark.parametrize("text", ["mm hm", "Okay.", "Yeah, right."])
def test_a_murmur_lets_the_reply_go_on(interview: Interview, text: str) -> None:
    interview.compose()
    interview.feed(inp.PlaybackStarted(reply_id=1))
    interview.say(text)
    assert interview.state.state == "interviewer_speaking"
    assert interview.last(ef.Send).signal.__class__.__name__ == "PlaybackResume"


def test_a_cough_without_words_is_let_go_after_a_second(interview: Interview) -> None:
    interview.compose()
    interview.feed(inp.PlaybackStarted(reply_id=1))
    interview.feed(inp.CandidateSpeechStarted(at_ms=0))
    timer = next(one for one in reversed(interview.effects) if isinstance(one, ef.StartTimer))
    assert (timer.name, timer.after_ms) == ("barge_in", 1_000)
    interview.feed(inp.TimerFired(name="barge_in", ref=timer.ref), after_ms=1_000)
    assert interview.state.reply is not None
    assert not interview.state.reply.is_paused


def test_our_own_voice_coming_back_is_no_barge_in(interview: Interview) -> None:
    said = interview.compose()
    interview.feed(inp.PlaybackStarted(reply_id=1))
    interview.say(said[:80])
    assert interview.state.state == "interviewer_speaking"
    assert "transcript.final" not in interview.types()


def test_silence_is_met_with_a_nudge_then_other_words_then_an_offer(listening: Interview) -> None:
    moves = []
    for _ in range(3):
        timer = next(one for one in reversed(listening.effects) if isinstance(one, ef.StartTimer))
        assert timer.name == "silence"
        listening.feed(inp.TimerFired(name="silence", ref=timer.ref), after_ms=timer.after_ms)
        moves.append(listening.move())
        listening.listen()
    assert moves == ["nudge", "rephrase", "offer"]
    assert "offer.made" in listening.types()


def test_a_late_silence_timer_of_an_older_turn_changes_nothing(listening: Interview) -> None:
    before = listening.state
    listening.feed(inp.TimerFired(name="silence", ref=before.turn.turn_id - 1))
    assert listening.state == before


def test_a_typed_answer_joins_what_was_said_before_it(listening: Interview) -> None:
    listening.say("We moved the data")
    listening.feed(inp.AnswerTyped(text="in batches, and compared rows.", time_taken_seconds=20))
    ended = listening.last(ev.TurnEnded)
    assert ended.text == "We moved the data in batches, and compared rows."
    assert (ended.reason, ended.time_taken_seconds, ended.channel) == ("typed", 20, "typed")


def test_a_message_on_the_telephone_is_a_typed_answer_by_another_way(listening: Interview) -> None:
    listening.feed(inp.AnswerTyped(text="We moved it in batches.", channel="sms"))
    ended = listening.last(ev.TurnEnded)
    assert (ended.reason, ended.channel) == ("typed", "sms")
    older = {name: value for name, value in ev.to_payload(ended).items() if name != "channel"}
    assert ev.from_row("turn.ended", ended.at, older) == replace(ended, channel="typed")


def test_words_that_arrive_after_a_button_closed_their_turn_are_kept(listening: Interview) -> None:
    listening.feed(inp.CandidateSpeechStarted(at_ms=0))
    listening.feed(inp.AnswerTyped(text="It was a small one."))
    turn_id = listening.last(ev.TurnEnded).turn_id
    listening.feed(inp.UtteranceHeard(utterance_id=1, text="We used batches.", start_ms=0, end_ms=900))
    assert listening.last(ev.TranscriptFinal).turn_id == turn_id
    assert listening.state.answer == "It was a small one. We used batches."


def test_a_pause_stops_the_clock_and_resuming_goes_on_in_the_same_turn(listening: Interview) -> None:
    listening.say("We moved the data.")
    turn_id = listening.state.turn.turn_id
    left = listening.state.time_left_ms(listening.now)
    listening.feed(inp.PauseRequested())
    listening.feed(inp.ResumeRequested(), after_ms=600_000)
    assert listening.state.time_left_ms(listening.now) == left
    assert listening.last(ef.OpenTurn).turn_id == turn_id
    assert listening.state.turn.text == "We moved the data."


def test_who_stays_away_is_paused_after_a_minute_and_abandoned_after_the_window(listening: Interview) -> None:
    listening.feed(inp.CandidateWentAway())
    timer = next(one for one in reversed(listening.effects) if isinstance(one, ef.StartTimer))
    assert (timer.name, timer.after_ms) == ("away", 60_000)
    listening.feed(inp.TimerFired(name="away"), after_ms=60_000)
    assert listening.state.state == "paused"
    listening.feed(inp.TimerFired(name="abandon"), after_ms=24 * 3_600_000)
    assert listening.last(ev.SessionEnded).reason == "abandoned"


def test_when_time_is_up_the_running_answer_may_finish_and_then_comes_the_closing(
    listening: Interview,
) -> None:
    listening.say("We moved the data in small batches and")
    listening.feed(inp.TimerFired(name="time_up"), after_ms=30 * 60_000)
    assert listening.state.state == "candidate_speaking"
    listening.answer("compared every row.")
    assert listening.move() == "closing_invite"
    listening.listen()
    listening.answer("No, thank you.")
    assert listening.move() == "closing"
    listening.listen()
    assert listening.last(ev.SessionEnded).reason == "completed"
    assert listening.state.state == "ended"


def test_ending_in_mid_answer_keeps_what_was_said(listening: Interview) -> None:
    listening.say("We moved the data in small batches.")
    listening.feed(inp.EndRequested())
    assert listening.types()[-3:] == ["turn.ended", "session.ended", "state.changed"]
    assert listening.last(ev.TurnEnded).text == "We moved the data in small batches."


def test_a_question_put_in_by_a_person_comes_next(listening: Interview) -> None:
    listening.feed(inp.QuestionPutIn(text="Have you used Kafka?", verbatim=True, by="Dana"))
    listening.answer("We moved the data in small batches and compared every row.")
    said = listening.compose()
    assert "Have you used Kafka?" in said
    assert listening.last(ev.QuestionStarted).total == 3


def test_a_badly_heard_answer_is_asked_for_once_more_before_anything_is_made_of_it(
    listening: Interview,
) -> None:
    for expected in ("ask_again", "offer"):
        listening.say("We moved the date are in small patches.", confidence=0.2)
        listening.fall_silent()
        assert listening.move() == expected
        listening.listen()


def test_a_question_about_a_protected_topic_is_refused(listening: Interview) -> None:
    listening.feed(inp.QuestionPutIn(text="Do you plan to have children?", verbatim=True, by="Dana"))
    assert listening.rejections == ["protected_topic"]


def test_an_unknown_reply_changes_nothing(interview: Interview) -> None:
    before = interview.state
    interview.feed(inp.ReplySentenceComposed(reply_id=99, index=0, text="Late."))
    interview.feed(inp.ReplyComposed(reply_id=99))
    assert interview.state == before


def _whole_interview() -> Iterator[Interview]:
    one = Interview()
    yield one
    one.begin()
    yield one
    one.compose()
    yield one
    one.play()
    yield one
    one.say("We moved the data in small batches.")
    yield one
    one.fall_silent()
    yield one
    one.listen()
    one.feed(inp.PauseRequested())
    yield one
    one.feed(inp.ResumeRequested())
    one.feed(inp.EndRequested())
    yield one


def test_folding_the_log_rebuilds_the_state_at_every_step() -> None:
    for at in _whole_interview():
        rows = [(ev.type_of(event), event.at, ev.to_payload(event)) for event in at.events]
        rebuilt = reduce(evolve, (ev.from_row(*row) for row in rows), SessionState())
        assert rebuilt == at.state


def test_a_rebuilt_session_waits_for_what_it_waited_for(listening: Interview) -> None:
    names = {
        effect.name for effect in resume(listening.state, listening.now) if isinstance(effect, ef.StartTimer)
    }
    assert names == {"time_up", "silence"}
    listening.answer("We moved the data in small batches and compared every row.")
    wanted = [effect for effect in resume(listening.state, listening.now) if isinstance(effect, ef.Compose)]
    assert wanted == [listening.last(ef.Compose)]


def test_a_reply_cut_by_a_crash_goes_on_behind_its_last_sentence(interview: Interview) -> None:
    wanted = interview.last(ef.Compose)
    first = split_sentences(compose_text(wanted.brief))[0]
    interview.feed(inp.ReplySentenceComposed(reply_id=wanted.reply_id, index=0, text=first))
    again = next(
        effect for effect in resume(interview.state, interview.now) if isinstance(effect, ef.Compose)
    )
    assert (again.reply_id, again.skip) == (wanted.reply_id, 1)


def test_more_time_may_be_asked_for_until_the_interview_begins() -> None:
    interview = Interview()
    interview.feed(inp.CandidateArrived())
    interview.feed(inp.MoreTimeGiven(minutes=5, by="Dana"))
    interview.feed(
        inp.ConsentDecided(notice_version="1", ai_evaluation=True, recording=False, listening=False)
    )
    interview.feed(inp.CandidateReadied(duration_ms=45 * 60_000))
    assert interview.state.time_left_ms(interview.now) == 50 * 60_000
    assert reduce(evolve, interview.events, SessionState()) == interview.state


def test_a_moment_asked_for_outlasts_a_lost_line() -> None:
    interview = Interview()
    interview.begin()
    interview.listen()
    interview.feed(inp.TurnHoldPressed())
    interview.feed(inp.CandidateWentAway(), after_ms=1_000)
    interview.feed(inp.CandidateArrived(), after_ms=1_000)
    assert interview.last(ef.StartTimer).after_ms == interview.state.constants.hold_ms


def test_who_began_to_speak_before_they_had_the_floor_is_not_nudged(interview: Interview) -> None:
    interview.compose()
    assert interview.state.reply is not None
    reply_id = interview.state.reply.reply_id
    interview.feed(inp.PlaybackStarted(reply_id=reply_id))
    interview.feed(inp.CandidateSpeechStarted(at_ms=3_000), after_ms=3_000)
    interview.feed(inp.PlaybackFinished(reply_id=reply_id), after_ms=50)
    interview.effects.clear()
    interview.feed(inp.SpeechPartlyHeard(utterance_id=1, text="Well we moved", stable_chars=4))
    timer = interview.last(ef.StartTimer)
    assert (timer.name, timer.ref) == ("silence", interview.state.turn.turn_id)


def test_words_that_come_late_into_a_silent_turn_still_end_it(listening: Interview) -> None:
    listening.feed(inp.UtteranceHeard(utterance_id=1, text="We used batches.", start_ms=0, end_ms=900))
    timer = listening.last(ef.StartTimer)
    listening.feed(inp.TimerFired(name=timer.name, ref=timer.ref), after_ms=timer.after_ms)
    assert listening.last(ev.TurnEnded).text == "We used batches."


def test_an_answer_typed_over_a_reply_counts_when_time_is_up(interview: Interview) -> None:
    interview.compose()
    interview.feed(inp.TimerFired(name="time_up"))
    interview.feed(inp.AnswerTyped(text="We moved it in batches."))
    assert interview.rejections == []
    assert interview.last(ev.TurnEnded).text == "We moved it in batches."
    assert interview.move() == "closing_invite"


def test_a_turn_that_a_crash_cut_off_before_any_word_is_met_with_a_nudge(listening: Interview) -> None:
    listening.feed(inp.CandidateSpeechStarted(at_ms=500))
    rebuilt = resume(listening.state, listening.now)
    timer = next(one for one in rebuilt if isinstance(one, ef.StartTimer) and one.name == "silence")
    listening.feed(inp.TimerFired(name=timer.name, ref=timer.ref), after_ms=timer.after_ms)
    assert listening.move() == "nudge"


def test_a_barge_in_that_a_pause_cut_off_is_over_when_it_goes_on(interview: Interview) -> None:
    interview.compose()
    assert interview.state.reply is not None
    interview.feed(inp.PlaybackStarted(reply_id=interview.state.reply.reply_id))
    interview.feed(inp.CandidateSpeechStarted(at_ms=2_500), after_ms=2_500)
    rebuilt = [one.name for one in resume(interview.state, interview.now) if isinstance(one, ef.StartTimer)]
    assert "barge_in" in rebuilt
    interview.feed(inp.PauseRequested())
    interview.feed(inp.ResumeRequested())
    assert not interview.state.reply.is_paused


def test_what_was_heard_of_a_stopped_reply_replaces_nothing_but_itself(listening: Interview) -> None:
    asked = listening.state.history[-1]
    listening.feed(inp.RepeatPressed())
    listening.compose()
    assert listening.state.reply is not None
    reply_id = listening.state.reply.reply_id
    listening.feed(inp.SkipPressed())  # before any of it was heard, as far as we know
    listening.feed(inp.PlaybackStopped(reply_id=reply_id, heard_chars=5))
    assert asked in listening.state.history
