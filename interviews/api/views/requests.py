"""The inbox: what candidates ask of people, read by members and answered by admins and recruiters."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import account_of, require_account, require_maker
from hiring.access import unreachable_organisations
from interviews.api.conflicts import refusals_as_errors
from interviews.api.serializers.requests import CandidateRequestSerializer, RequestAnswerSerializer
from interviews.inbox import overdue, seen_by
from interviews.models import Request as Wish
from interviews.requests import answer
from rest.errors import NotFoundError
from rest.filters import Filters, MomentFilter, StableOrdering
from rest.rows import find_row

EXAMPLE = OpenApiExample(
    "More time",
    {"answer": "Of course. You have half as much time again.", "accommodations": {"time_factor": 1.5}},
    request_only=True,
)


class RequestFilter(django_filters.FilterSet):
    is_overdue = django_filters.BooleanFilter(method="by_overdue", label="Open, and past its time.")
    due_before = MomentFilter(field_name="due_at", lookup_expr="lt")
    session_id = django_filters.UUIDFilter(field_name="session__uuid")

    class Meta:
        model = Wish
        fields = ("status", "kind")

    def by_overdue(self, rows: QuerySet[Wish], name: str, value: bool) -> QuerySet[Wish]:
        late = overdue(rows, timezone.now())
        return late if value else rows.exclude(pk__in=late.values("pk"))


@extend_schema_view(get=extend_schema(summary="List requests"))
class Requests(generics.ListAPIView[Wish]):
    """What candidates ask for: open ones first, the most urgent first."""

    queryset = Wish.objects.none()
    serializer_class = CandidateRequestSerializer
    filter_backends = (Filters, StableOrdering)
    filterset_class = RequestFilter
    ordering_fields = ("due_at", "created_at", "answered_at", "id")

    def get_queryset(self) -> QuerySet[Wish]:
        return seen_by(require_account(self.request))

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), **_context(self.request)}


class OneRequest(APIView):
    """One request."""

    @extend_schema(summary="Read a request", responses=CandidateRequestSerializer)
    def get(self, request: Request, request_id: int) -> Response:
        return Response(
            CandidateRequestSerializer(_find(request, request_id), context=_context(request)).data
        )


class RequestAnswer(APIView):
    """Answers a request."""

    @extend_schema(
        summary="Answer a request",
        description="By admins and recruiters. The candidate reads it on their page, and by e-mail where "
        "they have an address. 409 `already_answered`, and with `accommodations` `not_accommodation`, "
        "`session_over`.",
        request=RequestAnswerSerializer,
        responses=CandidateRequestSerializer,
        examples=[EXAMPLE],
    )
    def post(self, request: Request, request_id: int) -> Response:
        found = _find(request, request_id)
        user = require_maker(request, found.session.organisation_id)
        read = RequestAnswerSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        wish = read.validated_data
        with refusals_as_errors():
            answer(found, wish["answer"], by=user, now=timezone.now(), grant=wish.get("accommodations"))
        return Response(
            CandidateRequestSerializer(_find(request, request_id), context=_context(request)).data
        )


def _find(request: Request, number: int) -> Wish:
    found = find_row(seen_by(require_account(request)), number)
    if found is None:
        raise NotFoundError("request")
    return found


def _context(request: Request | None) -> dict[str, Any]:
    """Nobody asks while the schema is drawn."""
    user = account_of(request) if request is not None else None
    return {"unreachable": unreachable_organisations(user) if user is not None else set()}
