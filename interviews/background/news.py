"""Tells this process, once a wish for work is kept, that there is some. Nobody has to listen."""

from collections.abc import Callable

Listener = Callable[[int], None]
_LISTENERS: list[Listener] = []


def listen(listener: Listener) -> None:
    """From now on `listener` gets the number of each task, from any thread; it must return at once."""
    _LISTENERS.append(listener)


def unlisten(listener: Listener) -> None:
    if listener in _LISTENERS:
        _LISTENERS.remove(listener)


def tell(pk: int) -> None:
    for listener in tuple(_LISTENERS):  # one may leave meanwhile
        listener(pk)
