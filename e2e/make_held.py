"""Interviews of one job that are over (see e2e/maker.py)."""

from datetime import UTC, datetime
from typing import Any

from server.demo import make_demo
from web.tests.review.held import BACKGROUND, KEYS, hold

LONG_NAME = "Maria-Magdalena Wolfeschlegelsteinhausenbergerdorff-Łukasiewicz"
KEYS_OF_ALL = (*KEYS, "backend-queue", "backend-mistake")
QUEUE = (
    "We used a queue so slow jobs did not block the web server. If a worker failed the message went back to "
    "the queue. We made every job safe to run twice."
)
MISTAKE = (
    "I made a mistake and deleted the wrong table. I told everyone at once and restored it from the backup. "
    "Now every change needs a second person to look at it."
)
MIGRATION = (
    "I led the migration of our billing service to Postgres. We moved the data in small batches so nobody "
    "lost any orders. The hardest part was keeping both systems in sync. I wrote a script that compared "
    "every row in both databases. When something did not match we stopped and fixed it. We had zero downtime."
)


def make_held() -> dict[str, Any]:
    """This will add three candidates, one heard badly, and give how the demo's recruiter reviews them."""
    demo = make_demo(datetime.now(UTC), retention_days=30)
    session = demo.session
    assert session.organisation is not None
    told = (session.organisation, session.job)
    held = [
        hold(*told, name=LONG_NAME, keys=KEYS_OF_ALL, answers=(BACKGROUND, MIGRATION, QUEUE, MISTAKE)),
        hold(*told, name="عمر حداد", keys=KEYS_OF_ALL, answers=(BACKGROUND, "", QUEUE, "")),
        hold(*told, name="Ines", keys=KEYS, answers=(BACKGROUND, MIGRATION), confidence=0.05),
    ]
    return {
        "user": demo.username,
        "password": demo.password,
        "job": session.job_id,
        "sessions": [str(one.uuid) for one in held],
    }
