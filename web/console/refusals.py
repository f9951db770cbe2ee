"""What the interface's rules refuse, told on the form that was sent."""

from collections.abc import Iterator
from contextlib import contextmanager

from rest_framework import serializers

from rest.errors import ApiError
from web.console.forms import ConsoleForm


@contextmanager
def refusals_on(form: ConsoleForm) -> Iterator[None]:
    """This will turn ValidationError and ApiError into mistakes of `form`; see `form.is_valid()`."""
    try:
        yield
    except serializers.ValidationError as error:
        form.refuse(error)
    except ApiError as error:
        form.add_error(None, str(error.detail))
