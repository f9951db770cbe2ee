"""One's own account: changed, and given another password."""

from typing import Any

from django.db import IntegrityError, transaction
from rest_framework import serializers

from accounts.ending import end_all_tokens
from accounts.models import User
from accounts.security import note


def change_profile(user: User, changes: dict[str, Any], *, request: object = None) -> None:
    """Only what is named: a password that changes meanwhile is not put back.

    Raises ValidationError where somebody else took the name a moment ago.
    """
    had = user.email
    for name, value in changes.items():
        setattr(user, name, value)
    try:
        with transaction.atomic():
            user.save(update_fields=list(changes))
    except IntegrityError:
        raise serializers.ValidationError({"username": "This e-mail address or username is taken."}) from None
    if user.email != had:
        note("address_changed", request=request, user=user)


@transaction.atomic
def give_password(user: User, password: str, *, request: object = None, detail: str = "") -> None:
    """The former one's tokens and browser sessions end."""
    user.set_password(password)
    user.save(update_fields=["password"])
    end_all_tokens(user)
    note("password_changed", request=request, user=user, detail=detail)
