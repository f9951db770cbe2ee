"""Runs beside a server, in its environment, and makes what tests look at.

One wish a line on stdin (what, and its arguments), one answer a line on stdout, both JSON: Django is loaded
once for all of them.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
django.setup()

from e2e.make_colleague import make_colleague  # noqa: E402
from e2e.make_held import make_held  # noqa: E402
from e2e.make_hired import make_hired  # noqa: E402
from e2e.make_history import make_history  # noqa: E402
from e2e.make_interview import make_interview  # noqa: E402

MAKES = {
    "colleague": make_colleague,
    "held": make_held,
    "hired": make_hired,
    "history": make_history,
    "interview": make_interview,
}


def main() -> None:
    for line in sys.stdin:
        what, arguments = json.loads(line)
        sys.stdout.write(json.dumps(MAKES[what](*arguments)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
