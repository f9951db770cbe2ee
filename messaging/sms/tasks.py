"""The background work of text messages, by kind; each with a thread of its own."""

from typing import Any

from django.conf import settings
from django.db.models.signals import post_save
from django.utils import timezone

from interviews.background.kinds import register
from interviews.background.threads import in_a_thread
from interviews.models import Session
from interviews.retention import erasing
from messaging.models import SmsInterview
from messaging.sms import conversation, forgetting, incoming, interviews, outgoing, reminding, statuses
from messaging.sms.ending import session_saved
from messaging.sms.port import sender_for


def _send(payload: dict[str, Any]) -> None:
    sender = sender_for(settings.SMS)
    outgoing.send_waiting(payload["number"], sender=sender, now=timezone.now())


def _sending_given_up(payload: dict[str, Any], error: str) -> None:
    outgoing.give_up(payload["number"], now=timezone.now())


def _receive(payload: dict[str, Any]) -> None:
    incoming.read(payload["message"], sender=sender_for(settings.SMS), now=timezone.now())


def _turn(payload: dict[str, Any]) -> None:
    conversation.advance(payload["interview"], now=timezone.now())


def _begin(payload: dict[str, Any]) -> None:
    for interview in _of(payload):
        interviews.ask_for_consent(interview, now=timezone.now())


def _remind(payload: dict[str, Any]) -> None:
    for interview in _of(payload):
        reminding.remind(interview, now=timezone.now())


def _status(payload: dict[str, Any]) -> None:
    statuses.keep_status(**payload, now=timezone.now(), is_last_try=True)


def _forget(payload: dict[str, Any]) -> None:
    forgetting.forget_stranger(payload["number"])


def _of(payload: dict[str, Any]) -> list[SmsInterview]:
    """The interview of a task; none where it was deleted meanwhile."""
    return list(interviews.known_interviews().filter(pk=payload["interview"]))


HANDLERS = {
    kind: in_a_thread(work)
    for kind, work in {
        incoming.RECEIVE: _receive,
        incoming.TURN: _turn,
        interviews.BEGIN: _begin,
        interviews.REMIND: _remind,
        statuses.STATUS: _status,
        forgetting.FORGET: _forget,
    }.items()
}
SENDING = in_a_thread(_send)


def wire() -> None:
    """Called once, when all models are there."""
    for kind, handler in HANDLERS.items():
        register(kind, handler)
    register(outgoing.SEND, SENDING, given_up=_sending_given_up)
    erasing.connect(forgetting.session_erased, dispatch_uid="sms-session-erased")
    post_save.connect(session_saved, sender=Session, dispatch_uid="sms-session-over")
