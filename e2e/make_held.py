"""Run in the server's environment: adds interviews of one job that are over, and prints how to review them.

`python -m e2e.make_held`: three candidates, one of whom was heard badly, as the demo's recruiter sees them.
"""

import json
import os
import sys
from datetime import UTC, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
django.setup()

from server.demo import make_demo  # noqa: E402
from web.tests.review.held import BACKGROUND, KEYS, hold  # noqa: E402

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


def main() -> None:
    demo = make_demo(datetime.now(UTC), retention_days=30)
    session = demo.session
    assert session.organisation is not None
    told = (session.organisation, session.job)
    held = [
        hold(*told, name=LONG_NAME, keys=KEYS_OF_ALL, answers=(BACKGROUND, MIGRATION, QUEUE, MISTAKE)),
        hold(*told, name="عمر حداد", keys=KEYS_OF_ALL, answers=(BACKGROUND, "", QUEUE, "")),
        hold(*told, name="Ines", keys=KEYS, answers=(BACKGROUND, MIGRATION), confidence=0.05),
    ]
    entry = {
        "user": demo.username,
        "password": demo.password,
        "job": session.job_id,
        "sessions": [str(one.uuid) for one in held],
    }
    sys.stdout.write(json.dumps(entry))


if __name__ == "__main__":
    main()
