"""What the dashboard is asked and what it answers: figures beside the number of cases they stand on."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from interviews.dashboard.scope import usual_since
from interviews.models import Session
from rest.fields import Choice, Id
from rest.filters import in_utc

GROUPINGS = ("day", "week", "job")


class MomentInUtc(serializers.DateTimeField):
    """Raises ValidationError for a time that leaves the calendar on its way to UTC."""

    def to_internal_value(self, value: Any) -> Any:
        return in_utc(super().to_internal_value(value))


class DashboardWishSerializer(serializers.Serializer[Any]):
    """Which sessions and interviews are counted. Nothing has to be sent."""

    to = MomentInUtc(required=False, help_text="Made before this; now when it is left out.")
    job_id = Id(required=False)
    purpose = Choice(Session.Purpose.choices, default=Session.Purpose.HIRING, help_text="Of the sessions.")
    group_by = Choice(GROUPINGS, default="week", help_text="What `groups` are.")

    def get_fields(self) -> dict[str, Any]:
        """`from` is no name that Python would let a field have."""
        begin = MomentInUtc(
            required=False, help_text="Made at this time or later; 90 days before `to` when it is left out."
        )
        return {"from": begin, **super().get_fields()}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        until = attrs.get("to") or timezone.now()
        return {**attrs, "to": until, "from": attrs.get("from") or usual_since(until)}


class ProgressSerializer(serializers.Serializer[Any]):
    """`_n` is the number of sessions that a figure stands on; without any it is null."""

    invited = serializers.IntegerField(source="total")
    started = serializers.IntegerField()
    completed = serializers.IntegerField()
    completion_rate = serializers.FloatField(
        allow_null=True, help_text="Percent of the sessions that began and are over."
    )
    completion_rate_n = serializers.IntegerField(source="ended")
    average_score = serializers.FloatField(
        allow_null=True, help_text="0 to 100, over the sessions whose evaluation has an overall score."
    )
    average_score_n = serializers.IntegerField(source="scored")


class GroupSerializer(serializers.Serializer[Any]):
    """A day or a week (its Monday, UTC) as a date, or a job by its id, empty for none."""

    def get_fields(self) -> dict[str, Any]:
        told = ProgressSerializer(source="progress").get_fields()
        for name, field in told.items():
            field.source = f"progress.{field.source or name}"
        return {**super().get_fields(), **told}

    key = serializers.CharField(allow_blank=True)
    label = serializers.CharField()  # type: ignore[assignment]  # (a serializer has a label of its own)


class SessionFunnelSerializer(serializers.Serializer[Any]):
    invited = serializers.IntegerField(source="total")
    started = serializers.IntegerField()
    completed = serializers.IntegerField()
    decided = serializers.IntegerField(help_text="Rounds of an interview about which a person decided.")


class DecisionsSerializer(serializers.Serializer[Any]):
    """What people decided last."""

    advance = serializers.IntegerField()
    hold = serializers.IntegerField()
    decline = serializers.IntegerField()


class InterviewFunnelSerializer(serializers.Serializer[Any]):
    invited = serializers.IntegerField()
    started = serializers.IntegerField()
    completed = serializers.IntegerField()
    decided = serializers.IntegerField()
    decisions = DecisionsSerializer(source="*")


class FunnelSerializer(serializers.Serializer[Any]):
    sessions = SessionFunnelSerializer()
    interviews = InterviewFunnelSerializer()


class StopSerializer(serializers.Serializer[Any]):
    question = serializers.IntegerField(source="number")
    reached = serializers.IntegerField(help_text="Sessions in which this question was begun.")
    stopped = serializers.IntegerField(help_text="Of these, where the candidate left at it.")
    drop_off_rate = serializers.FloatField(allow_null=True, help_text="Percent of those who reached it.")


class BinSerializer(serializers.Serializer[Any]):
    low = serializers.FloatField()
    high = serializers.FloatField(help_text="Not included, but in the last one.")
    count = serializers.IntegerField()


class SpreadSerializer(serializers.Serializer[Any]):
    """Null, and without bins, below ten."""

    n = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True)
    median = serializers.FloatField(allow_null=True)
    lower_quartile = serializers.FloatField(allow_null=True)
    upper_quartile = serializers.FloatField(allow_null=True)
    bins = BinSerializer(many=True)


class QuestionFigureSerializer(serializers.Serializer[Any]):
    """Null below ten answers."""

    text = serializers.CharField()
    n = serializers.IntegerField()
    share = serializers.FloatField(
        allow_null=True, help_text="Mean share of the points reached, 0 to 1: the higher, the easier."
    )
    discrimination = serializers.FloatField(
        allow_null=True,
        help_text="How well it tells strong from weak: the correlation with the other answers, -1 to 1.",
    )
    discrimination_n = serializers.IntegerField()


class AgreementSerializer(serializers.Serializer[Any]):
    """Of people's first ratings and the AI's anchors, 1 to 5. Null below ten pairs."""

    n = serializers.IntegerField()
    kappa = serializers.FloatField(allow_null=True, help_text="Quadratically weighted.")
    same = serializers.FloatField(allow_null=True, help_text="Percent that are equal.")
    close = serializers.FloatField(allow_null=True, help_text="Percent that are one apart at most.")


class PercentilesSerializer(serializers.Serializer[Any]):
    """Null below ten."""

    n = serializers.IntegerField()
    p50 = serializers.FloatField(allow_null=True)
    p95 = serializers.FloatField(allow_null=True)


class ReliabilitySerializer(serializers.Serializer[Any]):
    """Rates in percent, null below ten."""

    n = serializers.IntegerField()
    abandoned = serializers.IntegerField()
    abandoned_rate = serializers.FloatField(allow_null=True)
    logs_n = serializers.IntegerField(help_text="The latest of them, whose logs were read for the rest.")
    dropped = serializers.IntegerField(help_text="Lost their connection at least once.")
    drop_rate = serializers.FloatField(allow_null=True)
    resumed = serializers.IntegerField(help_text="Of these, came back.")
    resumed_rate = serializers.FloatField(allow_null=True)


class DashboardSerializer(serializers.Serializer[Any]):
    def get_fields(self) -> dict[str, Any]:
        begin = serializers.DateTimeField(source="since")
        return {"from": begin, **super().get_fields()}

    to = serializers.DateTimeField(source="until")
    purpose = serializers.CharField()
    job_id = serializers.IntegerField(allow_null=True)
    total_sessions = serializers.IntegerField(source="progress.total")
    completion_rate = serializers.FloatField(
        source="progress.completion_rate",
        allow_null=True,
        help_text="Percent of the sessions that began and are over.",
    )
    completion_rate_n = serializers.IntegerField(source="progress.ended")
    average_score = serializers.FloatField(
        source="progress.average_score",
        allow_null=True,
        help_text="0 to 100, over the sessions whose evaluation has an overall score.",
    )
    average_score_n = serializers.IntegerField(source="progress.scored")
    active_sessions = serializers.IntegerField(help_text="Under way now, whenever they were made.")
    funnel = FunnelSerializer()
    drop_off = StopSerializer(many=True)
    group_by = Choice(GROUPINGS)
    groups = GroupSerializer(many=True)
    sampled_sessions = serializers.IntegerField(
        help_text="The latest (2,000 at most) that began and are over; what follows rests on them."
    )
    scores = SpreadSerializer(help_text="Overall, of those that the reader may see.")
    minutes = SpreadSerializer(help_text="From beginning to end, of completed ones.")
    questions = QuestionFigureSerializer(many=True, help_text="The 30 most asked.")
    agreement = AgreementSerializer()
    latency_ms = PercentilesSerializer(help_text="From the end of an answer to the reply's first sentence.")
    reliability = ReliabilitySerializer()


class ComingSerializer(serializers.Serializer[Any]):
    interview_id = serializers.IntegerField()
    round_id = serializers.IntegerField(allow_null=True, help_text="Null for an interview without rounds.")
    title = serializers.CharField()
    candidate_name = serializers.CharField()
    kind = serializers.CharField(allow_blank=True, help_text="Of the round.")
    scheduled_at = serializers.DateTimeField()


class DashboardStatsSerializer(serializers.Serializer[Any]):
    """All interviews by status, whenever they were made."""

    total = serializers.IntegerField()
    invited = serializers.IntegerField()
    scheduled = serializers.IntegerField()
    in_progress = serializers.IntegerField()
    completed = serializers.IntegerField()
    decided = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    this_week = serializers.IntegerField(help_text="Meetings from Monday to Sunday, UTC, held or to come.")
    upcoming = ComingSerializer(many=True, help_text="The next five: rounds, and interviews without any.")


class OwnStatisticsSerializer(serializers.Serializer[Any]):
    """Over the practice interviews of one's own that have begun."""

    total_interviews = serializers.IntegerField()
    completed_interviews = serializers.IntegerField()
    average_score = serializers.FloatField(help_text="0.0 where nothing is scored yet.")
    best_score = serializers.FloatField(help_text="0.0 where nothing is scored yet.")
    total_questions_answered = serializers.IntegerField()
    member_since = serializers.DateTimeField()
    account_status = Choice(("active", "inactive"))
