"""Practice interviews under the names that the simulator's clients know."""

from typing import Any

from rest_framework import serializers

from interviews.models import Question, Session
from rest.fields import Choice, Text

LEVELS = ("beginner", "intermediate", "advanced")
KINDS = ("technical", "behavioral", "mixed")


class PracticeWishSerializer(serializers.Serializer[Any]):
    """What makes a practice interview; it begins at once."""

    job_role = Text(min_length=2, max_length=100)
    difficulty = Choice(LEVELS, default="intermediate")
    num_questions = serializers.IntegerField(min_value=1, max_value=10, default=5)
    question_type = Choice(KINDS, default="mixed")


class PracticeQuestionSerializer(serializers.ModelSerializer[Question]):
    question = serializers.CharField(source="text")
    type = serializers.CharField(source="kind")
    expected_points = serializers.ListField(
        child=serializers.CharField(), help_text="What a good answer holds; it is practice."
    )
    order_number = serializers.IntegerField(source="order")

    class Meta:
        model = Question
        fields = ("id", "question", "type", "difficulty", "expected_points", "order_number")
        read_only_fields = fields


class PracticeSerializer(serializers.ModelSerializer[Session]):
    interview_id = serializers.UUIDField(source="uuid")
    total_questions = serializers.IntegerField(source="num_questions")
    questions = PracticeQuestionSerializer(many=True)
    status = serializers.CharField(help_text="in_progress, completed or abandoned.")

    class Meta:
        model = Session
        fields = (
            "interview_id",
            "job_role",
            "difficulty",
            "question_type",
            "total_questions",
            "questions",
            "status",
            "created_at",
        )
        read_only_fields = fields


class ListedPracticeSerializer(serializers.ModelSerializer[Session]):
    interview_id = serializers.UUIDField(source="uuid")
    total_questions = serializers.IntegerField(source="num_questions")
    status = serializers.CharField(help_text="in_progress, completed or abandoned.")
    overall_score = serializers.SerializerMethodField()

    class Meta:
        model = Session
        fields = (
            "interview_id",
            "job_role",
            "difficulty",
            "total_questions",
            "status",
            "overall_score",
            "created_at",
        )
        read_only_fields = fields

    def get_overall_score(self, session: Session) -> float | None:
        """0 to 100; null until the interview is over, and where nothing is scored."""
        scores: dict[int, float | None] = self.context.get("scores", {})
        return scores.get(session.pk)


class PracticeCompletedSerializer(serializers.Serializer[Any]):
    interview_id = serializers.UUIDField()
    status = serializers.CharField()
    message = serializers.CharField()
    completed_at = serializers.DateTimeField(allow_null=True)
