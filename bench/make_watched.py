"""Run in the server's environment: makes a session and a recruiter who may watch it; prints both ways in.

`python -m bench.make_watched KEY [KEY …]`: the session asks the bank's questions with these keys.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
django.setup()

import msgspec  # noqa: E402
from rest_framework_simplejwt.tokens import AccessToken  # noqa: E402

from accounts.guest_tokens import hash_token, new_token  # noqa: E402
from accounts.models import Membership, Organisation, User  # noqa: E402
from interviews.bank import get_question  # noqa: E402
from interviews.models import Session  # noqa: E402
from interviews.plan import Plan  # noqa: E402


def main(keys: list[str]) -> None:
    organisation = Organisation.objects.create(name="Bench")
    user = User.objects.create_user("bench", "bench@example.org")
    Membership.objects.create(organisation=organisation, user=user, role="recruiter")
    plan = Plan(role="Backend engineer", questions=tuple(get_question(key) for key in keys))
    token = new_token()
    session = Session.objects.create(
        organisation=organisation,
        candidate_name="Bench",
        job_role=plan.role,
        plan=msgspec.to_builtins(plan),
        token_hash=hash_token(token),
        num_questions=plan.total,
    )
    made = {"uuid": str(session.uuid), "token": token, "bearer": str(AccessToken.for_user(user))}
    sys.stdout.write(json.dumps(made))


if __name__ == "__main__":
    main(sys.argv[1:])
