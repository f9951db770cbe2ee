"""Calls the database from the event loop, and waits for one that is away for a moment."""

import asyncio
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from channels.db import database_sync_to_async
from django.db import InterfaceError, OperationalError

from interviews.live.kept_connection import keeping_connection

logger = logging.getLogger(__name__)

# Half a minute in all: a restart of Postgres is ridden out, and what was said meanwhile waits in the inbox.
RETRIES_S = (0.1, 0.3, 1.0, 2.0, 4.0, 8.0, 15.0)

P = ParamSpec("P")
T = TypeVar("T")


async def ask(call: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
    """Run `call` in the database thread, again while the database is away; the last error is raised.

    A call must be safe to repeat: appends are, because a transaction is written whole or not at all.
    """
    kept = keeping_connection(call)
    for wait_s in RETRIES_S:
        try:
            return cast("T", await database_sync_to_async(kept)(*args, **options))
        except (OperationalError, InterfaceError) as error:
            logger.warning("the database does not answer: %s", error)
            await asyncio.sleep(wait_s)
    return cast("T", await database_sync_to_async(kept)(*args, **options))
