"""The questions of a session, and typed answers to them."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from interviews.api.conflicts import refusals_as_errors
from interviews.api.entering import Entry, enter, require_candidate
from interviews.api.serializers.conversation import (
    AnswerWishSerializer,
    GivenAnswerSerializer,
    MemberQuestionSerializer,
    QuestionSerializer,
)
from interviews.api.views.replies import describe_reply
from interviews.conversing import answer_question, rows_by_number
from interviews.evaluating import evaluate_question, read_session
from interviews.models import Question, Session, Turn
from interviews.results import may_see_scores, words_of
from interviews.sealing import seal_for
from rest.errors import NotFoundError
from rest.rows import find_row


def visible_questions(entry: Entry) -> QuerySet[Question]:
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
        return visible_questions(self.entry)

    def get_serializer_class(self) -> Any:
        entry = getattr(self, "entry", None)
        return QuestionSerializer if entry is not None and entry.is_guest else MemberQuestionSerializer


class Answer(APIView):
    """A typed answer to one question; the interviewer answers it."""

    @extend_schema(request=AnswerWishSerializer, responses={201: GivenAnswerSerializer})
    def post(self, request: Request, reference: str, question_id: int) -> Response:
        entry = enter(request, reference)
        require_candidate(entry)
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
    found = find_row(entry.session.questions.all(), question_id)
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
    number = turn.question_number
    is_sealed = seal_for(entry.user, entry.session).hides(number)
    shows = may_see_scores(entry.session, is_guest=entry.is_guest) and not is_sealed
    judged = evaluate_question(entry.session, number) if shows else None
    return {
        "score": judged.score if judged else None,
        **words_of(judged, is_guest=entry.is_guest),
        "keywords_mentioned": list(judged.keywords) if judged else [],
    }
