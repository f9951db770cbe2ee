"""Practice interviews in the simulator's shapes: made, answered, completed and scored by their owner."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_account
from accounts.models import User
from interviews.access import find_session
from interviews.api.conflicts import refusals_as_errors
from interviews.api.serializers.conversation import AnswerWishSerializer, GivenAnswerSerializer
from interviews.api.serializers.results import ResultsSerializer, ScoreSerializer
from interviews.api.serializers.simulator import (
    ListedPracticeSerializer,
    PracticeCompletedSerializer,
    PracticeSerializer,
    PracticeWishSerializer,
)
from interviews.api.views.outcome import SUMMARY_WISH, Results, Score
from interviews.api.views.questions import Answer
from interviews.conversing import end, start
from interviews.models import Session
from interviews.refusals import RefusedError
from interviews.results import overall_scores
from interviews.sessions import Owner, SessionWish, create_session
from rest.errors import NotFoundError
from rest.pagination import Pages

HELD = (Session.Status.IN_PROGRESS, Session.Status.COMPLETED, Session.Status.ABANDONED)
LONGEST_MINUTES = 180  # these clients know no clock: the longest there is keeps time from ending the talk


def own_interviews(user: User) -> QuerySet[Session]:
    """The practice of one account that has begun; what was only made, or called off, stands in sessions."""
    return Session.objects.filter(owner=user, purpose=Session.Purpose.PRACTICE, status__in=HELD)


def own_interview(request: Request, reference: str) -> Session:
    """By UUID or number. Raises NotAuthenticated, PermissionDenied, NotFoundError."""
    user = require_account(request)
    found = find_session(reference)
    if found is None or not own_interviews(user).filter(pk=found.pk).exists():
        raise NotFoundError("interview")
    return found


class InterviewPages(Pages):
    page_size = 100

    def get_paginated_response(self, data: Any) -> Response:
        page: Any = self.page
        return Response(
            {
                "total": page.paginator.count,
                "interviews": data,
                "next": self.get_next_link(),
                "previous": self.get_previous_link(),
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        total = {"type": "integer", "description": "How many there are on all pages."}
        return {
            "type": "object",
            "required": ["total", "interviews", "next", "previous"],
            "properties": {"total": total, "interviews": schema, "next": link, "previous": link},
        }


class CreateInterview(APIView):
    """A practice interview on questions of the bank. It begins at once, typed; a voice may take it up."""

    @extend_schema(
        summary="Make and begin a practice interview",
        request=PracticeWishSerializer,
        responses={201: PracticeSerializer},
        examples=[
            OpenApiExample(
                "Three questions",
                {
                    "job_role": "Python Developer",
                    "difficulty": "intermediate",
                    "num_questions": 3,
                    "question_type": "mixed",
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        user = require_account(request)
        read = PracticeWishSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        wish = SessionWish(
            **read.validated_data,
            candidate_name=user.display_name,
            purpose=Session.Purpose.PRACTICE.value,
            duration_minutes=LONGEST_MINUTES,
        )
        session, _ = create_session(
            wish, now=timezone.now(), owner=Owner(user=user), retention_days=settings.RETENTION_DAYS
        )
        with refusals_as_errors():
            _begin(session, user)
        return Response(PracticeSerializer(session).data, status.HTTP_201_CREATED)


def _begin(session: Session, user: User) -> None:
    try:
        start(session, consent=None, user=user)
    except RefusedError:
        session.delete()  # the client knows nothing of it and will ask for another
        raise


class Interviews(generics.ListAPIView[Session]):
    """The practice interviews of one's own, the newest first."""

    queryset = Session.objects.none()
    serializer_class = ListedPracticeSerializer
    pagination_class = InterviewPages

    def get_queryset(self) -> QuerySet[Session]:
        user = require_account(self.request)
        return own_interviews(user).select_related("job").order_by("-created_at", "-id")

    @extend_schema(
        operation_id="interview_list",
        summary="List one's practice interviews",
        description="The newest hundred, unless `page` and `page_size` say otherwise.",
        responses=ListedPracticeSerializer(many=True),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page: Sequence[Session] = self.paginate_queryset(self.get_queryset()) or []
        context = {**self.get_serializer_context(), "scores": overall_scores(page)}
        return self.get_paginated_response(ListedPracticeSerializer(page, many=True, context=context).data)


class OneInterview(APIView):
    """One practice interview with its questions."""

    @extend_schema(summary="Read a practice interview", responses=PracticeSerializer)
    def get(self, request: Request, reference: str) -> Response:
        return Response(PracticeSerializer(own_interview(request, reference)).data)


class CompleteInterview(APIView):
    """Ends the interview; asking again is answered alike."""

    @extend_schema(
        summary="Complete a practice interview", request=None, responses=PracticeCompletedSerializer
    )
    def patch(self, request: Request, reference: str) -> Response:
        session = own_interview(request, reference)
        with refusals_as_errors():
            _complete(session, require_account(request))
        facts = {
            "interview_id": session.uuid,
            "status": session.status,
            "message": "Interview completed successfully",
            "completed_at": session.ended_at,
        }
        return Response(PracticeCompletedSerializer(facts).data)


def _complete(session: Session, user: User) -> None:
    try:
        end(session, user=user, is_guest=False)
    except RefusedError:
        session.refresh_from_db()  # another request may have been first
        if session.status != Session.Status.COMPLETED:
            raise


class InterviewAnswer(Answer):
    """A typed answer to one question, with how it stands now."""

    @extend_schema(
        summary="Answer a question of a practice interview",
        request=AnswerWishSerializer,
        responses={201: GivenAnswerSerializer},
        examples=[
            OpenApiExample(
                "An answer",
                {"user_answer": "A generator yields one item at a time.", "time_taken_seconds": 120},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, reference: str, question_id: int) -> Response:
        own_interview(request, reference)
        return super().post(request, reference, question_id)


class InterviewResults(Results):
    """Every answer of a practice interview with its score."""

    @extend_schema(summary="Read the results of a practice interview", responses=ResultsSerializer)
    def get(self, request: Request, reference: str) -> Response:
        own_interview(request, reference)
        return super().get(request, reference)


class InterviewScore(Score):
    """The score of a practice interview by question, category and competency."""

    @extend_schema(
        summary="Read the score of a practice interview",
        parameters=[SUMMARY_WISH],
        responses=ScoreSerializer,
    )
    def get(self, request: Request, reference: str) -> Response:
        own_interview(request, reference)
        return super().get(request, reference)
