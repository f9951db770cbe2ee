"""Filters that take what the schema says, and answer 400 where a value would only fail in the database."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django_filters.fields import IsoDateTimeField
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema_field
from rest_framework import filters, serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from rest.rows import LARGEST_ID

TRUTHS = frozenset({"true", "false"})


class MomentField(IsoDateTimeField):  # type: ignore[misc]
    """A time with its offset, in UTC: Postgres takes no offset beyond 15 h, and no year beyond these."""

    def to_python(self, value: Any) -> datetime | None:
        read = super().to_python(value)
        return None if read is None else in_utc(read)


class MomentFilter(django_filters.IsoDateTimeFilter):  # type: ignore[misc]
    field_class = MomentField


class IdField(forms.IntegerField):
    """A number that a row can have, in ASCII digits."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"min_value": 1, "max_value": LARGEST_ID})

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str) and value and not (value.isascii() and value.isdigit()):
            raise ValidationError("A whole number is wanted.", "invalid")
        return super().to_python(value)


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": LARGEST_ID})
class IdFilter(django_filters.NumberFilter):  # type: ignore[misc]
    """By the number of a row; one that no row can have is an error, as in a body."""

    field_class = IdField

    def get_max_validator(self) -> None:
        """The field's own bounds are enough."""
        return


class Filters(DjangoFilterBackend):  # type: ignore[misc]
    """Refuses what django-filter passes over: an empty value, and truths that are neither true nor false."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        filterset_class = self.get_filterset_class(view, queryset)
        named = filterset_class.base_filters if filterset_class is not None else {}
        wrong = {
            name: "Leave it out, or give it a value that it can have."
            for name, one in named.items()
            if any(not _is_told(one, value) for value in request.query_params.getlist(name))
        }
        if wrong:
            raise serializers.ValidationError(wrong)
        found: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return found


class StableOrdering(filters.OrderingFilter):
    """Equal rows have an order too, so that no page repeats what another showed."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> Sequence[str]:
        """Nothing asked and nothing usual: as the rows come."""
        asked = list(super().get_ordering(request, queryset, view) or ())
        return asked if not asked or {"id", "-id"} & set(asked) else [*asked, "-id"]


def in_utc(moment: datetime) -> datetime:
    """Raises ValidationError for a time that leaves the calendar on its way to UTC."""
    try:
        return moment.astimezone(UTC)
    except (OverflowError, ValueError):
        raise ValidationError("This time is out of range.", "invalid") from None


def _is_told(one: Any, value: str) -> bool:
    if isinstance(one, django_filters.BooleanFilter):
        return value.lower() in TRUTHS
    return bool(value) or type(one) is django_filters.CharFilter
