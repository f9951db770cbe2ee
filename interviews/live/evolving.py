"""Folds the log of a live session: `evolve` is the only place where its state changes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from interviews.coverage import cover
from interviews.live import events as ev
from interviews.live.constants import constants_from
from interviews.live.state import (
    ASKING,
    Flow,
    GivenWords,
    Participant,
    ReplyState,
    SaidLine,
    SessionState,
    Takeover,
    TurnState,
    Utterance,
    Whisper,
)
from interviews.moves import after, with_coverage
from interviews.plan import insert_question
from interviews.progress import with_points

MOST_WHISPERS = 3  # judged: more advice at once is none
MOST_LINES = 4  # judged: nobody hears an older one come back

E = TypeVar("E", bound=ev.Event)
_Evolver = Callable[[SessionState, Any], SessionState]
_EVOLVERS: dict[type[ev.Event], _Evolver] = {}


def _on(event_type: type[E]) -> Callable[[Callable[[SessionState, E], SessionState]], _Evolver]:
    def register(function: Callable[[SessionState, E], SessionState]) -> _Evolver:
        _EVOLVERS[event_type] = cast("_Evolver", function)
        return cast("_Evolver", function)

    return register


def evolve(state: SessionState, event: ev.Event) -> SessionState:
    """The state after `event`. Events without an entry are facts for readers of the log."""
    evolver = _EVOLVERS.get(type(event))
    return state if evolver is None else evolver(state, event)


@_on(ev.SessionOpened)
def _opened(state: SessionState, event: ev.SessionOpened) -> SessionState:
    return replace(
        state,
        plan=event.plan,
        planned_ms=event.duration_ms,
        duration_ms=event.duration_ms,
        constants=constants_from(event.constants),
        report_url=event.report_url,
    )


@_on(ev.StateChanged)
def _state_changed(state: SessionState, event: ev.StateChanged) -> SessionState:
    runs = state.has_line and event.state not in {"paused", "ended", "practice", "waiting"}
    return replace(
        state,
        state=event.state,
        pause_reason=event.reason if event.state == "paused" else "",
        ran_ms=state.clock_ms(event.at),
        running_since=event.at if runs else None,
    )


@_on(ev.SettingsChanged)
def _settings_changed(state: SessionState, event: ev.SettingsChanged) -> SessionState:
    before_ms = None if state.has_line else event.time_left_ms  # before it begins, all of it is left
    return replace(
        state,
        patience=event.patience or state.patience,
        captions=event.captions or state.captions,
        duration_ms=state.duration_ms if before_ms is None else before_ms,
    )


@_on(ev.ConsentChanged)
def _consent_changed(state: SessionState, event: ev.ConsentChanged) -> SessionState:
    return replace(state, consent=event)


@_on(ev.LineStarted)
def _line_started(state: SessionState, event: ev.LineStarted) -> SessionState:
    return replace(state, has_line=True)


@_on(ev.TimeRanOut)
def _time_ran_out(state: SessionState, event: ev.TimeRanOut) -> SessionState:
    return replace(state, is_time_up=True)


@_on(ev.TimeExtended)
def _time_extended(state: SessionState, event: ev.TimeExtended) -> SessionState:
    return replace(state, duration_ms=state.duration_ms + event.minutes * 60_000, is_time_up=False)


@_on(ev.SessionEnded)
def _session_ended(state: SessionState, event: ev.SessionEnded) -> SessionState:
    return replace(state, turn=replace(state.turn, is_open=False), reply=None)


@_on(ev.CandidateConnected)
def _connected(state: SessionState, event: ev.CandidateConnected) -> SessionState:
    return replace(state, is_connected=True, was_connected=True)


@_on(ev.CandidateLeft)
def _left(state: SessionState, event: ev.CandidateLeft) -> SessionState:
    return replace(state, is_connected=False, drops=state.drops + 1)


@_on(ev.ParticipantJoined)
def _joined(state: SessionState, event: ev.ParticipantJoined) -> SessionState:
    one = Participant(event.ref, event.role, event.name, event.listening)
    takeover = state.takeover
    if takeover is not None and takeover.is_of(event.ref):  # they came back
        takeover = replace(takeover, ref=event.ref)
    return replace(state, participants=(*_without(state, event.ref), one), takeover=takeover)


@_on(ev.ParticipantLeft)
def _participant_left(state: SessionState, event: ev.ParticipantLeft) -> SessionState:
    return replace(state, participants=_without(state, event.ref))


def _without(state: SessionState, ref: str) -> tuple[Participant, ...]:
    return tuple(one for one in state.participants if one.ref != ref)


@_on(ev.TurnStarted)
def _turn_started(state: SessionState, event: ev.TurnStarted) -> SessionState:
    return replace(state, turn=TurnState(turn_id=event.turn_id, is_open=True))


@_on(ev.TranscriptFinal)
def _final(state: SessionState, event: ev.TranscriptFinal) -> SessionState:
    state = replace(state, heard_to_ms=max(state.heard_to_ms, event.end_ms))
    if event.turn_id != state.turn.turn_id:
        return state
    heard = Utterance(
        event.utterance_id,
        event.text,
        event.start_ms,
        event.end_ms,
        event.confidence,
        event.engine,
        event.snr_db,
    )
    turn = replace(state.turn, utterances=(*state.turn.utterances, heard))
    if state.turn.is_open:
        return replace(state, turn=turn)
    if state.takeover is not None and state.takeover.has_spoken:
        return replace(state, turn=turn)
    # It came after its turn was closed by a typed word or a button: it belongs to the answer all the same.
    return _credited(replace(state, turn=turn), event.text)


@_on(ev.CoverageGained)
def _coverage_gained(state: SessionState, event: ev.CoverageGained) -> SessionState:
    if event.question_index != state.flow.question_index:
        return state
    progress = with_points(state.flow.progress, event.points)
    return replace(state, flow=replace(state.flow, progress=progress))


@_on(ev.UtteranceMissed)
def _missed(state: SessionState, event: ev.UtteranceMissed) -> SessionState:
    heard_to_ms = max(state.heard_to_ms, event.end_ms)
    return replace(state, turn=replace(state.turn, has_loss=True), heard_to_ms=heard_to_ms)


@_on(ev.TurnHeld)
def _held(state: SessionState, event: ev.TurnHeld) -> SessionState:
    return replace(state, turn=replace(state.turn, is_held=True))


@_on(ev.TurnEnded)
def _turn_ended(state: SessionState, event: ev.TurnEnded) -> SessionState:
    closed = replace(
        state,
        turn=replace(state.turn, is_open=False, is_held=False),
        flow_before=state.flow,
        answer_before=state.answer,
        history=(*state.history, ("candidate", event.text)) if event.text else state.history,
    )
    takeover = state.takeover
    if takeover is None:
        return _credited(closed, event.text)
    if not event.question:  # it was said to the person who has taken over
        return closed
    unanswered = f"{takeover.unanswered} {event.text}".strip()
    return _credited(replace(closed, takeover=replace(takeover, unanswered=unanswered)), event.text)


def _credited(state: SessionState, text: str) -> SessionState:
    answer = f"{state.answer} {text}".strip()
    question = state.question
    if question is None or not text or state.flow.progress.phase != "question":
        return replace(state, answer=answer)
    progress = with_coverage(state.flow.progress, cover(question, answer))
    return replace(state, answer=answer, flow=replace(state.flow, progress=progress))


@_on(ev.TurnReopened)
def _reopened(state: SessionState, event: ev.TurnReopened) -> SessionState:
    history = state.history
    if history and history[-1][0] == "candidate":
        history = history[:-1]
    return replace(
        state,
        turn=replace(state.turn, is_open=True),
        flow=state.flow_before,
        answer=state.answer_before,
        history=history,
    )


@_on(ev.QuestionQueued)
def _question_queued(state: SessionState, event: ev.QuestionQueued) -> SessionState:
    return replace(state, plan=insert_question(state.plan, state.flow.question_index, event.question))


@_on(ev.ReplyPlanned)
def _reply_planned(state: SessionState, event: ev.ReplyPlanned) -> SessionState:
    reply = ReplyState(
        event.reply_id,
        event.move,
        event.answers_turn,
        event.at,
        event.text,
        by=event.by,
        words=event.words,
    )
    is_over_turn = state.takeover is None  # who speaks with a person keeps the floor meanwhile
    before = state.flow_before if event.answers_turn else state.flow
    return replace(
        state,
        reply=reply,
        next_reply_id=max(state.next_reply_id, event.reply_id + 1),
        flow_before=before,
        turn=replace(state.turn, is_open=state.turn.is_open and not is_over_turn),
        words=state.words[1:] if event.words else state.words,
        handover=state.handover if event.words else None,
    )


@_on(ev.ReplyStarted)
def _reply_started(state: SessionState, event: ev.ReplyStarted) -> SessionState:
    if state.reply is None or state.reply.reply_id != event.reply_id:
        return state
    if state.takeover is not None:
        reply = replace(state.reply, is_started=True, is_spoken=event.spoken)
        return replace(state, reply=reply, takeover=replace(state.takeover, has_spoken=True))
    move = state.reply.move
    index = state.flow.question_index
    is_new = move.kind in ASKING and move.question_index is not None
    if is_new and move.question_index is not None:
        index = move.question_index
    flow = Flow(index, after(state.flow.progress, move))
    reply = replace(state.reply, is_started=True, worded_by=event.worded_by)
    whispers = state.whispers if event.by != "ai" else _heeded(state.whispers)
    answer = "" if is_new else state.answer
    return replace(state, reply=reply, flow=flow, answer=answer, whispers=whispers)


def _heeded(whispers: tuple[Whisper, ...]) -> tuple[Whisper, ...]:
    return tuple(replace(one, replies_left=one.replies_left - 1) for one in whispers if one.replies_left > 1)


@_on(ev.SentenceSent)
def _sentence_sent(state: SessionState, event: ev.SentenceSent) -> SessionState:
    last = state.last_reply
    if last is not None and last.reply_id == event.reply_id and last.is_spoken:
        return _with_late_words(state, last, event.text)
    if state.reply is None:
        return state
    return _with_reply(state, sentences=(*state.reply.sentences, event.text))


def _with_late_words(state: SessionState, last: ReplyState, text: str) -> SessionState:
    """A person had finished before their last words were known."""
    last = replace(last, sentences=(*last.sentences, text))
    lines = tuple(
        replace(line, text=last.text) if line.reply_id == last.reply_id else line for line in state.said_lines
    )
    history = (*state.history, ("interviewer", text))
    return replace(state, last_reply=last, said_lines=lines, history=history)


@_on(ev.ReplyFinished)
def _reply_finished(state: SessionState, event: ev.ReplyFinished) -> SessionState:
    if state.reply is not None and state.reply.reply_id != event.reply_id:
        return state  # the last words of what a person said before it
    return _with_reply(state, is_complete=True)


@_on(ev.ReplyWithdrawn)
def _withdrawn(state: SessionState, event: ev.ReplyWithdrawn) -> SessionState:
    # One that has not begun has changed nothing yet: what was answered before it stands.
    has_begun = state.reply is not None and state.reply.is_started
    return replace(state, reply=None, flow=state.flow_before if has_begun else state.flow)


@_on(ev.PlaybackBegan)
def _playback_began(state: SessionState, event: ev.PlaybackBegan) -> SessionState:
    return _with_reply(state, began_at=event.at)


@_on(ev.BargeInStarted)
def _barge_in_started(state: SessionState, event: ev.BargeInStarted) -> SessionState:
    return _with_reply(state, is_paused=True)


@_on(ev.BargeInDismissed)
def _barge_in_dismissed(state: SessionState, event: ev.BargeInDismissed) -> SessionState:
    return _with_reply(state, is_paused=False)


@_on(ev.PlaybackEnded)
def _playback_ended(state: SessionState, event: ev.PlaybackEnded) -> SessionState:
    if state.reply is None:
        return state
    heard = state.reply.text[: event.heard_chars]
    history = (*state.history, ("interviewer", heard)) if heard else state.history
    return replace(
        state,
        reply=None,
        last_reply=state.reply,
        history=history,
        said_lines=_with_line(state, state.reply, event.at),
    )


def _with_line(state: SessionState, reply: ReplyState, at: datetime) -> tuple[SaidLine, ...]:
    if reply.by == "ai":
        return state.said_lines
    return (*state.said_lines, SaidLine(reply.reply_id, reply.text, state.clock_ms(at)))[-MOST_LINES:]


@_on(ev.WhisperGiven)
def _whispered(state: SessionState, event: ev.WhisperGiven) -> SessionState:
    whisper = Whisper(event.text, state.constants.whisper_replies)
    return replace(state, whispers=(*state.whispers, whisper)[-MOST_WHISPERS:])


@_on(ev.WordsGiven)
def _words_given(state: SessionState, event: ev.WordsGiven) -> SessionState:
    return replace(state, words=(*state.words, GivenWords(event.text, event.by, event.kind)))


@_on(ev.TakeoverStarted)
def _taken_over(state: SessionState, event: ev.TakeoverStarted) -> SessionState:
    """The same person may say it again from another place."""
    if state.takeover is not None:
        return replace(state, takeover=replace(state.takeover, ref=event.ref))
    cut = state.handover.cut if state.handover is not None else state.reply
    unanswered = state.handover.unanswered if state.handover is not None else ""
    takeover = Takeover(event.ref, event.by, cut, unanswered=unanswered)
    return replace(state, takeover=takeover, handover=None)


@_on(ev.TakeoverEnded)
def _handed_back(state: SessionState, event: ev.TakeoverEnded) -> SessionState:
    turn = replace(state.turn, is_open=state.turn.is_open and state.reply is None)
    return replace(state, takeover=None, handover=state.takeover, turn=turn)


@_on(ev.PlaybackMeasured)
def _playback_measured(state: SessionState, event: ev.PlaybackMeasured) -> SessionState:
    side, remembered = state.history[-1] if state.history else ("candidate", "")
    if side != "interviewer" or not event.text.startswith(remembered):
        return state  # we thought that none of it was heard: the newest entry is of another reply
    heard = event.text[: event.heard_chars]
    return replace(state, history=(*state.history[:-1], ("interviewer", heard)))


def _with_reply(state: SessionState, **changes: Any) -> SessionState:
    return state if state.reply is None else replace(state, reply=replace(state.reply, **changes))
