"""Celery's side of the crew: a message holds the number of a row, and the worker claims the row.

A message that is lost costs a minute, one that comes twice costs a look at the database.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import redis
from celery import Celery
from celery.signals import heartbeat_sent, worker_process_init
from django.conf import settings
from django.core.cache import cache
from kombu.exceptions import KombuError

from interviews.background import news
from interviews.background.crew import CrewError
from interviews.background.hands import Hands

BEAT = "background-crew"
BEAT_LASTS_S = 10  # a worker sends one every two seconds

TASK = "viva.do"


def make_app(config: dict[str, Any]) -> Celery:
    """Celery, with its own settings from server/celery_settings.py."""
    made = Celery("viva")
    made.config_from_object(config)
    return made


app = make_app(settings.CELERY)


@app.task(name=TASK, bind=True)  # type: ignore[untyped-decorator]
def do_row(self: Any, pk: int) -> None:
    """Do what row `pk` asks for. The claim carries the message's id: one that is delivered again, because
    the process that had it died, gets the row without waiting for the claim to lapse."""
    _hands().work(pk, owner=f"celery:{self.request.id}")


class CeleryCrew:
    """The workers, as the other processes see them: by their heartbeat, which lies in the cache."""

    def __init__(self, celery: Celery = app) -> None:
        self._celery = celery

    def is_there(self) -> bool:
        """See Crew. Without Redis nobody is."""
        try:
            return cache.get(BEAT) is not None
        except redis.RedisError:
            return False

    def call(self, pks: Sequence[int]) -> None:
        """See Crew."""
        try:
            for pk in pks:
                self._celery.send_task(TASK, (pk,), retry=False)
        except (KombuError, redis.RedisError, OSError) as error:
            raise CrewError(f"the broker does not answer: {error}") from error


@heartbeat_sent.connect  # type: ignore[untyped-decorator]
def _beat(**_: Any) -> None:
    """In a worker's parent process, as long as it hears its broker."""
    try:
        cache.set(BEAT, 1, BEAT_LASTS_S)
    except redis.RedisError:
        return  # then nobody is told of work either


@worker_process_init.connect  # type: ignore[untyped-decorator]
def _begin(**_: Any) -> None:
    """In each child: what it wishes for while it works goes to the crew at once."""
    news.listen(_tell)


def _tell(pk: int) -> None:
    try:
        CeleryCrew().call([pk])
    except CrewError:
        return  # the rows are looked through every few seconds


@lru_cache(maxsize=1)
def _hands() -> Hands:
    """Made in the child that works: neither threads nor connections outlive a fork."""
    return Hands()
