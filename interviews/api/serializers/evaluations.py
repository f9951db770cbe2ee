"""Runs of the evaluation of a session, and what one says differently from another."""

from typing import Any

from rest_framework import serializers

MOST_QUESTIONS = 99  # more than any plan has, with all that people may put in


class EvaluationWishSerializer(serializers.Serializer[Any]):
    """What is to be judged again, and against what."""

    numbers = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MOST_QUESTIONS),
        required=False,
        default=list,
        max_length=MOST_QUESTIONS,
        help_text="The questions whose answers are judged again; all when left out.",
    )
    evaluator = serializers.ChoiceField(
        choices=["usual", "words"],
        default="usual",
        help_text="usual: whatever judges here; words: without a language model.",
    )
    rubric = serializers.ChoiceField(
        choices=["asked", "bank"],
        default="asked",
        help_text="asked: the points and anchors of the session; bank: those that the bank holds now.",
    )
    in_background = serializers.BooleanField(
        default=False, help_text="Answer 202 at once; the run is listed when it is done."
    )


class _Pair(serializers.ListField):
    """Before and after."""

    min_length = max_length = 2


class _Numbers(_Pair):
    child = serializers.FloatField(allow_null=True)


class _Names(_Pair):
    child = serializers.CharField(allow_blank=True)


class _Texts(serializers.ListField):
    child = serializers.CharField()


class MadeWithSerializer(serializers.Serializer[Any]):
    evaluator = serializers.CharField()
    version = serializers.CharField()
    model = serializers.CharField(allow_blank=True)
    prompt_version = serializers.CharField(allow_blank=True)
    rubric_digest = serializers.CharField(allow_blank=True)


class AnswerChangeSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    is_changed = serializers.BooleanField()
    made_with = serializers.ListField(child=MadeWithSerializer(), min_length=2, max_length=2)
    status = _Names()
    score = _Numbers()
    anchor = _Numbers()
    score_change = serializers.FloatField(allow_null=True)
    anchor_change = serializers.IntegerField(allow_null=True)
    points_gained = _Texts()
    points_lost = _Texts()
    quotes_gained = _Texts()
    quotes_lost = _Texts()


class ChangesSerializer(serializers.Serializer[Any]):
    """Pairs are before and after."""

    overall_score = _Numbers(source="overall")
    overall_change = serializers.FloatField(allow_null=True)
    level = _Names()
    job_fit_score = _Numbers(source="job_fit")
    changed = serializers.ListField(
        child=serializers.IntegerField(), help_text="The questions whose answers are judged differently."
    )
    answers = AnswerChangeSerializer(many=True)


class RerunSerializer(serializers.Serializer[Any]):
    run = serializers.IntegerField(allow_null=True)
    overall_score = serializers.FloatField(source="evaluation.overall_score", allow_null=True)
    is_evaluated = serializers.SerializerMethodField(help_text="false while it is being done.")
    changes = ChangesSerializer(allow_null=True)

    def get_is_evaluated(self, rerun: Any) -> bool:
        return True


class RunSerializer(serializers.Serializer[Any]):
    run = serializers.IntegerField(source="number")
    is_current = serializers.BooleanField()
    overall_score = serializers.FloatField(source="evaluation.overall_score", allow_null=True)
    evaluator = serializers.CharField(source="evaluation.evaluator")
    version = serializers.CharField(source="evaluation.version")
    notes = _Texts(source="evaluation.notes")
    head_hash = serializers.CharField(help_text="The state of the log that was judged.")
    asked_by = serializers.CharField(
        allow_blank=True, help_text="Who had it judged again; empty where nobody asked."
    )
    is_after_change = serializers.BooleanField(
        help_text="It began with the candidate's own correction or second answer."
    )
    created_at = serializers.DateTimeField()


class RunsSerializer(serializers.Serializer[Any]):
    runs = RunSerializer(many=True)
    changes = ChangesSerializer(allow_null=True)
    is_sealed = serializers.BooleanField(help_text="Runs are hidden until one has rated the whole.")
