"""Whether a request really comes from Twilio: its signature over the address and the form."""

from django.http import QueryDict
from twilio.request_validator import RequestValidator


def is_signed(auth_token: str, url: str, form: QueryDict, signature: str) -> bool:
    """Checked with and without the port, as Twilio signs either. False without a token or a signature."""
    if not auth_token or not signature:
        return False
    return bool(RequestValidator(auth_token).validate(url, form, signature))
