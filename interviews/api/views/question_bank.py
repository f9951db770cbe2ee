"""The built-in bank, to look questions up in."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.people import require_account
from interviews.api.serializers.sessions import EASY_WORDS
from interviews.bank import BankQuestion, find_questions
from interviews.models import Question
from rest.pagination import Pages


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
        summary="Look into the bank",
        parameters=[
            OpenApiParameter(name, OpenApiTypes.STR, description="Exactly this one, in any case.")
            for name in ("role", "level", "type", "competency")
        ]
        + [OpenApiParameter("search", OpenApiTypes.STR, description="Words that the question holds.")],
        responses=BankQuestionSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        require_account(request)
        asked = request.query_params
        level = asked.get("level") or None
        found = find_questions(
            role=asked.get("role") or None,
            level=EASY_WORDS.get(level.lower(), level) if level else None,
            kind=asked.get("type") or None,
            competency=asked.get("competency") or None,
        )
        page: Any = self.paginate_queryset(_holding(asked.get("search", ""), found))
        return self.get_paginated_response(BankQuestionSerializer(page, many=True).data)


def _holding(words: str, found: Sequence[BankQuestion]) -> list[BankQuestion]:
    wanted = words.casefold().split()
    return [one for one in found if all(word in one.question.text.casefold() for word in wanted)]
