"""Interviewers: listed, made, read, changed, deleted."""

from typing import Any

import django_filters
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from hiring.api.owned import OwnedList, OwnedOne
from hiring.api.serializers.interviewers import InterviewerSerializer
from hiring.models import Interviewer
from rest.filters import IdFilter

EXAMPLE = OpenApiExample(
    "A person", {"name": "John Doe", "email": "john@example.com", "user": None}, request_only=True
)


class InterviewerFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(lookup_expr="icontains")
    email = django_filters.CharFilter(lookup_expr="iexact")
    user = IdFilter(field_name="user_id")

    class Meta:
        model = Interviewer
        fields: tuple[str, ...] = ()


@extend_schema_view(
    get=extend_schema(summary="List interviewers"),
    post=extend_schema(summary="Make an interviewer", examples=[EXAMPLE]),
)
class Interviewers(OwnedList[Interviewer]):
    """The interviewers of one's organisations."""

    noun = "interviewer"
    queryset = Interviewer.objects.all()
    serializer_class = InterviewerSerializer
    filterset_class = InterviewerFilter
    search_fields = ("name", "email")


@extend_schema_view(
    get=extend_schema(summary="Read an interviewer"),
    put=extend_schema(summary="Change an interviewer", examples=[EXAMPLE]),
    patch=extend_schema(summary="Change parts of an interviewer", examples=[EXAMPLE]),
)
class OneInterviewer(OwnedOne[Interviewer]):
    """One interviewer."""

    noun = "interviewer"
    queryset = Interviewer.objects.select_related("organisation")
    serializer_class = InterviewerSerializer
    lookup_url_kwarg = "interviewer_id"

    @extend_schema(
        summary="Delete an interviewer",
        description="Interviews, rounds and sessions they were responsible for stay, without anybody.",
        responses={204: None},
    )
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().delete(request, *args, **kwargs)
