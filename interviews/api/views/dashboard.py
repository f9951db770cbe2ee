"""Figures over many interviews, for the people of an organisation whatever their role."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_account
from interviews.api.serializers.dashboard import (
    DashboardSerializer,
    DashboardStatsSerializer,
    DashboardWishSerializer,
)
from interviews.dashboard.appointments import coming, count_by_status, count_this_week
from interviews.dashboard.quality import Quality, quality_of
from interviews.dashboard.queries import (
    count_active,
    count_funnel,
    count_groups,
    count_progress,
    count_stops,
)
from interviews.dashboard.scope import Scope, readable_organisations
from interviews.sealing import seals_what_is_over


class Dashboard(APIView):
    """Completion rate, scores, what is under way, the funnel, and where candidates leave.

    Of what was made within the period, by one's organisations.
    """

    @extend_schema(
        summary="Read the dashboard",
        parameters=[DashboardWishSerializer],
        responses=DashboardSerializer,
    )
    def get(self, request: Request) -> Response:
        user = require_account(request)
        read = DashboardWishSerializer(data=request.query_params.dict())
        read.is_valid(raise_exception=True)
        wish = read.validated_data
        organisations = readable_organisations(user)
        scope = Scope(
            organisations=organisations,
            since=wish["from"],
            until=wish["to"],
            job_id=wish.get("job_id"),
            purpose=wish["purpose"],
            reader=user if seals_what_is_over(organisations) else None,  # running ones have no kept score
        )
        return Response(DashboardSerializer(_figures(scope, wish["group_by"])).data)


def _figures(scope: Scope, group_by: Any) -> dict[str, Any]:
    progress = count_progress(scope)
    return {
        "since": scope.since,
        "until": scope.until,
        "purpose": scope.purpose,
        "job_id": scope.job_id,
        "progress": progress,
        "active_sessions": count_active(scope),
        "funnel": {"sessions": progress, "interviews": count_funnel(scope)},
        "drop_off": count_stops(scope),
        "group_by": group_by,
        "groups": count_groups(scope, group_by),
        **_named(quality_of(scope)),
    }


def _named(quality: Quality) -> dict[str, Any]:
    return {
        "sampled_sessions": quality.sampled,
        "scores": quality.scores,
        "minutes": quality.minutes,
        "questions": quality.questions,
        "agreement": quality.agreement,
        "latency_ms": quality.latency,
        "reliability": quality.reliability,
    }


class DashboardStats(APIView):
    """How many interviews stand where, and which come next: what a coordinator sees first."""

    @extend_schema(summary="Read a coordinator's overview", responses=DashboardStatsSerializer)
    def get(self, request: Request) -> Response:
        organisations = readable_organisations(require_account(request))
        now = timezone.now()
        counted = count_by_status(organisations)
        told = {
            "total": sum(counted.values()),
            **counted,
            "this_week": count_this_week(organisations, now=now),
            "upcoming": coming(organisations, now=now),
        }
        return Response(DashboardStatsSerializer(told).data)
