"""The interviewer's side: words arriving, and what becomes of them at the candidate's ear."""

from interviews.live import effects as ef
from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live import signals as sig
from interviews.live.draft import Draft
from interviews.live.floor import enter, finish_playback, finish_words, show_question, watch_playback
from interviews.live.state import ASKING, ReplyState


def _current(draft: Draft, reply_id: int) -> ReplyState | None:
    """The running reply, or None when the input is late: its reply is over."""
    reply = draft.state.reply
    return reply if reply is not None and reply.reply_id == reply_id else None


def delta_composed(draft: Draft, composed: inp.ReplyDeltaComposed) -> None:
    if _current(draft, composed.reply_id) is not None:
        draft.do(ef.Send(sig.ReplyDelta(reply_id=composed.reply_id, text=composed.text)))


def sentence_composed(draft: Draft, composed: inp.ReplySentenceComposed) -> None:
    """The first whole sentence starts the reply."""
    reply = _current(draft, composed.reply_id)
    if reply is None or composed.index != len(reply.sentences):
        return
    if not reply.is_started:
        _start(draft, reply, composed.worded_by)
    draft.log(ev.SentenceSent(reply_id=reply.reply_id, index=composed.index, text=composed.text))
    draft.do(ef.Send(sig.ReplySentence(reply_id=reply.reply_id, index=composed.index, text=composed.text)))


def _start(draft: Draft, reply: ReplyState, worded_by: str) -> None:
    if reply.by != "ai":
        _start_words(draft, reply)
        return
    move = reply.move
    index = draft.state.flow.question_index if move.question_index is None else move.question_index
    draft.log(
        ev.ReplyStarted(reply_id=reply.reply_id, kind=move.kind, question=index + 1, worded_by=worded_by)
    )
    if move.kind in ASKING:
        show_question(draft)
    if move.offer is not None and move.kind == "offer":
        draft.log(ev.OfferMade(offer=move.offer))
    enter(draft, "interviewer_speaking")


def _start_words(draft: Draft, reply: ReplyState) -> None:
    """A person's words, by their name: the plan stands where it stood."""
    draft.log(
        ev.ReplyStarted(
            reply_id=reply.reply_id,
            kind=reply.kind,
            by=reply.by,
            question=draft.state.flow.question_index + 1,
        )
    )
    if draft.state.takeover is None:
        enter(draft, "interviewer_speaking")


def reply_composed(draft: Draft, composed: inp.ReplyComposed) -> None:
    """All of it is sent; from here on only its playback is awaited."""
    reply = _current(draft, composed.reply_id)
    if reply is None or reply.is_complete:
        return
    finish_words(draft, reply)
    reply = _current(draft, composed.reply_id)
    if reply is None:
        return
    if not reply.sentences:
        finish_playback(draft, reply, outcome="unreported", heard_chars=0)
    elif draft.state.is_connected:
        watch_playback(draft, reply)


def playback_started(draft: Draft, played: inp.PlaybackStarted) -> None:
    reply = _current(draft, played.reply_id)
    if reply is not None and reply.began_at is None:
        draft.log(ev.PlaybackBegan(reply_id=reply.reply_id))


def playback_finished(draft: Draft, played: inp.PlaybackFinished) -> None:
    reply = _current(draft, played.reply_id)
    if reply is not None and reply.is_complete:
        finish_playback(draft, reply, outcome="finished", heard_chars=len(reply.text))


def playback_stopped(draft: Draft, played: inp.PlaybackStopped) -> None:
    """The candidate stopped the voice by hand."""
    reply = _current(draft, played.reply_id)
    if reply is None or not reply.is_started or reply.is_spoken:  # nobody stops a person by a button
        return
    if not reply.is_complete:
        draft.do(ef.CancelCompose(reply.reply_id))
        finish_words(draft, reply)
    heard = min(played.heard_chars, len(reply.text))
    finish_playback(draft, reply, outcome="stopped", heard_chars=heard)


def playback_stopped_with_person(draft: Draft, played: inp.PlaybackStopped) -> None:
    """What the person was saying, or what the interviewer was saying when the person came."""
    if _current(draft, played.reply_id) is None:
        playback_measured(draft, played)
    else:
        playback_stopped(draft, played)


def playback_measured(draft: Draft, played: inp.PlaybackStopped) -> None:
    """After a barge-in the page says how much was really heard; our own figure was an estimate."""
    last = draft.state.last_reply
    if last is not None and last.reply_id == played.reply_id:
        draft.log(
            ev.PlaybackMeasured(reply_id=played.reply_id, text=last.text, heard_chars=played.heard_chars)
        )
