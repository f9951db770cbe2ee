"""Skill gaps: drawn from an interview's evaluation, listed over all that one may see, and by skill."""

from typing import Any

import django_filters
from django.db.models import Avg, Count, Q, QuerySet
from django.db.models.functions import Round
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import account_of
from interviews.api.authentication import Guest
from interviews.api.entering import Entry, enter, sessions_seen_by
from interviews.api.serializers.skill_gaps import (
    SkillGapSerializer,
    SkillGapsSerializer,
    SkillSerializer,
)
from interviews.dashboard.gaps import current_gaps
from interviews.kept_evaluations import may_evaluate
from interviews.models import Session, SkillGap
from interviews.sealing import seal_for, sealed_for
from rest.errors import ApiError
from rest.filters import Filters, IdFilter, MomentFilter, StableOrdering


class SkillGapFilter(django_filters.FilterSet):
    severity = django_filters.MultipleChoiceFilter(choices=SkillGap.Severity.choices)
    skill = django_filters.CharFilter(lookup_expr="iexact")
    session_id = django_filters.UUIDFilter(field_name="session__uuid")
    job_id = IdFilter(field_name="session__job_id")
    candidate_id = IdFilter(field_name="session__candidate_id")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = SkillGap
        fields: tuple[str, ...] = ()


class SkillGaps(generics.ListAPIView[SkillGap]):
    """The skill gaps of all interviews one may see. A candidate's link shows those of its practice."""

    queryset = SkillGap.objects.none()
    serializer_class = SkillGapSerializer
    filter_backends = (Filters, StableOrdering)
    filterset_class = SkillGapFilter
    ordering_fields = ("created_at", "score", "skill", "id")
    ordering = ("-created_at", "id")

    def get_queryset(self) -> QuerySet[SkillGap]:
        return _gaps_of(self.request).select_related("session")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "is_guest": isinstance(self.request.user, Guest)}

    @extend_schema(summary="List skill gaps", responses=SkillGapSerializer(many=True))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class Skills(generics.ListAPIView[SkillGap]):
    """Which skills fell short, in how many interviews, the most frequent first; filters as of the list."""

    queryset = SkillGap.objects.none()
    serializer_class = SkillSerializer
    filter_backends = (Filters,)
    filterset_class = SkillGapFilter

    def get_queryset(self) -> QuerySet[SkillGap]:
        return _gaps_of(self.request).order_by()

    def filter_queryset(self, queryset: Any) -> Any:
        counted = {one: Count("pk", filter=Q(severity=one)) for one in SkillGap.Severity.values}
        average = Round(Avg("score"), precision=2)
        skills = super().filter_queryset(queryset).values("skill")
        return skills.annotate(n=Count("pk"), average_score=average, **counted).order_by("-n", "skill")

    @extend_schema(
        operation_id="skill_gaps_summary_list",
        summary="Count skill gaps by skill",
        responses=SkillSerializer(many=True),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class AnalyzeSkillGaps(APIView):
    """Draws the skill gaps of an interview that is over from its evaluation; again, they are replaced."""

    @extend_schema(summary="Analyse an interview's skill gaps", request=None, responses=SkillGapsSerializer)
    def post(self, request: Request, reference: str) -> Response:
        entry = _enter(request, reference)
        if not (entry.is_guest or entry.may_command):
            raise PermissionDenied("Your role may read this, but not change it.")
        if not entry.session.is_over:
            raise ApiError(409, "not_over", "There are skill gaps once the interview is over.")
        if not may_evaluate(entry.session):
            raise ApiError(409, "not_agreed", "The candidate did not agree to an evaluation by a program.")
        return _told(entry)


class InterviewSkillGaps(APIView):
    """The skill gaps of one interview; none before it is over, or without consent to an evaluation."""

    @extend_schema(summary="Read an interview's skill gaps", responses=SkillGapsSerializer)
    def get(self, request: Request, reference: str) -> Response:
        return _told(_enter(request, reference))


def _gaps_of(request: Request) -> QuerySet[SkillGap]:
    """Raises NotAuthenticated, and PermissionDenied for a candidate who is interviewed for a job."""
    if isinstance(request.user, Guest):
        _require_practice(request.user.session)
    gaps = SkillGap.objects.filter(session__in=sessions_seen_by(request).order_by().values("pk"))
    user = account_of(request)
    return gaps if user is None else gaps.exclude(sealed_for(user, "session__"))


def _enter(request: Request, reference: str) -> Entry:
    entry = enter(request, reference)
    if entry.is_guest:
        _require_practice(entry.session)
    return entry


def _require_practice(session: Session) -> None:
    if session.purpose != Session.Purpose.PRACTICE:
        raise PermissionDenied("In a hiring interview people read this first, and decide.")


def _told(entry: Entry) -> Response:
    gaps = [] if seal_for(entry.user, entry.session).hides_whole else current_gaps(entry.session)
    told = {
        "interview_id": entry.session.uuid,
        "session_id": entry.session.pk,
        "total": len(gaps),
        "skill_gaps": gaps,
    }
    return Response(SkillGapsSerializer(told, context={"is_guest": entry.is_guest}).data)
