"""One e-mail to somebody's own address, to see whether e-mail leaves this server."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from msgspec import Struct

from accounts.mail import NO_MAIL, PRINTED
from accounts.models import User
from messaging.mail.outgoing import hand_over

TOLD_BACKENDS = frozenset({"smtp", "console"})
SUBJECT = "A test of e-mail from Viva"
TEXT = (
    "Hello {name},\n\nyou asked for this message at {url}. It arrived, so invitations and reminders will "
    "leave from here too.\n"
)


class Trial(Struct, frozen=True):
    message: str
    to: str
    backend: str  # smtp, console or other


def try_mail(user: User) -> Trial:
    """At once. Raises MailError with why it was not taken."""
    text = TEXT.format(name=user.display_name, url=settings.PUBLIC_URL)
    hand_over(EmailMultiAlternatives(SUBJECT, text, to=[user.email]))
    module = settings.EMAIL_BACKEND.split(".")[-2]
    backend = module if module in TOLD_BACKENDS else "other"
    return Trial(_told(backend, user.email), user.email, backend)


def _told(backend: str, to: str) -> str:
    if backend == "console":
        return f"{NO_MAIL}: the test e-mail was {PRINTED}."
    return f"The test e-mail to {to} was handed to the mail server."
