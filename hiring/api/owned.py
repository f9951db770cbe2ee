"""Lists and single objects that an organisation owns: its members read them, its makers change them."""

from typing import Any, ClassVar, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import filters, generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import organisations_of
from accounts.api.people import organisation_for_new, require_account, require_maker
from accounts.models import Organisation, User
from rest.errors import NotFoundError
from rest.filters import Filters, StableOrdering
from rest.rows import LARGEST_ID, find_row
from rest.throttling import READING

M = TypeVar("M", bound=Model)


class Owned(generics.GenericAPIView[M]):
    """Rows of the organisations that whoever asks belongs to. Raises 401 for nobody, 403 for a link."""

    noun: ClassVar[str]
    organisation_path: ClassVar[str] = "organisation"

    def get_queryset(self) -> QuerySet[M]:
        mine = organisations_of(require_account(self.request))
        return self.rows().filter(**{f"{self.organisation_path}__in": mine})

    def rows(self) -> QuerySet[M]:
        """All there are, with what is shown of them."""
        return super().get_queryset()

    def get_serializer_context(self) -> dict[str, Any]:
        """`user` is missing only while the schema is drawn."""
        user = self.request.user if self.request is not None else None
        known = {"user": user} if isinstance(user, User) else {}
        return {**super().get_serializer_context(), **known}


class OwnedList(Owned[M], generics.ListCreateAPIView[M]):
    filter_backends = (Filters, StableOrdering, filters.SearchFilter)
    ordering_fields: ClassVar[tuple[str, ...]] = ("created_at", "name", "id")
    ordering: ClassVar[tuple[str, ...]] = ("-created_at",)

    owner: Organisation | None = None

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "organisation": self.owner}

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.owner = organisation_for_new(request)  # who may make nothing learns so before their mistakes
        return super().create(request, *args, **kwargs)

    def perform_create(self, serializer: serializers.BaseSerializer[M]) -> None:
        serializer.save(organisation=self.owner)


class OwnedOne(Owned[M], generics.RetrieveUpdateDestroyAPIView[M]):
    def get_object(self) -> M:
        """Raises NotFoundError for a stranger, PermissionDenied for a member who may only read."""
        found = find_owned(self.get_queryset(), self.kwargs[self.lookup_url_kwarg or "pk"], self.noun)
        if self.request.method not in READING:
            require_maker(self.request, self.organisation_id_of(found))
        return found

    def organisation_id_of(self, found: M) -> int:
        owner: int = found.organisation_id  # type: ignore[attr-defined]
        return owner

    @transaction.atomic
    def perform_destroy(self, instance: M) -> None:
        """Locked, so that nothing comes to rest on it between the look and the deletion."""
        rows = type(instance)._default_manager.select_for_update()  # noqa: SLF001 (Django documents it)
        found = rows.filter(pk=instance.pk).first()
        if found is not None:
            self.require_unused(found)
            found.delete()

    def require_unused(self, found: M) -> None:
        """Raises what the interface answers where `found` has to stay."""


def find_owned(rows: QuerySet[M], number: int, noun: str) -> M:
    """The row of that number. Raises NotFoundError, also for numbers that no row can have."""
    found = find_row(rows, number)
    if found is None:
        raise NotFoundError(noun)
    return found


def find_mine(request: Request, rows: QuerySet[M], number: int, noun: str) -> M:
    """The row of that number of one's own organisations. Raises as `find_owned`, and 401 for nobody."""
    mine = organisations_of(require_account(request))
    return find_owned(rows.filter(organisation__in=mine), number, noun)


@extend_schema_field({"type": "string", "maxLength": 254, "anyOf": [{"format": "email"}, {"maxLength": 0}]})
class Address(serializers.EmailField):
    """An e-mail address, or nothing."""

    def __init__(self, **options: Any) -> None:
        usual = {"max_length": 254, "allow_blank": True}
        super().__init__(**usual | ({} if options.get("read_only") else {"required": False}) | options)


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": LARGEST_ID})
class OwnedReference(serializers.IntegerField):
    """The number of a row of one's own organisations; of another's it says only that there is none."""

    def __init__(self, model: type[Model], noun: str, **options: Any) -> None:
        self._model, self._noun = model, noun
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> Any:
        number, user = super().to_internal_value(data), self.context.get("user")
        rows = self._model._default_manager.all()  # noqa: SLF001 (Django documents it)
        mine = rows.filter(organisation__in=organisations_of(user)) if user is not None else rows.none()
        found = find_row(mine, number)
        if found is None:
            raise serializers.ValidationError(f"There is no such {self._noun}.")
        return found

    def to_representation(self, value: Any) -> int:
        return int(value.pk)
