"""What observers do, each of it in the log under their name."""

from interviews.live import effects as ef
from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live.draft import Draft
from interviews.live.floor import plan_reply, say_words
from interviews.live.rules.turns import cut_reply
from interviews.plan import queued_question
from interviews.progress import Move
from interviews.protected import find_protected_topic, to_their_face

# Planned replies that lose nothing when a person's words come first: the rules choose again afterwards.
MAY_WAIT = frozenset({"question", "acknowledge_and_next", "follow_up", "clarify", "closing_invite"})


def note_written(draft: Draft, note: inp.NoteWritten) -> None:
    draft.log(ev.NoteAdded(text=note.text, at_ms=note.at_ms, by=note.by, command_id=note.command_id))


def question_put_in(draft: Draft, asked: inp.QuestionPutIn) -> None:
    """It is asked after the current question."""
    if draft.state.flow.progress.phase == "candidate_questions":
        draft.reject("too_late", "The planned questions are over and the candidate is asking theirs.")
        return
    if is_protected(draft, asked.text):
        return
    key = f"queued-{draft.state.plan.total + 1}"
    question = queued_question(key, asked.text, is_verbatim=asked.verbatim, asked_by=asked.by)
    draft.log(ev.QuestionQueued(question=question, by=asked.by, command_id=asked.command_id))
    draft.log(ev.SettingsChanged(total_questions=draft.state.plan.total))


def whisper_written(draft: Draft, whisper: inp.WhisperWritten) -> None:
    """It goes with the next replies to whoever words them, and to nobody else."""
    if not is_protected(draft, to_their_face(whisper.text)):
        draft.log(ev.WhisperGiven(text=whisper.text, by=whisper.by, command_id=whisper.command_id))


def words_put_in(draft: Draft, put: inp.WordsPutIn) -> None:
    """Nobody is interrupted: they come when the candidate, or the interviewer, has finished."""
    state = draft.state
    reply = state.reply
    if state.is_time_up or (reply is not None and reply.move.kind == "closing"):
        draft.reject("too_late", "The interview is about to end. Give it more time first.")
        return
    if len(state.words) >= state.constants.most_waiting_words:
        draft.reject("too_fast", "What was given before is still to be said. One moment, please.")
        return
    if is_protected(draft, put.text):
        return
    draft.log(ev.WordsGiven(text=put.text, by=put.by, kind="said", command_id=put.command_id))
    if reply is not None and not reply.is_started and reply.move.kind in MAY_WAIT:
        # The next reply is this one: what the rules had chosen is chosen again when it is answered.
        draft.do(ef.CancelCompose(reply.reply_id))
        draft.log(ev.ReplyWithdrawn(reply_id=reply.reply_id))
        say_words(draft, is_leaving=reply.move.reason == "skipped")
    elif state.state == "listening" and not state.turn.utterances:
        draft.do(ef.DropPrepared())
        say_words(draft)


def rephrase_asked(draft: Draft, asked: inp.RephraseAsked) -> None:
    """The question that stands is put in other words, now."""
    state = draft.state
    question, progress = state.question, state.flow.progress
    if question is None or progress.phase == "candidate_questions":
        draft.reject("too_late", "The planned questions are over.")
    elif question.mode == "verbatim":
        draft.reject("verbatim", "This question is put to everybody in the same words.")
    elif state.turn.is_open and state.turn.utterances:
        draft.reject("not_your_turn", "The candidate is answering just now.")
    elif state.reply is None or cut_reply(draft, is_answered=True):
        draft.log(ev.CommandApplied(kind="question.rephrase", by=asked.by, command_id=asked.command_id))
        move = Move("rephrase", draft.state.flow.question_index, reason="asked", variant=progress.rephrases)
        plan_reply(draft, move)
    elif not draft.is_rejected:
        draft.reject("too_late", "The interview has moved on.")


def is_protected(draft: Draft, text: str) -> bool:
    """Reject what nobody may ask about, whoever wrote it."""
    if find_protected_topic(text) is None:
        return False
    draft.reject("protected_topic", "Age, health, family, origin and the like are not asked about here.")
    return True


def more_time_given(draft: Draft, given: inp.MoreTimeGiven) -> None:
    draft.log(ev.TimeExtended(minutes=given.minutes, by=given.by, command_id=given.command_id))
    left_ms = draft.state.time_left_ms(draft.at)
    draft.log(ev.SettingsChanged(time_left_ms=left_ms))
    if draft.state.running_since is not None:
        draft.do(ef.StartTimer("time_up", left_ms))


def offer_put_forward(draft: Draft, offered: inp.OfferPutForward) -> None:
    """A person's offer stands on the page; the candidate answers it in words or with its button."""
    if offered.offer == "skip" and draft.state.flow.progress.phase == "candidate_questions":
        draft.reject("too_late", "The planned questions are over. There is nothing to skip.")
        return
    draft.log(ev.OfferMade(offer=offered.offer, by=offered.by))


def observer_came(draft: Draft, came: inp.ObserverCame) -> None:
    if any(one.ref == came.ref for one in draft.state.participants):
        return
    draft.log(ev.ParticipantJoined(ref=came.ref, role=came.role, name=came.name, listening=came.listening))
    if draft.state.takeover is not None and draft.state.takeover.is_of(came.ref):
        draft.do(ef.StartTimer("takeover", draft.state.constants.takeover_grace_ms))


def listening_switched(draft: Draft, switched: inp.ListeningSwitched) -> None:
    """The candidate sees who hears them, from the first sound to the last."""
    if switched.listening and not draft.state.may_be_heard:
        draft.reject("no_consent", "The candidate has not agreed that people listen in.")
        return
    known = next((one for one in draft.state.participants if one.ref == switched.ref), None)
    if (known is not None and known.listening) == switched.listening:
        return
    role, name = (known.role, known.name) if known else (switched.role, switched.name)
    draft.log(ev.ParticipantJoined(ref=switched.ref, role=role, name=name, listening=switched.listening))


def silence_listeners(draft: Draft) -> None:
    """Nobody hears the candidate any longer; they may still read along."""
    for one in draft.state.participants:
        if one.listening:
            draft.log(ev.ParticipantJoined(ref=one.ref, role=one.role, name=one.name, listening=False))


def observer_went(draft: Draft, went: inp.ObserverWent) -> None:
    for one in draft.state.participants:
        if one.ref == went.ref:
            draft.log(ev.ParticipantLeft(ref=one.ref, role=one.role, name=one.name, listening=one.listening))
    over = draft.state.takeover
    if over is not None and over.ref == went.ref:  # they may come back for a while
        draft.do(ef.StartTimer("takeover", draft.state.constants.takeover_grace_ms))
