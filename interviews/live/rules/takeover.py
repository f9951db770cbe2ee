"""A person speaks with the candidate in place of the interviewer, and gives the word back."""

from interviews.live import effects as ef
from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live import signals as sig
from interviews.live.draft import Draft
from interviews.live.echo import is_persons_echo
from interviews.live.floor import (
    compose,
    enter,
    finish_spoken,
    finish_words,
    go_on,
    log_turn_end,
    say_words,
    watch_playback,
)
from interviews.live.rules.people import is_protected
from interviews.live.rules.turns import heard_chars, log_final, partly_heard
from interviews.live.state import ReplyState
from interviews.live.vocabulary import TakeoverEndReason
from interviews.progress import Move

NOT_YOURS = "You have not taken this interview over."


def takeover_asked(draft: Draft, asked: inp.TakeoverAsked) -> None:
    """The interviewer falls silent at once; what the candidate is saying goes on being heard."""
    if not draft.state.is_connected:
        draft.reject("nobody_there", "The candidate is not connected just now.")
        return
    draft.log(ev.TakeoverStarted(by=asked.by, ref=asked.ref))
    draft.do(*(ef.CancelTimer(name) for name in ("silence", "empty_turn", "barge_in")), ef.DropPrepared())
    reply = draft.state.reply
    if reply is not None:
        _cut(draft, reply)
    enter(draft, "taken_over", "by a person")
    if not draft.state.turn.is_open:
        _open_turn(draft)
    elif draft.state.turn.utterances:
        draft.do(_soon_over(draft))
    _await_signs(draft)


def asked_again(draft: Draft, asked: inp.TakeoverAsked) -> None:
    """One at a time; the same person may go on from another page."""
    over = draft.state.takeover
    if over is None or not over.is_of(asked.ref):
        draft.reject("already_taken", f"{'Somebody' if over is None else over.by} has taken it over already.")
        return
    if over.ref != asked.ref:
        draft.log(ev.TakeoverStarted(by=asked.by, ref=asked.ref))
    _await_signs(draft)


def _cut(draft: Draft, reply: ReplyState) -> None:
    """Stop what the interviewer says, or take back what it was going to say."""
    draft.do(ef.CancelCompose(reply.reply_id), ef.CancelTimer("playback"))
    if not reply.is_started:
        draft.log(ev.ReplyWithdrawn(reply_id=reply.reply_id))
        return
    draft.do(ef.Send(sig.PlaybackStop(reply_id=reply.reply_id)))
    if not reply.is_complete:
        finish_words(draft, reply)
    heard = heard_chars(draft, reply)
    draft.log(ev.PlaybackEnded(reply_id=reply.reply_id, outcome="stopped", heard_chars=heard))


def _open_turn(draft: Draft) -> None:
    turn_id = draft.state.turn.turn_id + 1
    draft.log(ev.TurnStarted(turn_id=turn_id, question=draft.state.flow.question_index + 1))
    draft.do(ef.OpenTurn(turn_id))


def _soon_over(draft: Draft) -> ef.StartTimer:
    """Should endpointing know nothing of words that came before, their turn ends all the same."""
    after_ms = draft.state.constants.nudge_after_ms
    return ef.StartTimer("empty_turn", after_ms, draft.state.turn.turn_id)


def _await_signs(draft: Draft) -> None:
    """Whoever has taken over and gives no sign of life for so long has left."""
    draft.do(ef.StartTimer("takeover", draft.state.constants.takeover_grace_ms))


# --- what the person says


def line_typed(draft: Draft, typed: inp.LineTyped) -> None:
    over = draft.state.takeover
    if over is None or not over.is_of(typed.ref):
        draft.reject("not_yours", NOT_YOURS)
    elif len(draft.state.words) >= draft.state.constants.most_waiting_words:
        draft.reject("too_fast", "What you wrote before is still being said. One moment, please.")
    elif not is_protected(draft, typed.text):
        _await_signs(draft)
        draft.log(ev.WordsGiven(text=typed.text, by=typed.by, kind="person", command_id=typed.command_id))
        if draft.state.reply is None:
            say_words(draft)


def began_to_speak(draft: Draft, began: inp.PersonBeganToSpeak) -> None:
    """Their own voice comes before what they have typed."""
    over, reply = draft.state.takeover, draft.state.reply
    if over is None or not over.is_of(began.ref):
        return
    draft.do(ef.CancelTimer("spoken"))
    if reply is not None and reply.is_spoken:
        draft.do(ef.RelayPerson(reply.reply_id))  # a process that was killed relays no longer
        return
    if reply is not None:
        _cut(draft, reply)
    reply_id = draft.state.next_reply_id
    number = draft.state.flow.question_index + 1
    draft.log(ev.ReplyPlanned(reply_id=reply_id, move=Move("said", reason="person"), by=over.by))
    draft.log(ev.ReplyStarted(reply_id=reply_id, kind="person", by=over.by, question=number, spoken=True))
    draft.log(ev.PlaybackBegan(reply_id=reply_id))
    draft.do(ef.RelayPerson(reply_id))


def was_partly_heard(draft: Draft, said: inp.PersonWasPartlyHeard) -> None:
    """For whoever reads along because they can't hear it."""
    reply = draft.state.reply
    if reply is not None and reply.is_spoken:
        caption = sig.ReplyPartial(reply_id=reply.reply_id, text=said.text, stable_chars=said.stable_chars)
        draft.do(ef.Send(caption))


def was_heard(draft: Draft, said: inp.PersonWasHeard) -> None:
    """Their words stand with what they say, or with what they have just said."""
    reply, last = draft.state.reply, draft.state.last_reply
    if reply is not None and reply.is_spoken:
        index = len(reply.sentences)
        draft.log(ev.SentenceSent(reply_id=reply.reply_id, index=index, text=said.text))
        draft.do(
            ef.Send(sig.ReplySentence(reply_id=reply.reply_id, index=index, text=said.text)),
            _until_silent(draft, reply),
        )
    elif last is not None and last.is_spoken:
        draft.log(ev.SentenceSent(reply_id=last.reply_id, index=len(last.sentences), text=said.text))
        finish_words(draft, draft.state.last_reply or last)


def was_not_understood(draft: Draft, noise: inp.PersonWasNotUnderstood) -> None:
    reply = draft.state.reply
    if reply is not None and reply.is_spoken:
        draft.do(_until_silent(draft, reply))


def _until_silent(draft: Draft, reply: ReplyState) -> ef.StartTimer:
    return ef.StartTimer("spoken", draft.state.constants.person_silence_ms, reply.reply_id)


def fell_silent(draft: Draft, silence: inp.PersonFellSilent) -> None:
    reply = draft.state.reply
    if reply is None or not reply.is_spoken:
        return
    if reply.sentences:
        finish_spoken(draft, reply)
    else:  # a cough, a door
        draft.do(ef.CancelTimer("spoken"), ef.EndRelay())
        draft.log(ev.ReplyWithdrawn(reply_id=reply.reply_id))
    if draft.state.words:
        say_words(draft)


def stayed(draft: Draft, here: inp.ObserverStayed) -> None:
    over = draft.state.takeover
    if over is not None and over.is_of(here.ref):
        _await_signs(draft)


# --- what the candidate says meanwhile


def heard(draft: Draft, said: inp.UtteranceHeard) -> None:
    """Their words, unless the microphone has picked up the person's."""
    if is_persons_echo(draft, said.text, said.start_ms):
        return
    log_final(draft, said)
    draft.do(ef.CancelTimer("empty_turn"))


def partly(draft: Draft, said: inp.SpeechPartlyHeard) -> None:
    reply = draft.state.reply
    if reply is not None and reply.is_spoken:  # nobody knows yet whether it is the person's own voice
        return
    if not is_persons_echo(draft, said.text, draft.state.clock_ms(draft.at)):
        partly_heard(draft, said)


def nothing_heard(draft: Draft, noise: inp.UtteranceWasEmpty) -> None:
    turn = draft.state.turn
    if turn.utterances:
        draft.do(ef.StartTimer("empty_turn", draft.state.constants.empty_turn_ms, turn.turn_id))


def went_silent(draft: Draft, silence: inp.TurnWentSilent) -> None:
    """A turn is over, and nobody but the person answers it."""
    turn = draft.state.turn
    if turn.utterances or turn.has_loss:
        log_turn_end(draft, "too_long" if silence.reason == "too_long" else "endpoint")
        _open_turn(draft)
    else:
        draft.do(ef.OpenTurn(turn.turn_id))


def answer_typed(draft: Draft, typed: inp.AnswerTyped) -> None:
    if typed.channel != "typed":  # who texts has no ear for the person
        draft.reject("taken_over", "A person is speaking with the candidate just now.")
        return
    log_turn_end(draft, "typed", typed=typed)
    _open_turn(draft)


def done_pressed(draft: Draft, pressed: inp.TurnDonePressed) -> None:
    draft.do(ef.FinishTurn())


# --- giving the word back


def hand_back_asked(draft: Draft, asked: inp.HandBackAsked) -> None:
    over = draft.state.takeover
    if over is None or not over.is_of(asked.ref):
        draft.reject("not_yours", NOT_YOURS)
    else:
        hand_back(draft, "handed_back")


def hand_back(draft: Draft, reason: TakeoverEndReason) -> None:
    """The interviewer goes on once what the person has given is said; while paused, when it is resumed."""
    over, reply, turn = draft.state.takeover, draft.state.reply, draft.state.turn
    if over is None:
        return
    draft.do(ef.CancelTimer("takeover"))
    if reply is not None and reply.is_spoken:
        finish_spoken(draft, reply)
        reply = None
    was_meant_for_person = over.has_spoken or reply is not None
    if turn.utterances and turn.is_open and was_meant_for_person:
        log_turn_end(draft, "done")
    draft.log(ev.TakeoverEnded(by=over.by, ref=over.ref, reason=reason))
    if draft.state.state == "paused":
        return
    _give_back_floor(draft)


def _give_back_floor(draft: Draft) -> None:
    reply, turn = draft.state.reply, draft.state.turn
    if reply is not None:
        draft.do(ef.CloseTurn())
        enter(draft, "interviewer_speaking" if reply.is_started else "thinking", "handed back")
    elif draft.state.words:
        say_words(draft)
    elif turn.is_open and turn.utterances:
        enter(draft, "listening", "handed back")
        draft.do(_soon_over(draft))
    else:
        go_on(draft)


def resumed(draft: Draft) -> None:
    """After a pause the person has the word again."""
    reply = draft.state.reply
    enter(draft, "taken_over", "by a person")
    if reply is not None and reply.is_complete:
        draft.do(ef.Send(sig.PlaybackResume(reply_id=reply.reply_id)))
    rebuilt(draft)


def rebuilt(draft: Draft) -> None:
    """Wait again for what was waited for before a pause or a crash."""
    reply, turn = draft.state.reply, draft.state.turn
    draft.do(ef.OpenTurn(turn.turn_id))
    if turn.utterances:
        draft.do(_soon_over(draft))
    if reply is None:
        if draft.state.words:
            say_words(draft)
    elif reply.is_spoken:
        draft.do(_until_silent(draft, reply))
    elif not reply.is_complete:
        draft.do(compose(draft))
    else:
        watch_playback(draft, reply)
