"""Hands e-mail to the server that the settings name; what it says of it leaves as one error."""

import logging
import smtplib
from contextlib import suppress

from django.core.mail import EmailMultiAlternatives, get_connection

logger = logging.getLogger(__name__)


UNREACHABLE = "The mail server could not be reached."
# The first that fits is taken, so the narrower come first.
_WORDS: dict[type[Exception], str] = {
    smtplib.SMTPAuthenticationError: "The mail server did not accept the name or the password.",
    smtplib.SMTPRecipientsRefused: "The mail server did not accept the receiver's address.",
    smtplib.SMTPSenderRefused: "The mail server did not accept the sender's address.",
    smtplib.SMTPDataError: "The mail server did not take the message.",
    smtplib.SMTPNotSupportedError: "The mail server does not offer what the settings ask for.",
    smtplib.SMTPException: "The mail server broke off.",
    TimeoutError: "The mail server did not answer in time.",
}


class MailError(Exception):
    """It was not taken. `is_permanent`: the same would not be taken later either."""

    def __init__(self, message: str, *, is_permanent: bool = False) -> None:
        super().__init__(message)
        self.is_permanent = is_permanent


def hand_over(mail: EmailMultiAlternatives) -> None:
    """Raises MailError in plain words: never with what was said at signing in."""
    connection = get_connection()
    try:
        connection.send_messages([mail])
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("e-mail was not taken: %s", type(error).__name__)
        raise _in_words(error) from None
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()  # Django leaves it open where signing in failed


def _in_words(error: Exception) -> MailError:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        is_final = bool(codes) and min(codes) >= 500
    else:
        is_final = isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500
    said = next((words for kind, words in _WORDS.items() if isinstance(error, kind)), UNREACHABLE)
    return MailError(said, is_permanent=is_final)
