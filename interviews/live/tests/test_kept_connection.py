"""Threads that stay keep their connection to SQLite; nothing else changes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import close_old_connections, connection

from interviews.live.kept_connection import keeping_connection
from interviews.models import Session

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as one:
        yield one
        one.submit(lambda: connection.close()).result()  # noqa: PLW0108 (it is another in each thread)


def end_of_age() -> Any:
    """When the connection of this thread is closed, and whether closing what is old leaves it there."""
    close_old_connections()
    return connection.close_at, connection.connection is not None


def fail() -> None:
    Session.objects.count()
    raise LookupError


def test_it_is_there_for_the_next_question(thread: ThreadPoolExecutor) -> None:
    assert thread.submit(keeping_connection(Session.objects.count)).result() == 0
    close_at, is_open = thread.submit(end_of_age).result()
    if connection.vendor == "sqlite":
        assert (close_at, is_open) == (None, True)
    else:
        assert close_at is None or not is_open  # a pool has it back


def test_an_error_of_the_question_is_the_askers(thread: ThreadPoolExecutor) -> None:
    with pytest.raises(LookupError):
        thread.submit(keeping_connection(fail)).result()
    assert thread.submit(keeping_connection(Session.objects.count)).result() == 0
