"""Results and score, under the names that the practice clients know."""

from typing import Any

from rest_framework import serializers


class _Texts(serializers.ListField):
    child = serializers.CharField()


class FrameSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    session_id = serializers.UUIDField()
    interview_id = serializers.UUIDField()
    job_role = serializers.CharField(allow_blank=True)
    difficulty = serializers.CharField()
    status = serializers.CharField()
    overall_score = serializers.FloatField(
        allow_null=True, help_text="0 to 100; null where nothing is scored."
    )
    overall_as_overridden = serializers.FloatField(
        allow_null=True,
        help_text="What it comes to with what people set instead; null where nobody did.",
    )
    total_questions = serializers.IntegerField()
    answered = serializers.IntegerField()
    is_evaluated = serializers.BooleanField(help_text="Whether the candidate agreed to an evaluation.")
    is_sealed = serializers.BooleanField(
        help_text="Scores are hidden until one has rated: an answer, or with number 0 the whole."
    )


class ResponseSerializer(serializers.Serializer[Any]):
    response_id = serializers.IntegerField(allow_null=True)
    question_id = serializers.IntegerField()
    question_text = serializers.CharField()
    question_type = serializers.CharField()
    order_number = serializers.IntegerField()
    user_answer = serializers.CharField(allow_blank=True)
    score = serializers.FloatField(allow_null=True)
    status = serializers.CharField(help_text="scored, not_scorable, or answered where no score is shown.")
    feedback = serializers.CharField(allow_blank=True)
    strengths = _Texts()
    improvements = _Texts()
    time_taken_seconds = serializers.IntegerField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)


class ResultsSerializer(FrameSerializer):
    responses = ResponseSerializer(many=True)
    created_at = serializers.DateTimeField()
    completed_at = serializers.DateTimeField(allow_null=True)


class PerformanceSerializer(serializers.Serializer[Any]):
    """85 excellent, 70 good, 50 average, below: poor."""

    level = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # (a serializer has a label of its own)
    message = serializers.CharField()
    color = serializers.CharField()


class CategoryScoreSerializer(serializers.Serializer[Any]):
    category = serializers.CharField()
    average_score = serializers.FloatField(allow_null=True)
    total_questions = serializers.IntegerField()
    answered = serializers.IntegerField()


class CompetencyScoreSerializer(serializers.Serializer[Any]):
    competency = serializers.CharField()
    score = serializers.FloatField(allow_null=True)
    anchor = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()


class CriterionSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    weight = serializers.IntegerField()
    score = serializers.FloatField(allow_null=True, help_text="null: not judged.")
    note = serializers.CharField(allow_blank=True)


class SetInsteadSerializer(serializers.Serializer[Any]):
    """What a person set; the program's own stands beside it, unchanged."""

    outcome = serializers.CharField(help_text="score or not_scorable.")
    score = serializers.IntegerField(allow_null=True, help_text="On the anchors, 1 to 5.")
    reason = serializers.CharField()
    author_name = serializers.CharField()
    made_at = serializers.DateTimeField()


class OverriddenSerializer(serializers.Serializer[Any]):
    """What the scores come to with that: an anchor 1 to 5 counts as 0, 25, 50, 75, 100 in the overall."""

    overall_score = serializers.FloatField(allow_null=True)
    performance = PerformanceSerializer(allow_null=True)
    scored = serializers.IntegerField(help_text="Answers that it rests on.")
    competency_scores = CompetencyScoreSerializer(many=True)


class QuestionScoreSerializer(serializers.Serializer[Any]):
    question_id = serializers.IntegerField()
    question_text = serializers.CharField()
    question_type = serializers.CharField()
    order_number = serializers.IntegerField()
    score = serializers.FloatField(allow_null=True)
    status = serializers.CharField()
    criteria = CriterionSerializer(many=True)
    anchor = serializers.IntegerField(allow_null=True)
    feedback = serializers.CharField(allow_blank=True)
    strengths = _Texts()
    improvements = _Texts()
    answered = serializers.BooleanField()
    override = SetInsteadSerializer(allow_null=True)
    is_sealed = serializers.BooleanField(help_text="Hidden until one has rated this answer.")
    gist = serializers.CharField(allow_blank=True, help_text="What was said, in short. For members.")
    judgements = serializers.ListField(
        child=serializers.FloatField(allow_null=True),
        help_text="Every score, where it was judged more than once. For members.",
    )
    is_disputed = serializers.BooleanField(help_text="More than one anchor apart: a person should look.")
    attention = _Texts(help_text="Why a person should look at it. For members.")
    quotes_struck = serializers.IntegerField(help_text="Quotes of the evaluator that nobody said.")
    model = serializers.CharField(allow_blank=True, help_text="Empty where no language model judged.")


class ScoreSerializer(FrameSerializer):
    performance = PerformanceSerializer(allow_null=True)
    skipped = serializers.IntegerField()
    completion_rate = serializers.FloatField()
    category_scores = CategoryScoreSerializer(many=True)
    competency_scores = CompetencyScoreSerializer(many=True)
    job_fit_score = serializers.FloatField(
        allow_null=True,
        help_text="Over the job's assessed competencies; null without a job, or for candidates.",
    )
    question_scores = QuestionScoreSerializer(many=True)
    overall_summary = serializers.CharField(allow_null=True)
    top_strengths = _Texts()
    top_improvements = _Texts()
    overridden = OverriddenSerializer(allow_null=True, help_text="null where nobody overrode anything.")
    notes = _Texts(help_text="How it was scored, and what was not judged.")
    is_provisional = serializers.BooleanField()
    started_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
