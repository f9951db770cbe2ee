"""What can't be done now, and what is gone meanwhile, as the interface answers it."""

from collections.abc import Iterator
from contextlib import contextmanager

from hiring.models import Interview, Round
from hiring.progress import ProgressError
from rest.errors import ApiError, NotFoundError


@contextmanager
def refusals_as_errors() -> Iterator[None]:
    try:
        yield
    except ProgressError as error:
        raise ApiError(409, error.code, error.message) from None
    except Interview.DoesNotExist:
        raise NotFoundError("interview") from None
    except Round.DoesNotExist:
        raise NotFoundError("round") from None
