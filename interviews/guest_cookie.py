"""The HttpOnly cookie in which a guest's browser keeps the token of one interview."""

from uuid import UUID


def cookie_name(uuid: UUID) -> str:
    """This will give the cookie's name; each interview has its own, so several may be open at once."""
    return f"viva_guest_{uuid.hex}"
