"""Making an account: where this installation lets people do so themselves, or by an invitation."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from rest_framework import serializers

from accounts.access import make_personal_organisation
from accounts.models import TeamInvitation, User
from accounts.security import Outcome, note
from accounts.team_invitations import WHY_CLOSED, join_team, why_closed
from accounts.team_links import find_invitation
from rest.errors import ApiError

CLOSED = "Registration is closed here. Ask for an invitation."
TAKEN = "This e-mail address or username is taken."


def need_to_be_let_in(token: str, *, now: datetime, request: object = None) -> TeamInvitation | None:
    """The open invitation that `token` names, if any. Raises ApiError where nobody may register."""
    if token:
        invitation = find_invitation(token)
        if why := why_closed(invitation, now):
            raise ApiError(404 if invitation is None else 409, f"invitation_{why}", WHY_CLOSED[why])
        return invitation
    if not settings.REGISTRATION:
        note("register", Outcome.REFUSED, request=request, detail="closed")
        raise ApiError(403, "registration_closed", CLOSED)
    return None


def need_its_address(invitation: TeamInvitation | None, email: str) -> None:
    """Raises ValidationError where the invitation was sent to another address."""
    if invitation is not None and invitation.email.lower() != email.lower():
        raise serializers.ValidationError({"email": "The invitation was sent to another address."})


def open_account(person: dict[str, Any], token: str, *, now: datetime, request: object = None) -> User:
    """By an invitation they join its team, else they get an organisation of their own.

    Raises ValidationError where the name is taken by now, ApiError where the invitation is.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(**person)
            if token:
                join_team(user, token, now=now, request=request)
            else:
                make_personal_organisation(user)
    except IntegrityError:  # somebody else was faster by a moment
        raise serializers.ValidationError({"email": TAKEN}) from None
    note("register", request=request, user=user)
    return user
