"""Lets a thread keep its connection to SQLite from one question to the next.

Opening the file and reading its schema takes longer than most questions: while two hundred observers were let
in, more than half of the time of the threads that asked went there (2026-11-21, docs/decisions/fan-out.md).
Only for threads that stay: one that lives for a request would take its connection with it. Connections out of
a pool go back to it, as ever; broken ones are closed, as ever.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")


def keeping_connection(question: Callable[P, T]) -> Callable[P, T]:
    """This will give `question` for `database_sync_to_async`, which closes what has come of age."""

    @wraps(question)
    def ask(*arguments: P.args, **options: P.kwargs) -> T:
        try:
            return question(*arguments, **options)
        finally:
            if connection.vendor == "sqlite":
                connection.close_at = None

    return ask
