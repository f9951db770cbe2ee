"""What observers do, each of it in the log under their name."""

from interviews.live import effects as ef
from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live.draft import Draft
from interviews.plan import queued_question
from interviews.protected import find_protected_topic


def note_written(draft: Draft, note: inp.NoteWritten) -> None:
    draft.log(ev.NoteAdded(text=note.text, at_ms=note.at_ms, by=note.by, command_id=note.command_id))


def question_put_in(draft: Draft, asked: inp.QuestionPutIn) -> None:
    """It is asked after the current question."""
    if draft.state.flow.progress.phase == "candidate_questions":
        draft.reject("too_late", "The planned questions are over and the candidate is asking theirs.")
        return
    if find_protected_topic(asked.text) is not None:
        draft.reject("protected_topic", "Age, health, family, origin and the like are not asked about here.")
        return
    key = f"queued-{draft.state.plan.total + 1}"
    question = queued_question(key, asked.text, is_verbatim=asked.verbatim, asked_by=asked.by)
    draft.log(ev.QuestionQueued(question=question, by=asked.by, command_id=asked.command_id))


def more_time_given(draft: Draft, given: inp.MoreTimeGiven) -> None:
    draft.log(ev.TimeExtended(minutes=given.minutes, by=given.by, command_id=given.command_id))
    left_ms = draft.state.time_left_ms(draft.at)
    draft.log(ev.SettingsChanged(time_left_ms=left_ms))
    if draft.state.running_since is not None:
        draft.do(ef.StartTimer("time_up", left_ms))


def offer_put_forward(draft: Draft, offered: inp.OfferPutForward) -> None:
    """A person's offer stands on the page; the candidate answers it in words or with its button."""
    draft.log(ev.OfferMade(offer=offered.offer, by=offered.by))


def observer_came(draft: Draft, came: inp.ObserverCame) -> None:
    if any(one.ref == came.ref for one in draft.state.participants):
        return
    draft.log(ev.ParticipantJoined(ref=came.ref, role=came.role, name=came.name, listening=came.listening))


def observer_went(draft: Draft, went: inp.ObserverWent) -> None:
    for one in draft.state.participants:
        if one.ref == went.ref:
            draft.log(ev.ParticipantLeft(ref=one.ref, role=one.role, name=one.name, listening=one.listening))
