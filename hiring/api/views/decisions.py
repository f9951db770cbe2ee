"""What people decide about an interview, and when they move it."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_maker
from hiring.api.owned import find_mine
from hiring.api.refusals import refusals_as_errors
from hiring.api.serializers.interviews import (
    DecisionSerializer,
    DecisionWishSerializer,
    InterviewSerializer,
    RescheduleSerializer,
)
from hiring.api.views.interviews import shown_interviews
from hiring.deciding import Move, decide, reschedule
from hiring.models import Decision, Interview, Round

DECISION = OpenApiExample(
    "On to the next round",
    {"verdict": "advance", "reason": "Clear answers, with examples."},
    request_only=True,
)
MOVE = OpenApiExample(
    "A day later",
    {"scheduled_at": "2030-02-02T10:00:00Z", "reason": "Jane travels.", "round_id": 1},
    request_only=True,
)


@extend_schema_view(get=extend_schema(summary="List an interview's decisions"))
class Decisions(generics.ListAPIView[Decision]):
    """All that was decided, newest first; the newest counts."""

    queryset = Decision.objects.none()
    serializer_class = DecisionSerializer

    def get_queryset(self) -> QuerySet[Decision]:
        interview = _find(self.request, self.kwargs["interview_id"])
        return Decision.objects.filter(interview=interview)

    @extend_schema(
        summary="Decide an interview",
        description="By admins and recruiters, with a reason. Nothing is ever decided by itself. A later "
        "decision counts instead; the former stays in the list.",
        request=DecisionWishSerializer,
        responses={201: DecisionSerializer},
        examples=[DECISION],
    )
    def post(self, request: Request, interview_id: int) -> Response:
        interview = _find(request, interview_id)
        user = require_maker(request, interview.organisation_id)
        read = DecisionWishSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        with refusals_as_errors():
            made = decide(interview.pk, **read.validated_data, by=user)
        return Response(DecisionSerializer(made).data, status.HTTP_201_CREATED)


class Reschedule(APIView):
    """Another time for an interview, and for a round of it."""

    @extend_schema(
        summary="Move an interview",
        description="To a time in the future, until it is over (409 `interview_over`, `round_over`). Every "
        "move is kept in `moves`.",
        request=RescheduleSerializer,
        responses=InterviewSerializer,
        examples=[MOVE],
    )
    def post(self, request: Request, interview_id: int) -> Response:
        interview = _find(request, interview_id)
        user = require_maker(request, interview.organisation_id)
        now = timezone.now()
        read = RescheduleSerializer(data=request.data, context={"now": now})
        read.is_valid(raise_exception=True)
        with refusals_as_errors():
            _move(interview, read.validated_data, user=user, now=now)
            shown = shown_interviews(user).get(pk=interview.pk)
        return Response(InterviewSerializer(shown, context={"request": request, "user": user}).data)


def _move(interview: Interview, values: dict[str, Any], **by: Any) -> None:
    try:
        reschedule(interview.pk, Move(**values), by=by["user"], now=by["now"])
    except Round.DoesNotExist:
        raise serializers.ValidationError({"round_id": ["There is no such round."]}) from None


def _find(request: Request, interview_id: int) -> Interview:
    return find_mine(request, Interview.objects.all(), interview_id, "interview")
