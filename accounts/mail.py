"""E-mail that accounts ask for. Messaging, which is above, listens and sends it in the background."""

from django.conf import settings
from django.dispatch import Signal

CONSOLE = "django.core.mail.backends.console.EmailBackend"
NO_MAIL = "This server sends no e-mail"
PRINTED = "printed where the server runs"  # what became of an e-mail, or a text, that nobody carried

# Sent with `user_id`, which is None for an address that is nobody's: both cost the same.
reset_wanted = Signal()
# Sent with `invitation_id`.
invitation_wanted = Signal()


def is_mail_set() -> bool:
    """Whether e-mail leaves this server; else links are shown to whoever may hand them on."""
    return bool(settings.EMAIL_BACKEND != CONSOLE)
