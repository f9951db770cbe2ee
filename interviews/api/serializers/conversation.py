"""What was asked, said, noted and logged."""

from typing import Any

from rest_framework import serializers

from interviews.models import Note, Question, Request, Turn
from interviews.requests import MOST_CHARS
from rest.fields import Text


class QuestionSerializer(serializers.ModelSerializer[Question]):
    """A question under the names of every kind of client."""

    session = serializers.IntegerField(source="session_id", read_only=True)
    session_id = serializers.UUIDField(source="session.uuid", read_only=True)
    question = serializers.CharField(source="text", read_only=True)
    question_text = serializers.CharField(source="text", read_only=True)
    type = serializers.CharField(source="kind", read_only=True)
    question_type = serializers.CharField(source="kind", read_only=True)
    category = serializers.SerializerMethodField(help_text="As a person named it, else the type.")
    order_number = serializers.IntegerField(source="order", read_only=True)

    class Meta:
        model = Question
        fields = (
            "id",
            "session",
            "session_id",
            "question",
            "question_text",
            "text",
            "type",
            "question_type",
            "category",
            "competency",
            "difficulty",
            "order",
            "order_number",
            "created_at",
        )
        read_only_fields = fields

    def get_category(self, question: Question) -> str:
        return question.category or question.kind


class MemberQuestionSerializer(QuestionSerializer):
    """With what a good answer holds: never for a candidate's link."""

    expected_points = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Question
        fields = (*QuestionSerializer.Meta.fields, "expected_answer", "expected_points")
        read_only_fields = fields


class AnswerWishSerializer(serializers.Serializer[Any]):
    """A typed answer."""

    user_answer = Text(
        min_length=1, max_length=5000, required=False, help_text="The answer; `answer` and `text` do as well."
    )
    answer = Text(min_length=1, max_length=5000, required=False)
    text = Text(min_length=1, max_length=5000, required=False)
    time_taken_seconds = serializers.IntegerField(
        min_value=0, max_value=86_400, required=False, allow_null=True, default=None
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = [attrs[name] for name in ("user_answer", "answer", "text") if name in attrs]
        if not given:
            raise serializers.ValidationError({"user_answer": "This field is required."})
        return {"text": given[0], "time_taken_seconds": attrs["time_taken_seconds"]}


class ReplySerializer(serializers.Serializer[Any]):
    """What the interviewer said to it."""

    kind = serializers.CharField()
    text = serializers.CharField()
    question_id = serializers.IntegerField(allow_null=True)
    question_number = serializers.IntegerField()


class GivenAnswerSerializer(serializers.Serializer[Any]):
    """A typed answer as it was taken, with how it stands now where the sender may know."""

    response_id = serializers.IntegerField()
    interview_id = serializers.UUIDField()
    question_id = serializers.IntegerField()
    question_text = serializers.CharField()
    user_answer = serializers.CharField()
    score = serializers.FloatField(allow_null=True)
    feedback = serializers.CharField(allow_blank=True)
    strengths = serializers.ListField(child=serializers.CharField())
    improvements = serializers.ListField(child=serializers.CharField())
    keywords_mentioned = serializers.ListField(child=serializers.CharField())
    time_taken_seconds = serializers.IntegerField(allow_null=True)
    answered_at = serializers.DateTimeField()
    session_status = serializers.CharField()
    reply = ReplySerializer(allow_null=True)


class TurnSerializer(serializers.ModelSerializer[Turn]):
    class Meta:
        model = Turn
        fields = (
            "id",
            "seq",
            "speaker",
            "number",
            "question_number",
            "channel",
            "kind",
            "by",
            "text",
            "correction",
            "start_ms",
            "end_ms",
            "confidence",
            "at",
        )
        read_only_fields = fields


class SaidSerializer(serializers.Serializer[Any]):
    """The candidate's turn that was taken, and the reply to it."""

    turn = TurnSerializer()
    session_status = serializers.CharField()
    reply = ReplySerializer(allow_null=True)


class StartedSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    session_id = serializers.UUIDField()
    status = serializers.CharField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    end_reason = serializers.CharField(allow_blank=True)
    reply = ReplySerializer(allow_null=True)


class TranscriptSerializer(serializers.Serializer[Any]):
    session_id = serializers.UUIDField()
    candidate_name = serializers.CharField(allow_blank=True)
    job_role = serializers.CharField(allow_blank=True)
    status = serializers.CharField()
    turns = TurnSerializer(many=True)


class EventSerializer(serializers.Serializer[Any]):
    """One row of the log. `payload` is null where it was erased; the row itself stays."""

    seq = serializers.IntegerField()
    type = serializers.CharField()
    at = serializers.DateTimeField()
    payload = serializers.DictField(allow_null=True)


class EventsSerializer(serializers.Serializer[Any]):
    session_id = serializers.UUIDField()
    seq = serializers.IntegerField(help_text="Number of the newest event in the log.")
    next_after_seq = serializers.IntegerField(
        allow_null=True, help_text="Ask again with it; null at the end."
    )
    events = EventSerializer(many=True)


class NoteSerializer(serializers.ModelSerializer[Note]):
    text = Text(min_length=1, max_length=2000)
    at_ms = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False, allow_null=True)

    class Meta:
        model = Note
        fields = ("id", "author_name", "text", "at_ms", "created_at")
        read_only_fields = ("id", "author_name", "created_at")


class RequestSerializer(serializers.ModelSerializer[Request]):
    text = Text(max_length=MOST_CHARS, required=False, allow_blank=True, default="")

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
            "answered_at",
            "answered_by_name",
        )
        read_only_fields = tuple(name for name in fields if name not in {"kind", "text"})
