"""Run in the server's environment: makes sessions straight in its database and prints how to enter them.

`python -m bench.make_sessions COUNT KEY [KEY …]`: each session asks the bank's questions with these keys.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
django.setup()

import msgspec  # noqa: E402

from accounts.guest_tokens import hash_token, new_token  # noqa: E402
from interviews.bank import get_question  # noqa: E402
from interviews.models import Session  # noqa: E402
from interviews.plan import Plan  # noqa: E402


def main(count: int, keys: list[str]) -> None:
    plan = Plan(role="Backend engineer", questions=tuple(get_question(key) for key in keys))
    made = []
    for _ in range(count):
        token = new_token()
        session = Session.objects.create(
            candidate_name="Bench",
            job_role=plan.role,
            plan=msgspec.to_builtins(plan),
            token_hash=hash_token(token),
            num_questions=plan.total,
        )
        made.append({"id": session.pk, "uuid": str(session.uuid), "token": token})
    sys.stdout.write(json.dumps(made))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
