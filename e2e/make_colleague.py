"""Run in the server's environment: adds somebody of that role to the newest organisation, prints the name.

`python -m e2e.make_colleague ROLE`; the password is the one of the tests.
"""

import os
import secrets
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
django.setup()

from accounts.models import Membership, User  # noqa: E402
from interviews.models import Session  # noqa: E402

PASSWORD = "a-colleague-of-theirs"


def main(role: str) -> None:
    organisation = Session.objects.exclude(organisation=None).order_by("-pk")[0].organisation
    name = f"{role}-{secrets.token_hex(4)}"
    user = User.objects.create_user(
        name, f"{name}@example.org", PASSWORD, first_name="Kim", last_name="Olsen"
    )
    Membership.objects.create(organisation=organisation, user=user, role=role)
    sys.stdout.write(name)


if __name__ == "__main__":
    main(sys.argv[1])
