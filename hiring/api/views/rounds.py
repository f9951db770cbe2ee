"""Rounds of interviews: listed, made, read, changed, deleted."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.people import require_maker
from hiring.api.owned import OwnedList, OwnedOne
from hiring.api.refusals import refusals_as_errors
from hiring.api.serializers.rounds import RoundSerializer
from hiring.api.views.interviews import with_sessions
from hiring.models import Round
from hiring.round_order import add_round, move_round, remove_round
from rest.filters import IdFilter, MomentFilter

EXAMPLE = OpenApiExample(
    "On site",
    {
        "interview_id": 1,
        "kind": "on_site",
        "title": "Meet the team",
        "scheduled_at": "2030-02-03T10:00:00Z",
        "duration_minutes": 60,
        "place": "Room 4",
    },
    request_only=True,
)
STATUS_RULES = (
    "A scheduled round may be in progress, completed, cancelled or missed (`no_show`); one in progress may "
    "be any of these or scheduled anew; a cancelled or missed one may be scheduled again; a completed one "
    "stays. Anything else is 409 `status_not_allowed`. The interview's status follows."
)


def shown_rounds() -> QuerySet[Round]:
    return with_sessions(Round.objects.select_related("interview"))


class RoundFilter(django_filters.FilterSet):
    interview_id = IdFilter(field_name="interview_id")
    interviewer_id = IdFilter(field_name="interviewer_id")
    scheduled_after = MomentFilter(field_name="scheduled_at", lookup_expr="gte")
    scheduled_before = MomentFilter(field_name="scheduled_at", lookup_expr="lt")

    class Meta:
        model = Round
        fields = ("status", "kind")


@extend_schema_view(
    get=extend_schema(summary="List rounds"),
    post=extend_schema(
        summary="Add a round",
        description="At the place `order`, where the others move on, or last. An interview that was "
        "completed or decided goes on with it; a cancelled or declined one does not: 409 `interview_over`.",
        examples=[EXAMPLE],
    ),
)
class Rounds(OwnedList[Round]):
    """The rounds of the interviews of one's organisations."""

    noun = "round"
    organisation_path = "interview__organisation"
    queryset = Round.objects.none()
    serializer_class = RoundSerializer
    filterset_class = RoundFilter
    search_fields = ("title", "interview__title", "interview__candidate__name")
    ordering_fields = ("order", "scheduled_at", "created_at", "status", "id")
    ordering = ("interview_id", "order")

    def rows(self) -> QuerySet[Round]:
        return shown_rounds()

    def perform_create(self, serializer: serializers.BaseSerializer[Round]) -> None:
        values = dict(serializer.validated_data)
        interview = values.pop("interview")
        require_maker(self.request, interview.organisation_id)
        with refusals_as_errors():
            made = add_round(interview.pk, values, now=timezone.now())
            serializer.instance = shown_rounds().get(pk=made.pk)


@extend_schema_view(
    get=extend_schema(summary="Read a round"),
    put=extend_schema(summary="Change a round", description=STATUS_RULES, examples=[EXAMPLE]),
    patch=extend_schema(
        summary="Change parts of a round",
        description=STATUS_RULES,
        examples=[OpenApiExample("It was held", {"status": "completed"}, request_only=True)],
    ),
)
class OneRound(OwnedOne[Round]):
    """One round."""

    noun = "round"
    organisation_path = "interview__organisation"
    queryset = Round.objects.none()
    serializer_class = RoundSerializer
    lookup_url_kwarg = "round_id"

    def rows(self) -> QuerySet[Round]:
        return shown_rounds()

    def organisation_id_of(self, found: Round) -> int:
        return found.interview.organisation_id

    @extend_schema(
        summary="Delete a round",
        description="The later ones move up. Its sessions stay; 409 `in_use` while one of them runs.",
        responses={204: None},
    )
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().delete(request, *args, **kwargs)

    def perform_update(self, serializer: serializers.BaseSerializer[Round]) -> None:
        number = self.kwargs["round_id"]
        with refusals_as_errors():
            move_round(number, serializer.validated_data, now=timezone.now())
            serializer.instance = shown_rounds().get(pk=number)

    def perform_destroy(self, instance: Round) -> None:
        with refusals_as_errors():
            remove_round(instance.pk, now=timezone.now())
