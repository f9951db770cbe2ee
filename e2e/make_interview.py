"""Run in the server's environment: adds an interview as `make run` does and prints how to enter it.

`python -m e2e.make_interview KEY [KEY …]`: it asks the bank's questions with these keys, in order.
"""

import json
import os
import sys
from datetime import UTC, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
django.setup()

import msgspec  # noqa: E402

from interviews.bank import get_question  # noqa: E402
from interviews.plan import Plan  # noqa: E402
from server.demo import make_demo  # noqa: E402


def main(keys: list[str]) -> None:
    demo = make_demo(datetime.now(UTC), retention_days=30)
    session = demo.session
    plan = msgspec.convert(session.plan, Plan)
    questions = tuple(get_question(key) for key in keys)
    session.plan = msgspec.to_builtins(msgspec.structs.replace(plan, questions=questions))
    session.num_questions = len(questions)
    session.save()
    session.questions.all().delete()
    for order, question in enumerate(questions, 1):
        session.questions.create(order=order, text=question.text, kind=question.kind)
    entry = {"uuid": str(session.uuid), "token": demo.token, "user": demo.username, "password": demo.password}
    sys.stdout.write(json.dumps(entry))


if __name__ == "__main__":
    main(sys.argv[1:])
