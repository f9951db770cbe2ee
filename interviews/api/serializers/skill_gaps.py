"""Skill gaps as they are listed. A candidate reads their own words and no point that was expected."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from interviews.models import SkillGap

FOR_CANDIDATES = "Prepare an example of your own for {skill}, with what you did, why, and what came of it."


class EvidenceSerializer(serializers.Serializer[Any]):
    """Words that were said, with where."""

    text = serializers.CharField()
    start_ms = serializers.IntegerField()
    end_ms = serializers.IntegerField()


class SkillGapSerializer(serializers.ModelSerializer[SkillGap]):
    """What the answers of one interview showed to be missing in one skill."""

    interview_id = serializers.UUIDField(source="session.uuid", read_only=True)
    session_id = serializers.IntegerField(read_only=True)
    skill_name = serializers.CharField(source="skill", read_only=True, help_text="The same as skill.")
    score = serializers.FloatField(
        read_only=True, allow_null=True, help_text="0 to 100 over the answers it rests on."
    )
    missing = serializers.SerializerMethodField(
        help_text="Expected points that did not come; empty for candidates: others are asked the same."
    )
    evidence = EvidenceSerializer(many=True, read_only=True)
    suggestion = serializers.SerializerMethodField()
    recommendation = serializers.SerializerMethodField(help_text="The same as suggestion.")
    next_step = serializers.SerializerMethodField(
        help_text="What the next anchor asks for; empty for candidates."
    )

    class Meta:
        model = SkillGap
        fields = (
            "id",
            "interview_id",
            "session_id",
            "skill",
            "skill_name",
            "severity",
            "score",
            "missing",
            "evidence",
            "suggestion",
            "recommendation",
            "next_step",
            "created_at",
        )
        read_only_fields = fields

    @property
    def _is_guest(self) -> bool:
        """Whether a candidate reads it."""
        return bool(self.context.get("is_guest"))

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_missing(self, gap: SkillGap) -> list[str]:
        return [] if self._is_guest else gap.missing

    @extend_schema_field(serializers.CharField())
    def get_suggestion(self, gap: SkillGap) -> str:
        return FOR_CANDIDATES.format(skill=gap.skill) if self._is_guest else gap.suggestion

    @extend_schema_field(serializers.CharField())
    def get_recommendation(self, gap: SkillGap) -> str:
        return self.get_suggestion(gap)

    @extend_schema_field(serializers.CharField())
    def get_next_step(self, gap: SkillGap) -> str:
        return "" if self._is_guest else gap.next_step


class SkillGapsSerializer(serializers.Serializer[Any]):
    """Those of one interview, the gravest first."""

    interview_id = serializers.UUIDField()
    session_id = serializers.IntegerField()
    total = serializers.IntegerField()
    skill_gaps = SkillGapSerializer(many=True)


class SkillSerializer(serializers.Serializer[Any]):
    """One skill over many interviews."""

    skill = serializers.CharField()
    n = serializers.IntegerField(help_text="Interviews in which it fell short.")
    high = serializers.IntegerField()
    medium = serializers.IntegerField()
    low = serializers.IntegerField()
    average_score = serializers.FloatField(allow_null=True, help_text="Of those interviews.")
