"""Which code does which kind of background work; packages register theirs in `AppConfig.ready`.

A handler gets the payload of its task, must be able to run twice, and raises to be tried again later.
"""

from collections.abc import Awaitable, Callable
from typing import Any

Handler = Callable[[dict[str, Any]], Awaitable[None]]
GivenUp = Callable[[dict[str, Any], str], None]
_HANDLERS: dict[str, Handler] = {}
_GIVEN_UP: dict[str, GivenUp] = {}
_APART: set[str] = set()


class GiveUpError(Exception):
    """A handler's word that trying again would not help."""


def register(
    kind: str, handler: Handler, given_up: GivenUp | None = None, *, waits_for_others: bool = False
) -> None:
    """From now on `handler` does the work of that kind, in every process that has a worker.

    With `waits_for_others` it mostly waits for servers that anybody may have named, and gets places of its
    own: one that is away must hold up no judging.

    `given_up` gets the payload and the error of work that is not tried again by itself: sync, in the
    transaction that says so.
    """
    if _HANDLERS.get(kind, handler) != handler:
        raise ValueError(f"two handlers for background work of kind {kind}")
    _HANDLERS[kind] = handler
    if given_up is not None:
        _GIVEN_UP[kind] = given_up
    if waits_for_others:
        _APART.add(kind)


def handlers() -> dict[str, Handler]:
    return dict(_HANDLERS)


def kinds_apart() -> frozenset[str]:
    """Those that wait for others."""
    return frozenset(_APART)


def tell_given_up(kind: str, payload: dict[str, Any], error: str) -> None:
    """This will tell the package whose work it was."""
    told = _GIVEN_UP.get(kind)
    if told is not None:
        told(payload, error)
