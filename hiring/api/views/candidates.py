"""Candidates: listed, made, read, changed, deleted; `students` to some clients."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import filters, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_account
from hiring.access import unreachable_organisations
from hiring.api.owned import Owned, OwnedList, OwnedOne
from hiring.api.refusals import refusals_as_errors
from hiring.api.resume_files import save_candidate
from hiring.api.serializers.candidates import (
    CandidateFormSerializer,
    CandidateSerializer,
    CandidateWishSerializer,
)
from hiring.models import Candidate
from hiring.removing import remove_candidate
from rest.filters import Filters, MomentFilter, StableOrdering
from rest.parsing import BoundedMultiPartParser, StrictJsonParser

EXAMPLE = OpenApiExample(
    "A person",
    {
        "name": "Jane Smith",
        "email": "jane@example.com",
        "phone": "+442079460123",
        "time_zone": "Europe/London",
    },
    request_only=True,
    media_type="application/json",
)
BODY = {"application/json": CandidateWishSerializer, "multipart/form-data": CandidateFormSerializer}
PARSERS = (StrictJsonParser, BoundedMultiPartParser)


class CandidateFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(lookup_expr="icontains")
    email = django_filters.CharFilter(method="by_contact", label="The whole address")
    phone = django_filters.CharFilter(method="by_contact", label="The whole number, with its country code")
    has_resume = django_filters.BooleanFilter(method="by_resume", label="Whether a file was uploaded")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = Candidate
        fields: tuple[str, ...] = ()

    def by_contact(self, rows: QuerySet[Candidate], name: str, value: str) -> QuerySet[Candidate]:
        # A plus in an address arrives as a space.
        wanted = f"+{value.strip().removeprefix('+')}" if name == "phone" else value
        return self._reached(rows).filter(**{f"{name}__iexact": wanted})

    def by_resume(self, rows: QuerySet[Candidate], name: str, value: bool) -> QuerySet[Candidate]:
        reached = self._reached(rows)
        return reached.exclude(resume="") if value else reached.filter(resume="")

    def _reached(self, rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
        """Nobody learns by asking what is not shown to them."""
        return rows.exclude(organisation__in=unreachable_organisations(require_account(self.request)))


class ContactSearch(filters.SearchFilter):
    """In names; also in addresses and numbers by whoever may read them everywhere."""

    def get_search_fields(self, view: APIView, request: Request) -> tuple[str, ...]:
        hidden = unreachable_organisations(require_account(request))
        return ("name",) if hidden else ("name", "email", "phone")


class Reached(Owned[Candidate]):
    """Candidates, with what whoever asks may read of each."""

    noun = "candidate"
    queryset = Candidate.objects.all()
    serializer_class = CandidateFormSerializer
    parser_classes = PARSERS

    def get_serializer_context(self) -> dict[str, Any]:
        known = super().get_serializer_context()
        return known | {"unreachable": unreachable_organisations(known["user"]) if "user" in known else set()}


@extend_schema_view(
    get=extend_schema(summary="List candidates", responses=CandidateSerializer),
    post=extend_schema(
        summary="Make a candidate", request=BODY, responses={201: CandidateSerializer}, examples=[EXAMPLE]
    ),
)
class Candidates(Reached, OwnedList[Candidate]):
    """The candidates of one's organisations; a résumé may come along in a form."""

    filter_backends = (Filters, StableOrdering, ContactSearch)
    filterset_class = CandidateFilter
    ordering_fields = ("created_at", "updated_at", "name", "id")

    def perform_create(self, serializer: serializers.BaseSerializer[Candidate]) -> None:
        save_candidate(serializer, organisation=self.owner)


@extend_schema_view(
    get=extend_schema(summary="Read a candidate", responses=CandidateSerializer),
    put=extend_schema(
        summary="Change a candidate", request=BODY, responses=CandidateSerializer, examples=[EXAMPLE]
    ),
    patch=extend_schema(
        summary="Change parts of a candidate", request=BODY, responses=CandidateSerializer, examples=[EXAMPLE]
    ),
)
class OneCandidate(Reached, OwnedOne[Candidate]):
    """One candidate."""

    lookup_url_kwarg = "candidate_id"

    @extend_schema(
        summary="Delete a candidate",
        description="With the résumé's file. 409 `in_use` while interviews of theirs exist, which hold what "
        "people decided, or a session runs. Sessions that are over stay until their own retention ends.",
        responses={204: None},
    )
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().delete(request, *args, **kwargs)

    def perform_update(self, serializer: serializers.BaseSerializer[Candidate]) -> None:
        save_candidate(serializer)

    def perform_destroy(self, instance: Candidate) -> None:
        with refusals_as_errors():
            remove_candidate(instance.pk)
