"""Turns the refusals of a session into answers of the interface."""

from collections.abc import Iterator
from contextlib import contextmanager

from interviews.refusals import RefusedError
from rest.errors import ApiError

STATUS_OF = {"bad_command": 400, "busy": 503, "protected_topic": 400}


@contextmanager
def refusals_as_errors() -> Iterator[None]:
    """What a session does not take now is a 409, with the session's own code and sentence."""
    try:
        yield
    except RefusedError as error:
        raise ApiError(STATUS_OF.get(error.code, 409), error.code, error.message) from None
