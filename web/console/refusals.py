"""What the interface's rules refuse, told on the form that was sent."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from rest_framework import serializers

from hiring.api.refusals import refusals_as_errors
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


def carried_out(request: HttpRequest, do: Callable[[], None]) -> ConsoleForm:
    """A form that only asks: once it is sent this will `do`, and hold what refused it."""
    form = ConsoleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form), refusals_as_errors():
            do()
    return form
