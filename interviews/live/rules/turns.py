"""The candidate's side: what was heard, typed or pressed."""

from msgspec.structs import replace

from interviews.coverage import ENOUGH_FRACTION, ENOUGH_WORDS, cover
from interviews.evaluation import SaidUtterance, is_poorly_recognised
from interviews.intents import detect_intent
from interviews.live import effects as ef
from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live import signals as sig
from interviews.live.draft import Draft
from interviews.live.echo import is_persons_echo
from interviews.live.floor import (
    NOTHING_PRESSED,
    await_speech,
    enter,
    finish_playback,
    finish_words,
    log_turn_end,
    plan_reply,
    respond,
    watch_playback,
    withdraw,
)
from interviews.live.state import ASKING, ReplyState, TurnState
from interviews.live.vocabulary import TurnEndReason
from interviews.moves import next_move
from interviews.progress import TurnFacts, with_coverage
from interviews.spoken_words import words
from speech.echo import resembles

# What is said of a question that stands, and not in order to leave it.
ABOUT_THE_QUESTION = frozenset(
    {"follow_up", "clarify", "repeat", "rephrase", "help", "offer", "resume", "ask_again", "nudge"}
)
BACKCHANNELS = frozenset(
    {"mm", "hm", "mhm", "mmhm", "uh", "huh", "yeah", "yep", "okay", "ok", "right", "sure", "aha"}
)


def speech_started(draft: Draft, heard: inp.CandidateSpeechStarted) -> None:
    """The candidate begins, or goes on, in their own turn."""
    draft.do(ef.CancelTimer("silence"), ef.CancelTimer("empty_turn"), ef.DropPrepared())
    enter(draft, "candidate_speaking")


def speech_before_reply(draft: Draft, heard: inp.CandidateSpeechStarted) -> None:
    """Still thinking: an afterthought takes the turn back, unless a new question was asked for by hand."""
    reply = draft.state.reply
    if reply is not None and (reply.answers_turn or reply.move.kind not in ASKING):
        withdraw(draft, reply)


def speech_over_reply(draft: Draft, heard: inp.CandidateSpeechStarted) -> None:
    """Either an afterthought that the reply overtook, or a barge-in to be confirmed."""
    reply = draft.state.reply
    if reply is None or reply.is_paused:
        return
    in_grace = _since_planned_ms(draft, reply) <= draft.state.constants.reopen_grace_ms
    if reply.answers_turn and reply.began_at is None and in_grace:
        withdraw(draft, reply)
        return
    draft.log(ev.BargeInStarted(reply_id=reply.reply_id, at_ms=heard.at_ms))
    draft.do(
        ef.Send(sig.PlaybackPause(reply_id=reply.reply_id)),
        ef.CancelTimer("playback"),
        ef.StartTimer("barge_in", draft.state.constants.confirm_barge_in_ms, reply.reply_id),
    )


def partly_heard(draft: Draft, heard: inp.SpeechPartlyHeard) -> None:
    if draft.state.state == "listening" and heard.text.strip():
        await_speech(draft)  # they began before they had the floor; who speaks is not nudged
    draft.do(
        ef.Send(
            sig.TranscriptPartial(
                turn_id=draft.state.turn.turn_id, text=heard.text, stable_chars=heard.stable_chars
            )
        )
    )


def partly_heard_over_reply(draft: Draft, heard: inp.SpeechPartlyHeard) -> None:
    """Words over a reply confirm a barge-in; the utterance itself follows as a final."""
    reply = draft.state.reply
    if reply is not None and reply.is_paused and _is_meant(heard.text, reply):
        _stop_for_barge_in(draft, reply)
        partly_heard(draft, heard)


def heard_in_practice(draft: Draft, heard: inp.UtteranceHeard) -> None:
    draft.do(ef.Send(sig.PracticeHeard(text=heard.text, confidence=heard.confidence)))


def utterance_heard(draft: Draft, heard: inp.UtteranceHeard) -> None:
    """Words of the open turn, or late ones of a turn that a button or a typed word closed."""
    if is_persons_echo(draft, heard.text, heard.start_ms):
        return
    log_final(draft, heard)
    turn = draft.state.turn
    if turn.is_open:
        draft.do(ef.CancelTimer("empty_turn"), ef.NoteEnough(_is_enough(draft)))
        think_ahead(draft)
    if draft.state.state == "listening" and turn.is_open and not turn.is_held:
        # Begun before a pause or over a reply: should endpointing know nothing of it, the turn still ends.
        draft.do(ef.StartTimer("empty_turn", draft.state.constants.nudge_after_ms, turn.turn_id))


def think_ahead(draft: Draft) -> None:
    """While nobody knows yet whether the turn is over: hear what it covers, and find words for a reply."""
    state = draft.state
    question = state.question
    if question is not None and state.flow.progress.phase == "question":
        text = f"{state.answer} {state.turn.text}".strip()
        index = state.flow.question_index
        draft.do(ef.JudgeCoverage(state.turn.turn_id, index, question, text))
    _prepare(draft)


def coverage_judged(draft: Draft, judged: inp.CoverageJudged) -> None:
    """Of the turn that is still open only: what comes later changes nothing that was decided."""
    state = draft.state
    is_current = judged.turn_id == state.turn.turn_id and judged.question_index == state.flow.question_index
    known = state.flow.progress.covered_points
    gained = tuple(point for point in judged.points if point not in known)
    if not is_current or not state.turn.is_open or not gained:
        return
    draft.log(ev.CoverageGained(turn_id=judged.turn_id, question_index=judged.question_index, points=gained))
    draft.do(ef.NoteEnough(_is_enough(draft)))
    _prepare(draft)


def _prepare(draft: Draft) -> None:
    """Ask for the very brief that ending the turn now would ask for, by ending it on a scratch draft."""
    state = draft.state
    if state.turn.is_held or not state.turn.utterances:
        return
    scratch = Draft(state, draft.at)
    end_turn(scratch, "endpoint", can_reopen=True)
    for effect in scratch.decision().effects:
        if isinstance(effect, ef.Compose):
            draft.do(ef.PrepareReply(effect.brief))


def utterance_over_reply(draft: Draft, heard: inp.UtteranceHeard) -> None:
    """While a reply plays: our own voice and a mere "mm-hm" let it go on, anything else is a barge-in."""
    reply = draft.state.reply
    if reply is None:
        return
    if resembles(heard.text, reply.text) or is_persons_echo(draft, heard.text, heard.start_ms):
        let_go_on(draft, reply)
    elif _is_backchannel(heard.text):
        log_final(draft, heard)
        let_go_on(draft, reply)
    else:
        _stop_for_barge_in(draft, reply)
        utterance_heard(draft, heard)


def utterance_empty(draft: Draft, heard: inp.UtteranceWasEmpty) -> None:
    """Only noise. After words it must not keep the turn open for ever; before any it is still silence."""
    if draft.state.turn.utterances:
        draft.do(ef.StartTimer("empty_turn", draft.state.constants.empty_turn_ms, draft.state.turn.turn_id))
    elif draft.state.state == "candidate_speaking":
        enter(draft, "listening")
        await_speech(draft)


def empty_over_reply(draft: Draft, heard: inp.UtteranceWasEmpty) -> None:
    reply = draft.state.reply
    if reply is not None:
        let_go_on(draft, reply)


def utterance_lost(draft: Draft, heard: inp.UtteranceWasLost) -> None:
    draft.log(
        ev.UtteranceMissed(
            turn_id=draft.state.turn.turn_id,
            utterance_id=heard.utterance_id,
            start_ms=heard.start_ms,
            end_ms=heard.end_ms,
        )
    )


def turn_went_silent(draft: Draft, heard: inp.TurnWentSilent) -> None:
    turn = draft.state.turn
    if not turn.is_open:
        return
    if not turn.utterances and not turn.has_loss:
        enter(draft, "listening")
        await_speech(draft)
        return
    reasons: dict[str, TurnEndReason] = {"done": "done", "too_long": "too_long"}
    end_turn(draft, reasons.get(heard.reason, "endpoint"), can_reopen=True)


def done_pressed(draft: Draft, pressed: inp.TurnDonePressed) -> None:
    """The last utterance may still be on its way: hearing reports the end when its words are known."""
    draft.do(ef.CancelTimer("silence"), ef.FinishTurn())


def hold_pressed(draft: Draft, pressed: inp.TurnHoldPressed) -> None:
    hold_ms = draft.state.constants.hold_ms
    turn_id = draft.state.turn.turn_id
    draft.log(ev.TurnHeld(turn_id=turn_id))
    draft.do(ef.HoldTurn(hold_ms), ef.StartTimer("silence", hold_ms, turn_id))


def answer_typed(draft: Draft, typed: inp.AnswerTyped) -> None:
    """A typed answer is a turn; what was said before it in the same turn stays part of it."""
    reply = draft.state.reply
    if reply is not None:
        if not reply.is_complete:
            draft.reject(
                "not_your_turn", "The interviewer has not finished. Please send it again in a moment."
            )
            return
        finish_playback(draft, reply, outcome="finished", heard_chars=len(reply.text), is_answered=True)
        if not draft.state.turn.is_open:  # that reply was the last: nothing is asked any more
            draft.reject("not_your_turn", "The interview has moved on. There is nothing to answer just now.")
            return
    end_turn(draft, "typed", typed=typed)


def skip_pressed(draft: Draft, pressed: inp.SkipPressed) -> None:
    if draft.state.reply is not None and not cut_reply(draft, is_answered=True):
        if not draft.is_rejected:  # that reply was the last, and what follows it has come
            draft.reject("too_late", "The interview has moved on. There is no question to skip.")
        return
    _skip(draft, pressed)


def skip_before_reply(draft: Draft, pressed: inp.SkipPressed) -> None:
    """A person may take back what the interviewer was about to say of a question; a candidate waits."""
    reply = draft.state.reply
    is_leaving = reply is None or reply.move.kind not in ABOUT_THE_QUESTION
    if not pressed.by or is_leaving or reply is None or reply.is_started:
        draft.reject("not_your_turn", "One moment, please. The interviewer is about to speak.")
        return
    draft.do(ef.CancelCompose(reply.reply_id))
    draft.log(ev.ReplyWithdrawn(reply_id=reply.reply_id))
    draft.log(ev.CommandApplied(kind="question.skip", by=pressed.by))
    respond(draft, answers_turn=0, text="", pressed=TurnFacts(is_skip=True))


def _skip(draft: Draft, pressed: inp.SkipPressed) -> None:
    if pressed.by:
        draft.log(ev.CommandApplied(kind="question.skip", by=pressed.by))
    end_turn(draft, "done", pressed=TurnFacts(is_skip=True))


def repeat_pressed(draft: Draft, pressed: inp.RepeatPressed) -> None:
    """Saying it again is no turn of the candidate's: what they said so far stays with their next one."""
    if draft.state.reply is not None and not cut_reply(draft, is_answered=not draft.state.is_time_up):
        return
    if draft.state.turn.utterances:
        end_turn(draft, "done", pressed=TurnFacts(is_repeat_request=True))
        return
    state = draft.state
    facts = TurnFacts(is_repeat_request=True)
    plan_reply(draft, next_move(state.plan, state.flow.question_index, state.flow.progress, facts))


def end_turn(
    draft: Draft,
    reason: TurnEndReason,
    *,
    typed: inp.AnswerTyped | None = None,
    can_reopen: bool = False,
    pressed: TurnFacts = NOTHING_PRESSED,
) -> None:
    """Commit the open turn to the log and have it answered."""
    turn = draft.state.turn
    text = log_turn_end(draft, reason, typed=typed)
    answers = turn.turn_id if can_reopen else 0
    if (turn.has_loss and not text) or (typed is None and _is_badly_heard(turn)):
        pressed = replace(pressed, is_poorly_recognised=True)
    respond(draft, answers_turn=answers, text=text, pressed=pressed)


def cut_reply(draft: Draft, *, is_answered: bool) -> bool:
    """A button ends a reply that is being heard; False while it is still being found, or was the last."""
    reply = draft.state.reply
    if reply is None:
        return True
    if not reply.is_complete:
        draft.reject("not_your_turn", "One moment, please. The interviewer is about to speak.")
        return False
    draft.do(ef.Send(sig.PlaybackStop(reply_id=reply.reply_id)))
    heard = heard_chars(draft, reply)
    finish_playback(draft, reply, outcome="stopped", heard_chars=heard, is_answered=is_answered)
    return draft.state.turn.is_open


def log_final(draft: Draft, heard: inp.UtteranceHeard) -> None:
    draft.log(
        ev.TranscriptFinal(
            turn_id=draft.state.turn.turn_id,
            utterance_id=heard.utterance_id,
            text=heard.text,
            start_ms=heard.start_ms,
            end_ms=heard.end_ms,
            confidence=heard.confidence,
            words=heard.words,
            engine=heard.engine,
            snr_db=heard.snr_db,
        )
    )


def _is_enough(draft: Draft) -> bool:
    """Whether this turn has probably said what it is going to say; a vote of endpointing, no more."""
    state = draft.state
    text = state.turn.text
    if state.flow.progress.phase == "candidate_questions":
        return True
    if detect_intent(text) not in {"answer", "empty"}:
        return True
    question = state.question
    if question is None:
        return False
    by_words = cover(question, f"{state.answer} {text}")
    heard = with_coverage(state.flow.progress, by_words)
    is_covered = by_words.is_enough or (bool(by_words.points) and heard.fraction(question) >= ENOUGH_FRACTION)
    return is_covered and len(text.split()) >= ENOUGH_WORDS


def _since_planned_ms(draft: Draft, reply: ReplyState) -> float:
    return (draft.at - reply.planned_at).total_seconds() * 1_000


def _is_meant(text: str, reply: ReplyState) -> bool:
    return bool(text.strip()) and not _is_backchannel(text) and not resembles(text, reply.text)


def _stop_for_barge_in(draft: Draft, reply: ReplyState) -> None:
    """Words over the first seconds of a reply finish the answer it cut short; later ones begin a turn."""
    if reply.answers_turn and _since_planned_ms(draft, reply) <= draft.state.constants.overtake_grace_ms:
        withdraw(draft, reply)
        return
    draft.do(ef.Send(sig.PlaybackStop(reply_id=reply.reply_id)))
    if not reply.is_complete:
        draft.do(ef.CancelCompose(reply.reply_id))
        finish_words(draft, reply)
    finish_playback(draft, reply, outcome="barge_in", heard_chars=heard_chars(draft, reply))


def let_go_on(draft: Draft, reply: ReplyState) -> None:
    if not reply.is_paused:
        return
    draft.log(ev.BargeInDismissed(reply_id=reply.reply_id))
    draft.do(ef.CancelTimer("barge_in"), ef.Send(sig.PlaybackResume(reply_id=reply.reply_id)))
    if reply.is_complete:
        watch_playback(draft, reply)


def heard_chars(draft: Draft, reply: ReplyState) -> int:
    """How far a voice has come by now, from the usual rate; the page's own account corrects it later."""
    if reply.began_at is None:
        return 0
    heard_s = (draft.at - reply.began_at).total_seconds()
    return min(len(reply.text), int(heard_s * draft.state.constants.chars_per_second))


def _is_backchannel(text: str) -> bool:
    """Sounds that say "go on" rather than "my turn"."""
    said = words(text)
    return len(said) <= 3 and all(word in BACKCHANNELS for word in said)


def _is_badly_heard(turn: TurnState) -> bool:
    """By the same thresholds that keep an answer from being scored: asking again comes first."""
    said = [
        SaidUtterance(
            text=one.text,
            start_ms=one.start_ms,
            end_ms=one.end_ms,
            confidence=one.confidence,
            engine=one.engine,
            snr_db=one.snr_db,
            turn_id=turn.turn_id,
            utterance_id=one.utterance_id,
        )
        for one in turn.utterances
    ]
    return bool(said) and is_poorly_recognised(said)
