"""Admin pages for what people look at and never change by hand: logs, evaluations, projections."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib import admin
from django.db.models import JSONField, Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator


class _ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(_ReadOnly, admin.ModelAdmin):
    """Shows everything and offers no button that changes it.

    `heavy` are columns that a list leaves in the database: documents that nobody sees there.
    """

    heavy: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """All of them: times that set themselves would be left out of a form."""
        left_out = {"id", *(self.exclude or ())}
        fields = [field for field in self.model._meta.fields if field.name not in left_out]
        return [indented(field.name) if isinstance(field, JSONField) else field.name for field in fields]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return self.get_readonly_fields(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer(*self.heavy)


class ReadOnlyInline(_ReadOnly, admin.TabularInline):
    """`related` are the columns that name rows of other tables: read with these, not one by one."""

    extra = 0
    related: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return list(self.fields or ())  # without it, times that set themselves can't be shown

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related(*self.related) if self.related else rows


def shortened(field: str, *, to: int = 60) -> Callable[[Model], str]:
    """A column with the beginning of a long text, so that the others stay in sight."""

    @admin.display(description=field.replace("_", " "), ordering=field)
    def column(one: Model) -> str:
        return Truncator(getattr(one, field)).chars(to)

    return column


@cache  # the admin asks for its columns several times and compares them
def indented(field: str) -> Callable[[Model], str]:
    """A document on lines of its own: in one piece, nobody finds anything in it."""

    @admin.display(description=field.replace("_", " "))
    def document(one: Model) -> str:
        kept = getattr(one, field)
        return format_html("<pre>{}</pre>", json.dumps(kept, indent=2, ensure_ascii=False)) if kept else "-"

    document.__name__ = field  # by which the admin finds the field's help
    return document
