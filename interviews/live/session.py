"""The session machine: what a live interview does with everything that happens to it. Pure.

Theory of operation
-------------------
`decide(state, input)` gives the events to log and the effects to carry out; `evolve(state, event)` (in
`evolving.py`) is the only place where the state changes, so folding the log of a session rebuilds it, and
`resume(state)` gives the effects and timers that such a rebuilt session still waits for.

The floor goes round: `listening` (the candidate may begin) -> `candidate_speaking` -> `thinking` (a reply is
planned and worded) -> `interviewer_speaking` (it is played) -> `listening`. `waiting` and `practice` come
before, `paused` may come between, `ended` after. In `taken_over` a person speaks in the interviewer's place:
turns of the candidate begin and end there without a reply. Two shortcuts make it a conversation: who goes on
speaking before the reply is heard gets the turn back (`floor.withdraw`), and who speaks into a reply stops it
once words confirm that it was meant (`turns.speech_over_reply`).

Durations come from the audio or from timers; timers are effects answered by `TimerFired`. Every late result
names its turn or reply and is dropped when that is over. An input that a state has no rule for is in
`IGNORED` with the reason; a test proves that every pair is in exactly one of the two.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, get_args

from interviews.live import effects as ef
from interviews.live import inputs as inp
from interviews.live.draft import Decision, Draft
from interviews.live.evolving import evolve
from interviews.live.floor import await_speech, compose, watch_playback
from interviews.live.rules import lifecycle, people, replies, takeover, turns
from interviews.live.state import SessionState
from interviews.live.vocabulary import State

__all__ = ["IGNORED", "RULES", "Decision", "SessionState", "decide", "evolve", "resume"]

Rule = Callable[[Draft, Any], None]
Pair = tuple[State, type[inp.Input]]

ALL: tuple[State, ...] = get_args(State)
BEFORE: tuple[State, ...] = ("waiting", "practice")
TURN: tuple[State, ...] = ("listening", "candidate_speaking")
LIVE: tuple[State, ...] = (*TURN, "thinking", "interviewer_speaking")
NOT_ENDED: tuple[State, ...] = (*BEFORE, *LIVE, "paused", "taken_over")

RULES: dict[Pair, Rule] = {}
IGNORED: dict[Pair, str] = {}


def _when(states: Iterable[State], input_type: type[inp.Input], rule: Rule) -> None:
    for state in states:
        RULES[state, input_type] = rule


def _ignore(states: Iterable[State], reason: str, *input_types: type[inp.Input]) -> None:
    for state in states:
        for input_type in input_types:
            IGNORED[state, input_type] = reason


def _refuse(code: str, message: str) -> Rule:
    def refuse(draft: Draft, _: inp.Input) -> None:
        draft.reject(code, message)

    return refuse


_not_begun = _refuse("not_started", "The interview has not begun yet.")
_is_paused = _refuse("paused", "The interview is paused. Continue first.")
_is_over = _refuse("session_over", "The interview is over.")
_has_begun = _refuse("already_started", "The interview has already begun.")
_one_moment = _refuse("not_your_turn", "One moment, please. The interviewer is about to speak.")
_candidate_speaks = _refuse("not_your_turn", "The candidate is answering just now.")
_nobody_took_over = _refuse("not_yours", takeover.NOT_YOURS)
_person_speaks = _refuse("taken_over", "A person is speaking with the candidate just now.")

# --- coming and going
_when(NOT_ENDED, inp.CandidateArrived, lifecycle.arrived)
_when(NOT_ENDED, inp.CandidateWentAway, lifecycle.went_away)
_ignore(("ended",), "the log is closed", inp.CandidateArrived, inp.CandidateWentAway)
_when(NOT_ENDED, inp.ConsentDecided, lifecycle.consent_decided)
_when(("ended",), inp.ConsentDecided, _is_over)
_when(NOT_ENDED, inp.EndRequested, lifecycle.end_requested)
_when(("ended",), inp.EndRequested, _is_over)
_when(NOT_ENDED, inp.TimerFired, lifecycle.timer_fired)
_ignore(("ended",), "its matter is settled", inp.TimerFired)
_when(NOT_ENDED, inp.MicSwitched, lifecycle.mic_switched)
_when(NOT_ENDED, inp.PageSwitched, lifecycle.page_switched)
_when((*LIVE, "paused", "taken_over"), inp.AudioGone, lifecycle.audio_gone)
_ignore(BEFORE, "a rehearsal's audio is not logged", inp.AudioGone)
_ignore(("ended",), "the log is closed", inp.MicSwitched, inp.PageSwitched, inp.AudioGone)

# --- practice and the beginning
_when(("waiting",), inp.PracticeRequested, lifecycle.practice_requested)
_ignore(("practice",), "it is running", inp.PracticeRequested)
_when((*LIVE, "paused", "taken_over"), inp.PracticeRequested, _has_begun)
_when(("ended",), inp.PracticeRequested, _is_over)
_when(("practice",), inp.PracticeDone, lifecycle.practice_done)
_ignore(("waiting", *LIVE, "paused", "taken_over", "ended"), "no rehearsal is running", inp.PracticeDone)
_when(BEFORE, inp.CandidateReadied, lifecycle.readied)
_ignore(
    (*LIVE, "paused", "taken_over"),
    "it has begun; a page sends this again after a reload",
    inp.CandidateReadied,
)
_when(("ended",), inp.CandidateReadied, _is_over)

# --- hearing
_when(TURN, inp.CandidateSpeechStarted, turns.speech_started)
_when(("thinking",), inp.CandidateSpeechStarted, turns.speech_before_reply)
_when(("interviewer_speaking",), inp.CandidateSpeechStarted, turns.speech_over_reply)
_ignore((*BEFORE, "paused", "ended"), "nobody waits for speech", inp.CandidateSpeechStarted)
_ignore(("taken_over",), "a person goes on or not, as people do", inp.CandidateSpeechStarted)
_ignore(ALL, "a pause decides nothing; endpointing judges it", inp.CandidateSpeechStopped)
_when((*TURN, "thinking", "practice"), inp.SpeechPartlyHeard, turns.partly_heard)
_when(("interviewer_speaking",), inp.SpeechPartlyHeard, turns.partly_heard_over_reply)
_when(("taken_over",), inp.SpeechPartlyHeard, takeover.partly)
_ignore(("waiting", "paused", "ended"), "no caption is shown", inp.SpeechPartlyHeard)
_when(("practice",), inp.UtteranceHeard, turns.heard_in_practice)
_when((*TURN, "thinking", "paused"), inp.UtteranceHeard, turns.utterance_heard)
_when(("taken_over",), inp.UtteranceHeard, takeover.heard)
_when(("interviewer_speaking",), inp.UtteranceHeard, turns.utterance_over_reply)
_when(TURN, inp.UtteranceWasEmpty, turns.utterance_empty)
_when(("interviewer_speaking",), inp.UtteranceWasEmpty, turns.empty_over_reply)
_when(("taken_over",), inp.UtteranceWasEmpty, takeover.nothing_heard)
_ignore((*BEFORE, "thinking", "paused", "ended"), "noise outside a turn", inp.UtteranceWasEmpty)
_when((*LIVE, "paused", "taken_over"), inp.UtteranceWasLost, turns.utterance_lost)
_ignore(BEFORE, "a rehearsal loses nothing", inp.UtteranceWasLost)
_ignore(("waiting",), "the audio line has not begun", inp.UtteranceHeard)
_ignore(("ended",), "the log is closed", inp.UtteranceHeard, inp.UtteranceWasLost)
_when(TURN, inp.CoverageJudged, turns.coverage_judged)
_ignore(
    (*BEFORE, "thinking", "interviewer_speaking", "paused", "taken_over", "ended"),
    "late: what follows was decided without it",
    inp.CoverageJudged,
)
_when(TURN, inp.TurnWentSilent, turns.turn_went_silent)
_when(("practice",), inp.TurnWentSilent, lifecycle.practice_turn_over)
_ignore(
    ("waiting", "thinking", "interviewer_speaking", "paused", "ended"),
    "late: the turn is over",
    inp.TurnWentSilent,
)
_when(("taken_over",), inp.TurnWentSilent, takeover.went_silent)
_when((*LIVE, "practice", "taken_over"), inp.PauseLearned, lifecycle.patience_learned)
_ignore(("waiting", "paused", "ended"), "nobody is being waited for", inp.PauseLearned)

# --- what the candidate presses and types
_when(TURN, inp.TurnDonePressed, turns.done_pressed)
_when(TURN, inp.TurnHoldPressed, turns.hold_pressed)
_ignore(
    ("thinking", "interviewer_speaking", "practice"),
    "the floor has already changed",
    inp.TurnDonePressed,
    inp.TurnHoldPressed,
)
_when((*TURN, "interviewer_speaking"), inp.AnswerTyped, turns.answer_typed)
_when((*TURN, "interviewer_speaking"), inp.SkipPressed, turns.skip_pressed)
_when((*TURN, "interviewer_speaking"), inp.RepeatPressed, turns.repeat_pressed)
_when((*LIVE, "taken_over"), inp.PauseRequested, lifecycle.pause_requested)
_when(("paused",), inp.ResumeRequested, lifecycle.resumed)
_ignore(("paused",), "it is paused", inp.PauseRequested)
_ignore((*LIVE, "taken_over"), "it is not paused", inp.ResumeRequested)
_pressed: type[inp.Input]
for _pressed in (inp.AnswerTyped, inp.SkipPressed, inp.RepeatPressed):
    _when(("thinking",), _pressed, _one_moment)
    _when(("practice",), _pressed, _not_begun)
for _pressed in (
    inp.TurnDonePressed,
    inp.TurnHoldPressed,
    inp.AnswerTyped,
    inp.SkipPressed,
    inp.RepeatPressed,
):
    _when(("waiting",), _pressed, _not_begun)
    _when(("paused",), _pressed, _is_paused)
    _when(("taken_over",), _pressed, _person_speaks)
    _when(("ended",), _pressed, _is_over)
_when(("thinking",), inp.SkipPressed, turns.skip_before_reply)
_when(("paused",), inp.AnswerTyped, lifecycle.typed_while_away)
_when(("taken_over",), inp.AnswerTyped, takeover.answer_typed)
_when(("taken_over",), inp.TurnDonePressed, takeover.done_pressed)
for _pressed in (inp.PauseRequested, inp.ResumeRequested):
    _when(BEFORE, _pressed, _not_begun)
    _when(("ended",), _pressed, _is_over)

# --- the reply
SPEAKING: tuple[State, ...] = ("interviewer_speaking", "taken_over")
_when(("thinking", *SPEAKING), inp.ReplyDeltaComposed, replies.delta_composed)
_when(("thinking", *SPEAKING), inp.ReplySentenceComposed, replies.sentence_composed)
_when(("thinking", *SPEAKING), inp.ReplyComposed, replies.reply_composed)
_ignore(
    (*BEFORE, *TURN, "paused", "ended"),
    "late: that reply was withdrawn, cut short or put aside",
    inp.ReplyDeltaComposed,
    inp.ReplySentenceComposed,
    inp.ReplyComposed,
)
_when(SPEAKING, inp.PlaybackStarted, replies.playback_started)
_when(SPEAKING, inp.PlaybackFinished, replies.playback_finished)
_when(("interviewer_speaking",), inp.PlaybackStopped, replies.playback_stopped)
_when(("taken_over",), inp.PlaybackStopped, replies.playback_stopped_with_person)
_when((*TURN, "thinking"), inp.PlaybackStopped, replies.playback_measured)
_ignore((*BEFORE, "paused", "ended"), "late: nothing is playing", inp.PlaybackStopped)
_ignore(
    (*BEFORE, *TURN, "thinking", "paused", "ended"),
    "late: nothing is playing",
    inp.PlaybackStarted,
    inp.PlaybackFinished,
)

# --- people
_when(ALL, inp.NoteWritten, people.note_written)
_when((*BEFORE, *LIVE, "paused", "taken_over"), inp.QuestionPutIn, people.question_put_in)
_when((*BEFORE, *LIVE, "paused", "taken_over"), inp.MoreTimeGiven, people.more_time_given)
_when((*LIVE, "paused", "taken_over"), inp.OfferPutForward, people.offer_put_forward)
_when(BEFORE, inp.OfferPutForward, _not_begun)
_when(NOT_ENDED, inp.WhisperWritten, people.whisper_written)
_when(LIVE, inp.WordsPutIn, people.words_put_in)
_when(("listening", "interviewer_speaking"), inp.RephraseAsked, people.rephrase_asked)
_when(("candidate_speaking",), inp.RephraseAsked, _candidate_speaks)
_when(("thinking",), inp.RephraseAsked, _one_moment)
_when(LIVE, inp.TakeoverAsked, takeover.takeover_asked)
_when(("taken_over",), inp.TakeoverAsked, takeover.asked_again)
_when(("paused",), inp.TakeoverAsked, _is_paused)
_when(("taken_over",), inp.LineTyped, takeover.line_typed)
_when(("paused",), inp.LineTyped, _is_paused)
_when((*BEFORE, *LIVE, "ended"), inp.LineTyped, _nobody_took_over)
_when(("taken_over", "paused"), inp.HandBackAsked, takeover.hand_back_asked)
_when(("taken_over",), inp.PersonBeganToSpeak, takeover.began_to_speak)
_when(("taken_over",), inp.PersonWasPartlyHeard, takeover.was_partly_heard)
_when(("taken_over",), inp.PersonFellSilent, takeover.fell_silent)
_when(("taken_over",), inp.PersonWasNotUnderstood, takeover.was_not_understood)
_when((*LIVE, "paused", "taken_over"), inp.PersonWasHeard, takeover.was_heard)
_ignore(
    (*BEFORE, *LIVE, "paused", "ended"),
    "late: what they said has ended",
    inp.PersonBeganToSpeak,
    inp.PersonWasPartlyHeard,
    inp.PersonFellSilent,
    inp.PersonWasNotUnderstood,
)
_ignore((*BEFORE, "ended"), "nobody has taken over, or the log is closed", inp.PersonWasHeard)
_when((*BEFORE, *LIVE, "ended"), inp.HandBackAsked, _nobody_took_over)
_when(("taken_over", "paused"), inp.ObserverStayed, takeover.stayed)
_ignore((*BEFORE, *LIVE, "ended"), "late: it was handed back", inp.ObserverStayed)
for _pressed in (inp.WordsPutIn, inp.RephraseAsked, inp.TakeoverAsked):
    _when(BEFORE, _pressed, _not_begun)
    _when(("ended",), _pressed, _is_over)
for _pressed in (inp.WordsPutIn, inp.RephraseAsked):
    _when(("paused",), _pressed, _is_paused)
    _when(("taken_over",), _pressed, _person_speaks)
_when(("ended",), inp.WhisperWritten, _is_over)
_when(("ended",), inp.QuestionPutIn, _is_over)
_when(("ended",), inp.MoreTimeGiven, _is_over)
_when(("ended",), inp.OfferPutForward, _is_over)
_when(NOT_ENDED, inp.ObserverCame, people.observer_came)
_when(NOT_ENDED, inp.ObserverWent, people.observer_went)
_when(NOT_ENDED, inp.ListeningSwitched, people.listening_switched)
_ignore(("ended",), "the candidate has left", inp.ObserverCame, inp.ObserverWent, inp.ListeningSwitched)


def decide(state: SessionState, happened: inp.Input) -> Decision:
    """What follows from `happened`: nothing for the ignored, a rejection where its sender must be told."""
    rule = RULES.get((state.state, type(happened)))
    if rule is None:
        return Decision()
    draft = Draft(state, happened.at)
    rule(draft, happened)
    return draft.decision()


def resume(state: SessionState, now: datetime) -> tuple[ef.Effect, ...]:
    """The effects and timers that a session rebuilt from its log still waits for."""
    draft = Draft(state, now)
    if state.patience is not None:
        draft.do(ef.UsePatience(state.patience))
    if state.consent is not None:
        draft.do(ef.UseConsent(recording=state.consent.recording, listening=state.consent.listening))
    if state.takeover is not None:  # whoever holds it says so again, or has left
        draft.do(ef.StartTimer("takeover", state.constants.takeover_grace_ms))
    if state.state in LIVE:
        draft.do(ef.StartTimer("time_up", state.time_left_ms(now)))
        if not state.is_connected:
            draft.do(ef.StartTimer("away", state.constants.away_pause_ms))
        _resume_floor(draft)
    elif state.state == "taken_over":
        draft.do(ef.StartTimer("time_up", state.time_left_ms(now)))
        if not state.is_connected:
            draft.do(ef.StartTimer("away", state.constants.away_pause_ms))
        takeover.rebuilt(draft)
    elif state.state == "paused":
        draft.do(ef.HoldLine(), ef.StartTimer("abandon", state.constants.resume_window_ms))
    elif state.state == "ended":
        draft.do(ef.FinishSession())
    return draft.decision().effects


def _resume_floor(draft: Draft) -> None:
    reply, turn = draft.state.reply, draft.state.turn
    if reply is not None and not reply.is_complete:
        draft.do(compose(draft))
    elif reply is not None and reply.is_paused:
        draft.do(ef.StartTimer("barge_in", draft.state.constants.confirm_barge_in_ms, reply.reply_id))
    elif reply is not None:
        watch_playback(draft, reply)
    elif turn.is_open:
        draft.do(ef.OpenTurn(turn.turn_id))
        if turn.utterances:
            draft.do(ef.StartTimer("empty_turn", draft.state.constants.nudge_after_ms, turn.turn_id))
        else:
            await_speech(draft)
