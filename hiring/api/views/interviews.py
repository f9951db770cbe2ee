"""Interviews: listed, made, read, changed, deleted, with their rounds."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import filters, serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_account, require_maker
from accounts.models import User
from hiring.api.owned import OwnedList, OwnedOne
from hiring.api.refusals import refusals_as_errors
from hiring.api.serializers.interviews import InterviewSerializer
from hiring.hidden_scores import with_shown_scores
from hiring.interview_making import make_interview
from hiring.models import Interview, Round
from hiring.progress import change_interview
from hiring.removing import DecidedError, remove_interview
from rest.filters import Filters, IdFilter, MomentFilter, StableOrdering

EXAMPLE = OpenApiExample(
    "Two rounds",
    {
        "title": "Jane, ward nurse",
        "candidate_id": 1,
        "job_id": 1,
        "scheduled_at": "2030-02-01T10:00:00Z",
        "rounds": [
            {"kind": "ai_interview", "title": "First talk", "duration_minutes": 30},
            {"kind": "on_site", "title": "Meet the team", "place": "Room 4"},
        ],
    },
    request_only=True,
)
# A session's plan may have a hundred kilobytes; a round shows three of its columns.
SHOWN_OF_SESSIONS = ("uuid", "status", "round")


def with_sessions(rows: QuerySet[Round]) -> QuerySet[Round]:
    """Sessions are of a package above; the reverse relation is all that is known of them here."""
    sessions = Round.sessions.field.model._default_manager.only(*SHOWN_OF_SESSIONS)  # noqa: SLF001
    return rows.select_related("interviewer").prefetch_related(Prefetch("sessions", queryset=sessions))


def shown_interviews(user: User) -> QuerySet[Interview]:
    """With all that is shown of them to `user`: a score that is sealed for them is none."""
    rounds = Prefetch("rounds", queryset=with_sessions(Round.objects.select_related("interview")))
    named = Interview.objects.select_related("candidate", "job", "interviewer")
    return with_shown_scores(named.prefetch_related(rounds, "decisions"), user)


class ShownOrdering(StableOrdering):
    """By what is shown: the order tells nobody a score that is hidden from them."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> Sequence[str]:
        asked = super().get_ordering(request, queryset, view)
        return [one.replace("job_fit_score", "shown_fit_score") for one in asked]


class InterviewFilter(django_filters.FilterSet):
    status = django_filters.MultipleChoiceFilter(choices=Interview.Status.choices)
    job_id = IdFilter(field_name="job_id")
    candidate_id = IdFilter(field_name="candidate_id")
    interviewer_id = IdFilter(field_name="interviewer_id")
    scheduled_after = MomentFilter(field_name="scheduled_at", lookup_expr="gte")
    scheduled_before = MomentFilter(field_name="scheduled_at", lookup_expr="lt")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = Interview
        fields: tuple[str, ...] = ()


@extend_schema_view(
    get=extend_schema(summary="List interviews"),
    post=extend_schema(
        summary="Make an interview",
        description="It belongs to the candidate's organisation. It is `invited` until something has a time.",
        examples=[EXAMPLE],
    ),
)
class Interviews(OwnedList[Interview]):
    """The interviews of one's organisations."""

    noun = "interview"
    queryset = Interview.objects.none()
    serializer_class = InterviewSerializer
    filter_backends = (Filters, ShownOrdering, filters.SearchFilter)
    filterset_class = InterviewFilter
    search_fields = ("title", "candidate__name", "job__title")
    ordering_fields = ("created_at", "scheduled_at", "decided_at", "status", "job_fit_score", "title", "id")

    def rows(self) -> QuerySet[Interview]:
        return shown_interviews(require_account(self.request))

    def perform_create(self, serializer: serializers.BaseSerializer[Interview]) -> None:
        values = dict(serializer.validated_data)
        rounds = values.pop("rounds", [])
        user = require_maker(self.request, values["candidate"].organisation_id)
        with refusals_as_errors():
            made = make_interview(values, rounds, by=user, now=timezone.now())
        serializer.instance = shown_interviews(user).get(pk=made.pk)


@extend_schema_view(
    get=extend_schema(summary="Read an interview"),
    put=extend_schema(
        summary="Change an interview",
        description="Of the status only `cancelled` can be sent, until it is over; the rounds to come are "
        "cancelled with it. Rounds that are sent stay as they are.",
        examples=[EXAMPLE],
    ),
    patch=extend_schema(
        summary="Change parts of an interview",
        examples=[OpenApiExample("Cancel it", {"status": "cancelled"}, request_only=True)],
    ),
)
class OneInterview(OwnedOne[Interview]):
    """One interview, with its rounds and what was decided last."""

    noun = "interview"
    queryset = Interview.objects.none()
    serializer_class = InterviewSerializer
    lookup_url_kwarg = "interview_id"

    def rows(self) -> QuerySet[Interview]:
        return shown_interviews(require_account(self.request))

    @extend_schema(
        summary="Delete an interview",
        description="With its rounds and decisions; one that was decided by admins only. Its sessions stay "
        "until their own retention ends. 409 `in_use` while one of them runs.",
        responses={204: None},
    )
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().delete(request, *args, **kwargs)

    def perform_update(self, serializer: serializers.BaseSerializer[Interview]) -> None:
        number = self.kwargs["interview_id"]
        with refusals_as_errors():
            change_interview(number, serializer.validated_data)
            serializer.instance = self.rows().get(pk=number)

    def perform_destroy(self, instance: Interview) -> None:
        try:
            with refusals_as_errors():
                remove_interview(instance.pk, by=require_account(self.request))
        except DecidedError as error:
            raise PermissionDenied(str(error)) from None
