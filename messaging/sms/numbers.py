"""Phone numbers as logs may show them: never whole."""

import re

from django.utils.crypto import salted_hmac

_DIGITS = re.compile(r"\+?\d[\d ()-]{5,}\d")


def masked(number: str) -> str:
    """For logs and for those who need not know it: the last two digits."""
    return f"…{number[-2:]}" if len(number) > 4 else "…"


def without_numbers(text: str) -> str:
    """A carrier's own sentence, for logs: "'To' number +14155550123 is not valid" names whom."""
    return _DIGITS.sub(lambda found: masked(found[0]), text)


def name_of(number: str) -> str:
    """One name a number, which logs may hold and nobody can call."""
    return salted_hmac("messaging.sms", number).hexdigest()[:24]
