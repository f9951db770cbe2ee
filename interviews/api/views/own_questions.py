"""Questions over all one's sessions, and writing, changing and removing questions of one's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django_filters
from django.db import transaction
from django.db.models import Q, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import filters, generics, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import account_of
from interviews.api.authentication import Guest
from interviews.api.entering import Entry, enter, require_somebody, sessions_seen_by
from interviews.api.serializers.conversation import MemberQuestionSerializer, QuestionSerializer
from interviews.api.serializers.questions import (
    BulkSerializer,
    ChangedQuestionSerializer,
    NewQuestionSerializer,
    changes_of,
)
from interviews.api.views.questions import visible_questions
from interviews.models import Question
from interviews.question_editing import EditingError, add_own, change_own, remove_own
from rest.errors import ApiError, NotFoundError
from rest.filters import Filters, StableOrdering
from rest.rows import find_row

BODY = {
    "session_id": "3f0c2a52-7f0e-4b1c-9a44-0d7ab1a5f7c1",
    "question_text": "Tell me about a change that went wrong, and what you did then.",
    "category": "Delivering change safely",
    "difficulty": "medium",
    "order": 1,
    "expected_points": ["Rolls back first.", "Finds the cause."],
}
EXAMPLE = OpenApiExample("One of your own", BODY, request_only=True)
STATUS_OF = {"not_found": 404}


class QuestionFilter(django_filters.FilterSet):
    type = django_filters.ChoiceFilter(field_name="kind", choices=Question.Kind.choices)
    category = django_filters.CharFilter(method="of_category", help_text="As it is shown, in any case.")
    competency = django_filters.CharFilter(lookup_expr="iexact")

    class Meta:
        model = Question
        fields = ("difficulty",)

    def of_category(self, rows: QuerySet[Question], name: str, value: str) -> QuerySet[Question]:
        return rows.filter(Q(category__iexact=value) | Q(category="", kind__iexact=value))


class Questions(generics.ListAPIView[Question]):
    """Questions of the sessions one may see; writing one of one's own."""

    queryset = Question.objects.none()
    serializer_class = MemberQuestionSerializer
    filter_backends = (Filters, StableOrdering, filters.SearchFilter)
    filterset_class = QuestionFilter
    ordering_fields = ("id", "order", "session_id", "difficulty", "created_at")
    ordering = ("session_id", "order")
    search_fields = ("text", "competency", "category")

    @extend_schema(
        summary="List questions",
        parameters=[
            OpenApiParameter("session_id", OpenApiTypes.STR, description="Id or UUID."),
            OpenApiParameter("session", OpenApiTypes.STR, description="Another name of session_id."),
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Question]:
        asked = self.request.query_params
        wanted = asked.get("session_id", "") or asked.get("session", "")
        if wanted:
            return visible_questions(enter(self.request, wanted))
        if isinstance(self.request.user, Guest):
            return visible_questions(Entry(self.request.user.session))
        mine = sessions_seen_by(self.request).values("pk")
        return Question.objects.filter(session__in=mine).select_related("session")

    def get_serializer_class(self) -> Any:
        return MemberQuestionSerializer if account_of(self.request) is not None else QuestionSerializer

    @extend_schema(
        summary="Write a question",
        description="Until somebody has opened the interview. The first of one's own takes the place of "
        "those that were drafted where nobody chose any.",
        request=NewQuestionSerializer,
        responses={201: MemberQuestionSerializer},
        examples=[EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        context = context_for(request)
        read = NewQuestionSerializer(data=request.data, context=context)
        read.is_valid(raise_exception=True)
        rows = _added([read.validated_data])
        return Response(_shown(rows[0], read.validated_data["entry"]), status.HTTP_201_CREATED)


class BulkQuestions(APIView):
    """Several questions of one's own at once."""

    @extend_schema(
        summary="Write several questions",
        description="All or none; up to fifty, of one session or of several.",
        request=BulkSerializer,
        responses={201: MemberQuestionSerializer(many=True)},
        examples=[OpenApiExample("Two", {"questions": [BODY, {**BODY, "order": 2}]}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        context = context_for(request)
        read = BulkSerializer(data=request.data, context=context)
        read.is_valid(raise_exception=True)
        wishes = read.validated_data["questions"]
        rows = _added(wishes)
        shown = [_shown(row, one["entry"]) for row, one in zip(rows, wishes, strict=True)]
        return Response(shown, status.HTTP_201_CREATED)


class OneQuestion(APIView):
    """One question; it can be changed until somebody has opened its interview."""

    @extend_schema(summary="Read a question", responses=MemberQuestionSerializer)
    def get(self, request: Request, question_id: int) -> Response:
        entry, row = _entered(request, question_id)
        return Response(_shown(row, entry))

    @extend_schema(
        summary="Change parts of a question",
        request=ChangedQuestionSerializer,
        responses=MemberQuestionSerializer,
        examples=[OpenApiExample("To the front", {"order": 1}, request_only=True)],
    )
    def patch(self, request: Request, question_id: int) -> Response:
        return self._change(request, question_id, partial=True)

    @extend_schema(
        summary="Change a question",
        description="What is left out stays, but for the text.",
        request=ChangedQuestionSerializer,
        responses=MemberQuestionSerializer,
        examples=[EXAMPLE],
    )
    def put(self, request: Request, question_id: int) -> Response:
        return self._change(request, question_id, partial=False)

    @extend_schema(
        summary="Remove a question",
        description="The later ones move up; the only one there is stays: 409 `last_question`.",
        responses={204: None},
    )
    def delete(self, request: Request, question_id: int) -> Response:
        entry, row = _entered(request, question_id)
        _require_managing(entry)
        with _refusals():
            remove_own(row)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _change(self, request: Request, question_id: int, *, partial: bool) -> Response:
        entry, row = _entered(request, question_id)
        _require_managing(entry)
        context = {**context_for(request), "session_pk": entry.session.pk}
        read = ChangedQuestionSerializer(data=request.data, partial=partial, context=context)
        read.is_valid(raise_exception=True)
        with _refusals():
            changed = change_own(row, changes_of(read.validated_data))
        return Response(_shown(changed, entry))


def context_for(request: Request) -> dict[str, Any]:
    """A candidate's link knows the session it is about."""
    own = Entry(request.user.session) if isinstance(request.user, Guest) else None
    require_somebody(request)
    return {"request": request, "own": own, "entries": {}}


@transaction.atomic
def _added(wishes: list[dict[str, Any]]) -> list[Question]:
    """The rows in the order of the wishes, session by session, all or none."""
    by_session: dict[int, list[int]] = {}
    for at, one in enumerate(wishes):
        _require_managing(one["entry"])
        by_session.setdefault(one["entry"].session.pk, []).append(at)
    found: dict[int, Question] = {}
    for _, places in sorted(by_session.items()):  # always locked in the same order
        session = wishes[places[0]]["entry"].session
        with _refusals():
            found |= dict(
                zip(places, add_own(session, [wishes[at]["question"] for at in places]), strict=True)
            )
    return [found[at] for at in range(len(wishes))]


def _entered(request: Request, question_id: int) -> tuple[Entry, Question]:
    """Raises NotFoundError for a question that the sender may not know of, yet or ever."""
    row = find_row(Question.objects.select_related("session"), question_id)
    if row is None:
        require_somebody(request)
        raise NotFoundError("question")
    try:
        entry = enter(request, str(row.session.uuid))
    except NotFoundError:
        raise NotFoundError("question") from None
    if entry.is_guest and not visible_questions(entry).filter(pk=row.pk).exists():
        raise NotFoundError("question")
    return entry, row


def _require_managing(entry: Entry) -> None:
    if not entry.may_manage:
        raise PermissionDenied("You may read this interview, but not change its questions.")


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except EditingError as error:
        raise ApiError(STATUS_OF.get(error.code, 409), error.code, error.message) from None


def _shown(row: Question, entry: Entry) -> dict[str, Any]:
    serializer = QuestionSerializer if entry.is_guest else MemberQuestionSerializer
    return dict(serializer(row).data)
