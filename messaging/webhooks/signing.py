"""Signs what is sent to a webhook, so that its receiver can tell it from what anybody else sends.

The header is `Viva-Signature: t=<unix seconds>,v1=<hex>`: HMAC-SHA256 with the webhook's secret over the
number, a dot and the body as it was sent. The time stands inside, so an old message can't be sent again.
"""

import hashlib
import hmac
import secrets

HEADER = "Viva-Signature"
PREFIX = "whsec_"


def new_secret() -> str:
    """256 random bits, recognisable by their prefix where one is left lying about."""
    return PREFIX + secrets.token_urlsafe(32)


def sign(secret: str, body: bytes, *, at_s: int) -> str:
    """The value of the header for `body`, sent at `at_s` (seconds since 1970)."""
    signed = hmac.new(secret.encode(), f"{at_s}.".encode() + body, hashlib.sha256)
    return f"t={at_s},v1={signed.hexdigest()}"
