"""Runs beside a server, in its environment, and makes what tests look at."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
django.setup()

from e2e.beside import answer  # noqa: E402
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

if __name__ == "__main__":
    answer(MAKES)
