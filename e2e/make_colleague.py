"""Somebody else of an organisation (see e2e/maker.py)."""

import secrets

from accounts.models import Membership, User
from interviews.models import Session

PASSWORD = "a-colleague-of-theirs"


def make_colleague(role: str) -> str:
    """This will add somebody of that role to the newest organisation, and give the name to sign in with."""
    organisation = Session.objects.exclude(organisation=None).order_by("-pk")[0].organisation
    name = f"{role}-{secrets.token_hex(4)}"
    user = User.objects.create_user(
        name, f"{name}@example.org", PASSWORD, first_name="Kim", last_name="Olsen"
    )
    Membership.objects.create(organisation=organisation, user=user, role=role)
    return name
