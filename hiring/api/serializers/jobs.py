"""Jobs: what they ask for, by competency, and what candidates may be told of them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hiring.models import Job
from rest.changing import ChangingSerializer
from rest.fields import Text

MOST_COMPETENCIES = 20
MOST_FACTS = 40
MOST_DESCRIPTION_CHARS = 40_000
ANCHORS = ("1", "2", "3", "4", "5")


@extend_schema_field(
    {
        "type": "object",
        "properties": {level: {"type": "string", "minLength": 1, "maxLength": 500} for level in ANCHORS},
        "additionalProperties": False,
        "description": "What an answer at each of the levels 1 to 5 is like; levels may be left out.",
    }
)
class AnchorsField(serializers.DictField):
    """Texts by level; there are no levels but 1 to 5."""

    child = Text(max_length=500)

    def to_internal_value(self, data: Any) -> dict[str, str]:
        if isinstance(data, dict) and (unknown := sorted(str(one)[:20] for one in set(data) - set(ANCHORS))):
            raise serializers.ValidationError(f"Anchors are called 1 to 5, not {', '.join(unknown[:5])}.")
        read: dict[str, str] = super().to_internal_value(data)
        return read


class CompetencySerializer(serializers.Serializer[Any]):
    """Something the job asks for, and how much it matters."""

    name = Text(max_length=80)
    weight = serializers.IntegerField(
        min_value=1, max_value=5, default=1, help_text="How much it counts in the Job Fit Score."
    )
    anchors = AnchorsField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Whole, also where only a part of its job is sent: DRF requires nothing then, at any depth."""
        if "name" not in attrs:
            raise serializers.ValidationError({"name": "This field is required."}, "required")
        return {"weight": 1, **attrs}


class JobSerializer(ChangingSerializer[Job]):
    """A position."""

    title = Text(max_length=200)
    description = Text(
        max_length=MOST_DESCRIPTION_CHARS,
        required=False,
        allow_blank=True,
        help_text="Plans are drafted from it.",
    )
    facts = serializers.ListField(
        child=Text(max_length=300),
        max_length=MOST_FACTS,
        required=False,
        help_text="What candidates may be told when they ask, a sentence each.",
    )
    competencies = CompetencySerializer(many=True, required=False)

    class Meta:
        model = Job
        fields = ("id", "title", "description", "facts", "competencies", "created_at")
        read_only_fields = ("id", "created_at")

    def validate_competencies(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len(value) > MOST_COMPETENCIES:
            raise serializers.ValidationError(f"A job has {MOST_COMPETENCIES} competencies at most.")
        names = [one["name"].casefold() for one in value]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise serializers.ValidationError(f"The same competency stands there twice: {', '.join(twice)}.")
        return [dict(one) for one in value]

    def create(self, validated_data: dict[str, Any]) -> Job:
        return Job.objects.create(**validated_data)  # DRF's own refuses nested rows; these are JSON
