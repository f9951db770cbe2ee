"""An interview as `make run` adds it (see e2e/maker.py)."""

from datetime import UTC, datetime

import msgspec

from interviews.bank import get_question
from interviews.plan import Plan
from server.demo import make_demo


def make_interview(*keys: str) -> dict[str, str]:
    """This will add one with the questions of these keys of the bank, and give how to enter it."""
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
    return {
        "uuid": str(session.uuid),
        "token": demo.token,
        "user": demo.username,
        "password": demo.password,
    }
