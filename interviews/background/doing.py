"""Does one claimed task, and keeps what came of it; whoever claimed it renews the claim meanwhile."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from interviews.background import rows
from interviews.background.kinds import GiveUpError, Handler, tell_given_up
from interviews.background.rows import Claimed
from interviews.live.patient_database import ask

logger = logging.getLogger(__name__)
LONGEST_S = 1_200.0  # judged: for one task; thirty answers before a slow model take half of it


async def do(
    claimed: Claimed,
    handler: Handler,
    *,
    owner: str,
    clock: Callable[[], datetime],
    longest_s: float = LONGEST_S,
) -> None:
    """Raises only where what came of it could not be kept; then the claim lapses, and it is done again."""
    try:
        await _within(longest_s, claimed, handler)
    except Exception as error:  # noqa: BLE001 (kept with the task, whatever it is)
        is_final = isinstance(error, GiveUpError)
        level = logging.ERROR if is_final or claimed.attempts >= len(rows.PUT_OFF) else logging.WARNING
        logger.log(level, "background work failed: %s %s: %r", claimed.kind, claimed.key, error)
        told = str(error) if is_final else f"{type(error).__name__}: {error}"
        await ask(_failed, owner, claimed, told, clock(), is_final)
    else:
        await ask(rows.finish, owner, claimed)


async def _within(longest_s: float, claimed: Claimed, handler: Handler) -> None:
    limit = asyncio.timeout(longest_s)
    try:
        async with limit:
            await handler(claimed.payload)
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise TimeoutError(f"it was not done within {longest_s:g} s") from error


@transaction.atomic
def _failed(owner: str, claimed: Claimed, told: str, now: datetime, is_final: bool) -> None:
    if rows.put_off(owner, claimed, told, now=now, is_final=is_final):
        tell_given_up(claimed.kind, claimed.payload, told)
