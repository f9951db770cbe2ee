"""What people set instead of what a program judged of an answer."""

from typing import Any

from rest_framework import serializers

from interviews.api.serializers.ratings import MOST_QUESTIONS
from interviews.models import Override
from interviews.models.rating import HIGHEST, LOWEST
from rest.fields import Choice, Text


class OverrideWishSerializer(serializers.Serializer[Any]):
    """`score` belongs to the outcome of that name, and to no other."""

    number = serializers.IntegerField(min_value=1, max_value=MOST_QUESTIONS, help_text="Of the question.")
    outcome = Choice(
        choices=Override.Outcome.values,
        help_text="score: this one on the anchors; not_scorable: it counts neither way; as_judged: undo.",
    )
    score = serializers.IntegerField(
        min_value=LOWEST,
        max_value=HIGHEST,
        required=False,
        allow_null=True,
        default=None,
        help_text="On the anchors, 1 to 5.",
    )
    reason = Text(max_length=2000, help_text="It stands in the report beside the name.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["outcome"] == Override.Outcome.SCORE and attrs["score"] is None:
            raise serializers.ValidationError({"score": ["Say which, from 1 to 5."]})
        if attrs["outcome"] != Override.Outcome.SCORE and attrs["score"] is not None:
            raise serializers.ValidationError({"score": ["It belongs to the outcome score alone."]})
        return attrs


class OverrideSerializer(serializers.ModelSerializer[Override]):
    is_standing = serializers.SerializerMethodField(
        help_text="Whether it counts now; former ones and those that were undone are kept."
    )

    class Meta:
        model = Override
        fields = ("id", "number", "outcome", "score", "reason", "author_name", "made_at", "is_standing")
        read_only_fields = fields

    def get_is_standing(self, one: Override) -> bool:
        return one.pk in self.context.get("standing", ())
