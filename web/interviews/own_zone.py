"""Times that people write into forms are times of their own zone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.models import User
from web.console.members import MemberRequest, for_members
from web.templatetags.moments import zone_named

P = ParamSpec("P")
LOCAL = "%Y-%m-%dT%H:%M"
FURTHEST = timedelta(days=3653)  # a slip of the finger; a link would stay open until then


def for_members_in_own_zone(
    page: Callable[Concatenate[MemberRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """As `for_members`; what is read and drawn meanwhile is in the person's own zone."""

    @wraps(page)
    def in_zone(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        with timezone.override(zone_named(request.user.time_zone)):
            return page(request, *args, **kwargs)

    return for_members(cast("Callable[Concatenate[MemberRequest, P], HttpResponseBase]", in_zone))


class MomentField(forms.DateTimeField):
    """A day and an hour; `of` gives the zone's name to say beside it."""

    def __init__(self, **options: object) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
        usual: dict[str, object] = {"widget": widget, "input_formats": [LOCAL, f"{LOCAL}:%S"]}
        super().__init__(**{**usual, **options})  # type: ignore[arg-type]

    def clean(self, value: Any) -> datetime | None:
        moment: datetime | None = super().clean(value)
        if moment is not None and moment - timezone.now() > FURTHEST:
            raise forms.ValidationError("That is more than ten years away. Please look at the year.")
        return moment


def zone_help(user: User) -> str:
    return f"In your own time zone, {user.time_zone}, which your profile holds."
