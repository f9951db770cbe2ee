"""What people think of an answer or of the whole, on the scale of the anchors."""

from typing import Any

from rest_framework import serializers

from interviews.models import Rating
from interviews.models.rating import HIGHEST, LOWEST, WHOLE_SESSION
from rest.fields import Text

MOST_QUESTIONS = 99


class RatingWishSerializer(serializers.Serializer[Any]):
    """One's own; sent again for the same question, it takes the place of the former."""

    number = serializers.IntegerField(
        min_value=WHOLE_SESSION,
        max_value=MOST_QUESTIONS,
        default=WHOLE_SESSION,
        help_text="Of the question; 0, or nothing, is the whole interview.",
    )
    score = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, help_text="On the anchors, 1 to 5.")
    comment = Text(max_length=2000, required=False, allow_blank=True, default="")


class RatingSerializer(serializers.ModelSerializer[Rating]):
    is_own = serializers.SerializerMethodField()

    class Meta:
        model = Rating
        fields = (
            "id",
            "author_name",
            "is_own",
            "number",
            "score",
            "first_score",
            "comment",
            "created_at",
            "updated_at",
        )
        read_only_fields = fields

    def get_is_own(self, rating: Rating) -> bool:
        return rating.author_id is not None and rating.author_id == self.context.get("user_pk")
