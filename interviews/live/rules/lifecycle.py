"""Beginning, pausing, losing the line, time, ending."""

from collections.abc import Callable

from interviews.live import effects as ef
from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live import signals as sig
from interviews.live.draft import Draft
from interviews.live.floor import (
    await_speech,
    compose,
    end,
    enter,
    finish_playback,
    give_floor,
    go_on,
    pause,
    plan_reply,
    respond,
    watch_playback,
)
from interviews.live.rules import takeover
from interviews.live.rules.people import silence_listeners
from interviews.live.rules.turns import answer_typed, end_turn, let_go_on
from interviews.moves import opening_move, silence_move


def arrived(draft: Draft, came: inp.CandidateArrived) -> None:
    """A socket is there (again): what waited for it goes on."""
    draft.log(ev.CandidateConnected(is_return=draft.state.was_connected))
    draft.do(ef.CancelTimer("away"))
    reply = draft.state.reply
    speaks = draft.state.state in {"interviewer_speaking", "taken_over"}
    if speaks and reply is not None and reply.is_complete:
        watch_playback(draft, reply)
    elif draft.state.state == "listening":
        await_speech(draft)


def went_away(draft: Draft, gone: inp.CandidateWentAway) -> None:
    """Silence means nothing while nobody is there."""
    draft.log(ev.CandidateLeft())
    draft.do(ef.CancelTimer("silence"), ef.CancelTimer("playback"))
    if draft.state.has_line and draft.state.state != "paused":
        draft.do(ef.StartTimer("away", draft.state.constants.away_pause_ms))


def consent_decided(draft: Draft, consent: inp.ConsentDecided) -> None:
    draft.log(
        ev.ConsentChanged(
            notice_version=consent.notice_version,
            ai_evaluation=consent.ai_evaluation,
            recording=consent.recording,
            listening=consent.listening,
        )
    )
    if not consent.listening:
        silence_listeners(draft)
    draft.do(ef.UseConsent(recording=consent.recording, listening=consent.listening))


def practice_requested(draft: Draft, asked: inp.PracticeRequested) -> None:
    enter(draft, "practice")
    draft.do(ef.StartLine(is_practice=True), ef.OpenTurn(0), ef.NoteEnough(is_enough=True))


def practice_done(draft: Draft, done: inp.PracticeDone) -> None:
    draft.log(ev.PracticeEnded())
    draft.do(ef.CloseTurn())
    enter(draft, "waiting")


def practice_turn_over(draft: Draft, heard: inp.TurnWentSilent) -> None:
    draft.do(ef.Send(sig.PracticeHeard(text="", patience=draft.state.patience)), ef.OpenTurn(0))


def readied(draft: Draft, ready: inp.CandidateReadied) -> None:
    """The interview's audio line and clock begin with the greeting."""
    if draft.state.consent is None:
        draft.reject("consent_required", "Please decide about the AI evaluation and the recording first.")
        return
    if draft.state.state == "practice":
        practice_done(draft, inp.PracticeDone(at=draft.at))
    if ready.duration_ms is not None and ready.duration_ms != draft.state.planned_ms:
        changed_ms = ready.duration_ms - draft.state.planned_ms  # what observers gave before stays given
        draft.log(ev.SettingsChanged(time_left_ms=draft.state.duration_ms + changed_ms))
    draft.log(ev.LineStarted())
    draft.do(ef.StartLine(is_practice=False))
    plan_reply(draft, opening_move(draft.state.plan))
    _start_clock(draft)


def patience_learned(draft: Draft, learned: inp.PauseLearned) -> None:
    if learned.patience != draft.state.patience:
        draft.log(ev.SettingsChanged(patience=learned.patience))
        draft.do(ef.UsePatience(learned.patience))


def pause_requested(draft: Draft, asked: inp.PauseRequested) -> None:
    pause(draft, f"by {asked.by}" if asked.by else "by the candidate")


def resumed(draft: Draft, asked: inp.ResumeRequested) -> None:
    """Everything goes on where it stood still."""
    draft.do(ef.CancelTimer("abandon"), ef.ReleaseLine())
    state = draft.state
    reply = state.reply
    if state.takeover is not None:
        takeover.resumed(draft)
    elif reply is not None:
        enter(draft, "interviewer_speaking" if reply.is_started else "thinking")
        if reply.is_paused:  # who had begun to speak over it has stopped long since
            draft.log(ev.BargeInDismissed(reply_id=reply.reply_id))
        if reply.is_complete:
            draft.do(ef.Send(sig.PlaybackResume(reply_id=reply.reply_id)))
            watch_playback(draft, reply)
        else:
            draft.do(compose(draft))
    elif state.handover is not None and not (state.turn.is_open and state.turn.utterances):
        go_on(draft)
    elif state.turn.is_open:
        enter(draft, "listening")
        draft.do(ef.OpenTurn(state.turn.turn_id))
        if state.turn.utterances:
            draft.do(ef.StartTimer("empty_turn", state.constants.nudge_after_ms, state.turn.turn_id))
        else:
            await_speech(draft)
    else:
        give_floor(draft)
    _start_clock(draft)


def typed_while_away(draft: Draft, typed: inp.AnswerTyped) -> None:
    """Whoever types is there again; only a pause that somebody asked for has to be ended by asking."""
    if draft.state.pause_reason != "away":
        draft.reject("paused", "The interview is paused. Continue first.")
        return
    resumed(draft, inp.ResumeRequested(at=draft.at))
    answer_typed(draft, typed)


def _start_clock(draft: Draft) -> None:
    left_ms = draft.state.time_left_ms(draft.at)
    draft.log(ev.SettingsChanged(time_left_ms=left_ms))
    draft.do(ef.StartTimer("time_up", left_ms))


def end_requested(draft: Draft, asked: inp.EndRequested) -> None:
    if asked.by:
        draft.log(ev.CommandApplied(kind="session.end", by=asked.by))
    has_asked_all = draft.state.flow.progress.phase == "candidate_questions"
    is_complete = asked.reason == "ended_by_candidate" and has_asked_all
    end(draft, "completed" if is_complete else asked.reason)


def mic_switched(draft: Draft, switched: inp.MicSwitched) -> None:
    draft.log(ev.MicChanged(muted=switched.muted))


def page_switched(draft: Draft, switched: inp.PageSwitched) -> None:
    draft.log(ev.PageChanged(hidden=switched.hidden))


def audio_gone(draft: Draft, gone: inp.AudioGone) -> None:
    draft.log(ev.AudioMissed(from_offset=gone.from_offset, to_offset=gone.to_offset))


def timer_fired(draft: Draft, timer: inp.TimerFired) -> None:
    """One of our own timers ran out; a late one, whose matter is settled, changes nothing."""
    rule = _TIMERS.get(timer.name)
    if rule is not None:
        rule(draft, timer.ref)


def _silence(draft: Draft, ref: int) -> None:
    state = draft.state
    is_theirs = state.turn.is_open and state.turn.turn_id == ref
    # Speech ends this timer; one that fires in `candidate_speaking` was started after a crash cut it off.
    if state.state not in {"listening", "candidate_speaking"} or not is_theirs or state.turn.utterances:
        return
    draft.log(ev.SilenceNoticed(step=state.flow.progress.silences + 1))
    plan_reply(draft, silence_move(state.plan, state.flow.question_index, state.flow.progress))


def _playback(draft: Draft, ref: int) -> None:
    reply = draft.state.reply
    speaks = draft.state.state in {"interviewer_speaking", "taken_over"}
    if speaks and reply is not None and reply.reply_id == ref:
        finish_playback(draft, reply, outcome="unreported", heard_chars=len(reply.text))


def _barge_in(draft: Draft, ref: int) -> None:
    reply = draft.state.reply
    if draft.state.state == "interviewer_speaking" and reply is not None and reply.reply_id == ref:
        let_go_on(draft, reply)


def _empty_turn(draft: Draft, ref: int) -> None:
    turn = draft.state.turn
    if draft.state.state in {"listening", "candidate_speaking"} and turn.is_open and turn.turn_id == ref:
        end_turn(draft, "endpoint", can_reopen=True)
    elif draft.state.state == "taken_over" and turn.is_open and turn.turn_id == ref:
        takeover.went_silent(draft, inp.TurnWentSilent(at_ms=0, at=draft.at))


def _takeover(draft: Draft, ref: int) -> None:
    """Whoever has taken over has not been heard of for too long."""
    takeover.hand_back(draft, "left")


def _spoken(draft: Draft, ref: int) -> None:
    reply = draft.state.reply
    if reply is not None and reply.reply_id == ref:
        takeover.fell_silent(draft, inp.PersonFellSilent(at=draft.at))


def _time_up(draft: Draft, ref: int) -> None:
    """The running answer may finish; who has not begun one is not waited for."""
    if draft.state.state in {"waiting", "practice", "paused", "ended"} or draft.state.is_time_up:
        return
    draft.log(ev.TimeRanOut())
    if draft.state.state == "listening" and not draft.state.turn.utterances:
        respond(draft, answers_turn=0, text="")


def _away(draft: Draft, ref: int) -> None:
    if not draft.state.is_connected and draft.state.state not in {"waiting", "practice", "paused", "ended"}:
        pause(draft, "away")


def _abandon(draft: Draft, ref: int) -> None:
    if draft.state.state == "paused":
        end(draft, "abandoned")


_TIMERS: dict[str, Callable[[Draft, int], None]] = {
    "silence": _silence,
    "playback": _playback,
    "barge_in": _barge_in,
    "empty_turn": _empty_turn,
    "takeover": _takeover,
    "spoken": _spoken,
    "time_up": _time_up,
    "away": _away,
    "abandon": _abandon,
}
