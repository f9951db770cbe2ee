"""The background work of e-mail: each row is sent once, or tried again where that helps."""

from datetime import datetime

from accounts.mail import is_mail_set
from interviews.background.kinds import GiveUpError
from interviews.background.rows import want
from messaging.links import link_for
from messaging.mail.letters import letter
from messaging.mail.outgoing import MailError, hand_over
from messaging.models import Message
from messaging.models.message import PRINTED_ID

SEND = "mail.send"
REPLACED = "A newer link was made, or the interview is over."


def want_mail(message: Message, now: datetime) -> None:
    """In the caller's transaction; sent when it is due."""
    want(SEND, str(message.pk), {"message": message.pk}, now=message.due_at or now)


def send_mail(message_pk: int, *, now: datetime) -> None:
    """Raises MailError to be tried again, GiveUpError where that would not help."""
    rows = Message.objects.select_related(
        "organisation", "session__organisation", "session__candidate", "session__job"
    )
    message = rows.filter(pk=message_pk, status=Message.Status.QUEUED).first()
    if message is None:
        return
    link, is_current = link_for(message)
    if not is_current:
        _keep(message_pk, status=Message.Status.FAILED, error_code="superseded", error=REPLACED)
        return
    try:
        hand_over(letter(message, link, now))
    except MailError as error:
        _keep(message_pk, error_code="mail_failed", error=str(error))
        if error.is_permanent:
            raise GiveUpError(str(error)) from None
        raise
    sent: dict[str, object] = {"status": Message.Status.SENT, "sent_at": now}
    carried_by = "" if is_mail_set() else PRINTED_ID
    _keep(message_pk, **sent, provider_id=carried_by, error_code="", error="")


def give_up_mail(message_pk: int) -> None:
    """It is not tried again by itself."""
    Message.objects.filter(pk=message_pk, status=Message.Status.QUEUED).update(status=Message.Status.FAILED)


def _keep(message_pk: int, **values: object) -> None:
    Message.objects.filter(pk=message_pk, status=Message.Status.QUEUED).update(**values)
