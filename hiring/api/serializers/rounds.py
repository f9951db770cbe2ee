"""Rounds of an interview: the meetings it is made of."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hiring.api.owned import OwnedReference
from hiring.models import Interview, Interviewer, Round
from rest.fields import Text

MOST_NOTES_CHARS = 10_000


class HeldSerializer(serializers.Serializer[Any]):
    """A session of the round, by what leads to it."""

    id = serializers.IntegerField()
    session_id = serializers.UUIDField(source="uuid")
    status = serializers.CharField()


class RoundWishSerializer(serializers.ModelSerializer[Round]):
    """A round within a new interview."""

    order = serializers.IntegerField(
        min_value=1, max_value=1000, required=False, help_text="Its place, from 1; else it comes last."
    )
    title = Text(max_length=200, required=False, allow_blank=True)
    duration_minutes = serializers.IntegerField(min_value=5, max_value=600, required=False)
    place = Text(max_length=300, required=False, allow_blank=True, help_text="A room, an address or a link.")
    notes = Text(max_length=MOST_NOTES_CHARS, required=False, allow_blank=True)
    interviewer_id = OwnedReference(
        Interviewer, "interviewer", source="interviewer", required=False, allow_null=True
    )

    class Meta:
        model = Round
        fields: tuple[str, ...] = (
            "order",
            "kind",
            "title",
            "status",
            "scheduled_at",
            "duration_minutes",
            "place",
            "interviewer_id",
            "notes",
        )


class RoundSerializer(RoundWishSerializer):
    """A round, with the sessions it was or will be held as."""

    interview_id = OwnedReference(
        Interview,
        "interview",
        source="interview",
        help_text="It stays.",
    )
    interviewer_name = serializers.SerializerMethodField()
    sessions = serializers.SerializerMethodField()

    class Meta:
        model = Round
        fields = (
            "id",
            "interview_id",
            *RoundWishSerializer.Meta.fields,
            "interviewer_name",
            "sessions",
            "created_at",
            "updated_at",
        )
        read_only_fields = ("id", "created_at", "updated_at")
        validators = ()  # the others make place for a round, so no place is ever taken

    def get_interviewer_name(self, row: Round) -> str:
        return row.interviewer.name if row.interviewer is not None else ""

    @extend_schema_field(HeldSerializer(many=True))
    def get_sessions(self, row: Round) -> list[Any]:
        return list(HeldSerializer(row.sessions.all(), many=True).data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if self.instance is None:
            same_owner(attrs, ("interviewer",), attrs["interview"].organisation_id)
            return attrs
        former = self.instance.interview
        if attrs.pop("interview", former).pk != former.pk:
            raise serializers.ValidationError({"interview_id": ["A round stays with its interview."]})
        same_owner(attrs, ("interviewer",), former.organisation_id)
        return attrs


def same_owner(attrs: dict[str, Any], names: tuple[str, ...], organisation_id: int) -> None:
    """Raises ValidationError for what belongs to another organisation of the same person."""
    for name in names:
        found = attrs.get(name)
        if found is not None and found.organisation_id != organisation_id:
            raise serializers.ValidationError({f"{name}_id": [f"There is no such {name}."]})
