"""The questions of a session, typed answers to them, and the built-in bank."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from interviews.access import watchable_sessions
from interviews.api.authentication import Guest
from interviews.api.conflicts import refusals_as_errors
from interviews.api.entering import Entry, account_of, enter, require_account
from interviews.api.errors import NotFoundError
from interviews.api.pagination import Pages
from interviews.api.serializers.conversation import (
    AnswerWishSerializer,
    GivenAnswerSerializer,
    MemberQuestionSerializer,
    QuestionSerializer,
)
from interviews.api.views.replies import describe_reply
from interviews.bank import BankQuestion, find_questions
from interviews.conversing import answer_question, rows_by_number
from interviews.evaluating import evaluate_question, read_session
from interviews.models import Question, Session, Turn
from interviews.results import may_see_scores, words_of


def _visible(entry: Entry) -> QuerySet[Question]:
    """A candidate sees a question when it has been asked; practice holds no surprise."""
    session = entry.session
    rows = session.questions.order_by("order")
    if not entry.is_guest or session.purpose == Session.Purpose.PRACTICE:
        return rows
    story = read_session(session)
    placed = rows_by_number(session, story)
    return rows.filter(pk__in=[placed[number].pk for number in story.asked if number in placed])


class SessionQuestions(generics.ListAPIView[Question]):
    """The questions of one session, in order."""

    queryset = Question.objects.none()
    serializer_class = MemberQuestionSerializer

    def get_queryset(self) -> QuerySet[Question]:
        self.entry = enter(self.request, self.kwargs["reference"])
        return _visible(self.entry)

    def get_serializer_class(self) -> Any:
        entry = getattr(self, "entry", None)
        return QuestionSerializer if entry is not None and entry.is_guest else MemberQuestionSerializer


class Questions(generics.ListAPIView[Question]):
    """Questions of the sessions one may see."""

    queryset = Question.objects.none()
    serializer_class = MemberQuestionSerializer

    @extend_schema(parameters=[OpenApiParameter("session_id", OpenApiTypes.STR, description="Id or UUID.")])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Question]:
        wanted = self.request.query_params.get("session_id", "")
        if wanted:
            return _visible(enter(self.request, wanted))
        if isinstance(self.request.user, Guest):
            return _visible(Entry(self.request.user.session))
        user = account_of(self.request)
        if user is None:
            raise NotAuthenticated("Please sign in, or use the link you were sent.")
        mine = watchable_sessions(user).values("pk")
        return Question.objects.filter(session__in=mine).order_by("session_id", "order")

    def get_serializer_class(self) -> Any:
        return MemberQuestionSerializer if account_of(self.request) is not None else QuestionSerializer


class Answer(APIView):
    """A typed answer to one question; the interviewer answers it."""

    @extend_schema(request=AnswerWishSerializer, responses={201: GivenAnswerSerializer})
    def post(self, request: Request, reference: str, question_id: int) -> Response:
        entry = enter(request, reference)
        if not entry.may_answer:
            raise PermissionDenied("You may watch this interview, but not speak for the candidate.")
        question = _question(entry, question_id)
        read = AnswerWishSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        wish = read.validated_data
        with refusals_as_errors():
            turn = answer_question(
                entry.session,
                question,
                text=wish["text"],
                seconds=wish["time_taken_seconds"],
                user=entry.user,
            )
        given = {**_judged(entry, turn), **_facts(entry, question, turn, wish)}
        return Response(GivenAnswerSerializer(given).data, status.HTTP_201_CREATED)


def _question(entry: Entry, question_id: int) -> Question:
    found = entry.session.questions.filter(pk=question_id).first() if question_id < 2**63 else None
    if found is None:
        raise NotFoundError("question in this interview")
    return found


def _facts(entry: Entry, question: Question, turn: Turn, wish: dict[str, Any]) -> dict[str, Any]:
    return {
        "response_id": turn.pk,
        "interview_id": entry.session.uuid,
        "question_id": question.pk,
        "question_text": question.text,
        "user_answer": wish["text"],
        "time_taken_seconds": wish["time_taken_seconds"],
        "answered_at": turn.at,
        "session_status": entry.session.status,
        "reply": describe_reply(entry.session, turn.seq),
    }


def _judged(entry: Entry, turn: Turn) -> dict[str, Any]:
    shows = may_see_scores(entry.session, is_guest=entry.is_guest)
    judged = evaluate_question(entry.session, turn.question_number) if shows else None
    return {
        "score": judged.score if judged else None,
        **words_of(judged, is_guest=entry.is_guest),
        "keywords_mentioned": list(judged.keywords) if judged else [],
    }


class BankQuestionSerializer(serializers.Serializer[Any]):
    """One question of the built-in bank."""

    key = serializers.CharField(source="question.key")
    role = serializers.CharField()
    level = serializers.CharField(source="question.difficulty")
    type = serializers.CharField(source="question.kind")
    competency = serializers.CharField(source="question.competency")
    question_text = serializers.CharField(source="question.text")
    expected_points = serializers.SerializerMethodField()
    follow_ups = serializers.ListField(source="question.follow_ups", child=serializers.CharField())
    anchors = serializers.DictField(source="question.anchors", child=serializers.CharField())

    def get_expected_points(self, entry: BankQuestion) -> list[str]:
        return [point.text for point in entry.question.expected_points]


class QuestionBank(generics.GenericAPIView[Any]):
    """The built-in questions, for people with an account: they hold what a good answer says."""

    queryset = Question.objects.none()
    serializer_class = BankQuestionSerializer
    pagination_class = Pages

    @extend_schema(
        parameters=[
            OpenApiParameter(name, OpenApiTypes.STR, description="Exactly this one, in any case.")
            for name in ("role", "level", "type", "competency")
        ],
        responses=BankQuestionSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        require_account(request)
        wanted = {name: request.query_params.get(name) or None for name in ("role", "level", "competency")}
        found = find_questions(kind=request.query_params.get("type") or None, **wanted)
        page: Any = self.paginate_queryset(found)
        return self.get_paginated_response(BankQuestionSerializer(page, many=True).data)
