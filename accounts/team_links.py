"""Links that let people join a team, made anew each time they are needed and kept nowhere.

As with candidates' links, the token is a keyed hash: whoever reads the database alone joins nothing, and an
e-mail that is tried again carries the same link.
"""

import base64
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.guest_tokens import hash_token
from accounts.models import TeamInvitation


def give_link(invitation: TeamInvitation) -> None:
    """Puts a fresh mark and hash on the row, which the caller saves; a former link stops working."""
    invitation.mark = secrets.token_urlsafe(12)
    invitation.token_hash = hash_token(token_of(invitation))


def link_of(invitation: TeamInvitation) -> str:
    """The whole address."""
    return f"{settings.PUBLIC_URL}/join/{token_of(invitation)}/"


def token_of(invitation: TeamInvitation) -> str:
    who = f"{invitation.organisation_id}/{invitation.email}/{invitation.mark}"
    digest = salted_hmac("accounts.team_links", who, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def find_invitation(token: str) -> TeamInvitation | None:
    """The invitation that a link names, whatever became of it."""
    rows = TeamInvitation.objects.select_related("organisation", "invited_by")
    return rows.filter(token_hash=hash_token(token)).first()
