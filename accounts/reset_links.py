"""Links that set a new password, made of Django's own token and kept nowhere."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from accounts.models import User
from rest.rows import find_row, number_in


def reset_link(user: User) -> str:
    """Worth nothing once the password, the address or the time of signing in changed."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return f"{settings.PUBLIC_URL}/password/reset/{uid}/{default_token_generator.make_token(user)}/"


def find_reset(uid: str, token: str) -> User | None:
    """Whose password the link may change."""
    try:
        number = number_in(urlsafe_base64_decode(uid).decode())
    except ValueError:  # of which a UnicodeDecodeError is one
        return None
    user = find_row(User.objects.filter(is_active=True), number or 0)
    return user if default_token_generator.check_token(user, token) else None
