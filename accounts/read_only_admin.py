"""Admin pages for what people look at and never change by hand: logs, evaluations, projections."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
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
        return [field.name for field in self.model._meta.fields if field.name not in left_out]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer(*self.heavy)


class ReadOnlyInline(_ReadOnly, admin.TabularInline):
    extra = 0

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return list(self.fields or ())  # without it, times that set themselves can't be shown


def shortened(field: str, *, to: int = 60) -> Callable[[Model], str]:
    """A column with the beginning of a long text, so that the others stay in sight."""

    @admin.display(description=field.replace("_", " "), ordering=field)
    def column(one: Model) -> str:
        return Truncator(getattr(one, field)).chars(to)

    return column
