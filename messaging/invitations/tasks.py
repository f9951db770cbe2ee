"""The background work of e-mail, reminders and batches, by kind."""

from typing import Any

from django.utils import timezone

from interviews.background.kinds import register
from interviews.background.threads import in_a_thread
from messaging.invitations.batches import (
    DROP,
    FORGET,
    RUN,
    drop_draft,
    forget_batch,
    give_up_batch,
    run_batch,
)
from messaging.invitations.reminders import REMIND
from messaging.invitations.reminding import remind
from messaging.mail.sending import SEND, give_up_mail, send_mail


def _send(payload: dict[str, Any]) -> None:
    send_mail(payload["message"], now=timezone.now())


def _remind(payload: dict[str, Any]) -> None:
    remind(payload["session"], now=timezone.now())


def _run(payload: dict[str, Any]) -> None:
    run_batch(payload["batch"], now=timezone.now())


def _forget(payload: dict[str, Any]) -> None:
    forget_batch(payload["batch"])


def _drop(payload: dict[str, Any]) -> None:
    drop_draft(payload["batch"])


SENDING, REMINDING = in_a_thread(_send), in_a_thread(_remind)
RUNNING, FORGETTING = in_a_thread(_run), in_a_thread(_forget)
DROPPING = in_a_thread(_drop)


def _mail_given_up(payload: dict[str, Any], error: str) -> None:
    give_up_mail(payload["message"])


def _batch_given_up(payload: dict[str, Any], error: str) -> None:
    give_up_batch(payload["batch"], now=timezone.now())


def wire() -> None:
    """Called once, when all models are there."""
    register(SEND, SENDING, given_up=_mail_given_up)
    register(REMIND, REMINDING)
    register(RUN, RUNNING, given_up=_batch_given_up)
    register(FORGET, FORGETTING)
    register(DROP, DROPPING)
