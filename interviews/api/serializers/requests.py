"""What candidates ask, as the people who answer see it."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from interviews.api.serializers.me import AccommodationsSerializer
from interviews.models import Request
from interviews.requests import MOST_CHARS
from rest.fields import Text


class CandidateRequestSerializer(serializers.ModelSerializer[Request]):
    """A candidate's request. Without contacts (the observer's role) its words are `null`."""

    text = serializers.SerializerMethodField()
    answer = serializers.SerializerMethodField()
    is_overdue = serializers.SerializerMethodField()
    session_id = serializers.UUIDField(source="session.uuid", read_only=True)
    session_status = serializers.CharField(source="session.status", read_only=True)
    candidate_name = serializers.CharField(source="session.candidate_name", read_only=True)
    job_role = serializers.CharField(source="session.job_role", read_only=True)
    interview_id = serializers.IntegerField(
        source="session.round.interview_id", read_only=True, default=None, allow_null=True
    )

    class Meta:
        model = Request
        fields = (
            "id",
            "kind",
            "text",
            "status",
            "answer",
            "created_at",
            "due_at",
            "is_overdue",
            "answered_at",
            "answered_by",
            "answered_by_name",
            "session_id",
            "session_status",
            "candidate_name",
            "job_role",
            "interview_id",
        )
        read_only_fields = fields

    def get_text(self, request: Request) -> str | None:
        return request.text if self._may_read(request) else None

    def get_answer(self, request: Request) -> str | None:
        return request.answer if self._may_read(request) else None

    def get_is_overdue(self, request: Request) -> bool:
        is_open = request.status == Request.Status.OPEN
        return is_open and request.due_at is not None and request.due_at < timezone.now()

    def _may_read(self, request: Request) -> bool:
        return request.session.organisation_id not in self.context["unreachable"]


class RequestAnswerSerializer(serializers.Serializer[Any]):
    """What the candidate is told, and what makes the interview easier for them."""

    answer = Text(min_length=1, max_length=MOST_CHARS)
    accommodations = AccommodationsSerializer(
        required=False, help_text="Given to the interview at once; for a request of that kind."
    )
