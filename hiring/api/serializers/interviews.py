"""Interviews with their rounds, and what people decide about them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hiring.api.owned import OwnedReference
from hiring.api.serializers.rounds import MOST_NOTES_CHARS, RoundSerializer, RoundWishSerializer, same_owner
from hiring.models import Candidate, Decision, Interview, Interviewer, Job
from hiring.round_order import MOST_ROUNDS
from rest.errors import ApiError
from rest.fields import Choice, Id, Text


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    """What a person decided, when and why."""

    decided_by_id = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="null once the account is gone."
    )

    class Meta:
        model = Decision
        fields = ("id", "verdict", "reason", "decided_by_id", "decided_by_name", "decided_at")
        read_only_fields = fields


class DecisionWishSerializer(serializers.Serializer[Any]):
    """A decision; a later one replaces it, and both are kept."""

    verdict = Choice(Decision.Verdict.choices, required=False)
    decision = Choice(Decision.Verdict.choices, required=False, help_text="Another name of verdict.")
    reason = Text(max_length=5000, help_text="Why; it stands in the panel's report.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        verdict = attrs.get("verdict") or attrs.get("decision")
        if verdict is None:
            raise serializers.ValidationError({"verdict": ["Send advance, hold or decline."]})
        return {"verdict": verdict, "reason": attrs["reason"]}


class MoveSerializer(serializers.Serializer[Any]):
    """One time an interview was moved."""

    at = serializers.DateTimeField()
    by = serializers.CharField()
    to = serializers.DateTimeField()
    round_id = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)

    def get_fields(self) -> dict[str, Any]:
        """`from` is no name that Python takes for an attribute."""
        return {**super().get_fields(), "from": serializers.DateTimeField(allow_null=True)}


class RescheduleSerializer(serializers.Serializer[Any]):
    """Another time, in the future."""

    scheduled_at = serializers.DateTimeField()
    reason = Text(max_length=1000, required=False, allow_blank=True, default="")
    round_id = Id(
        required=False,
        allow_null=True,
        default=None,
        help_text="A round to move with it, and those of its sessions that nobody has begun.",
    )

    def validate_scheduled_at(self, value: Any) -> Any:
        if value <= self.context["now"]:
            raise serializers.ValidationError("This time has passed; choose one in the future.")
        return value


class InterviewSerializer(serializers.ModelSerializer[Interview]):
    """The hiring process of one candidate for one job."""

    title = Text(max_length=200, required=False, allow_blank=True)
    notes = Text(max_length=MOST_NOTES_CHARS, required=False, allow_blank=True)
    candidate_id = OwnedReference(Candidate, "candidate", source="candidate")
    candidate_name = serializers.CharField(source="candidate.name", read_only=True)
    job_id = OwnedReference(Job, "job", source="job", required=False, allow_null=True)
    job_title = serializers.SerializerMethodField()
    interviewer_id = OwnedReference(
        Interviewer, "interviewer", source="interviewer", required=False, allow_null=True
    )
    interviewer_name = serializers.SerializerMethodField()
    status = Choice(
        Interview.Status.choices,
        required=False,
        help_text="Follows from the rounds and decisions; only cancelled can be sent.",
    )
    rounds = RoundWishSerializer(
        many=True,
        required=False,
        help_text="In order. Read when an interview is made; later they change below interviews/rounds/.",
    )
    job_fit_score = serializers.FloatField(
        source="shown_fit_score",
        read_only=True,
        allow_null=True,
        help_text="0 to 100; null: not judged, or sealed until you have rated its sessions yourself.",
    )
    decision = serializers.SerializerMethodField(help_text="The newest, or null.")
    moves = MoveSerializer(many=True, read_only=True)

    class Meta:
        model = Interview
        fields = (
            "id",
            "title",
            "candidate_id",
            "candidate_name",
            "job_id",
            "job_title",
            "interviewer_id",
            "interviewer_name",
            "status",
            "notes",
            "scheduled_at",
            "invited_at",
            "started_at",
            "completed_at",
            "decided_at",
            "job_fit_score",
            "decision",
            "moves",
            "rounds",
            "created_at",
            "updated_at",
        )
        read_only_fields = (
            "id",
            "invited_at",
            "started_at",
            "completed_at",
            "decided_at",
            "job_fit_score",
            "created_at",
            "updated_at",
        )

    def get_job_title(self, interview: Interview) -> str:
        return interview.job.title if interview.job is not None else ""

    def get_interviewer_name(self, interview: Interview) -> str:
        return interview.interviewer.name if interview.interviewer is not None else ""

    @extend_schema_field(DecisionSerializer(allow_null=True))
    def get_decision(self, interview: Interview) -> dict[str, Any] | None:
        newest = next(iter(interview.decisions.all()), None)  # prefetched, newest first
        return dict(DecisionSerializer(newest).data) if newest is not None else None

    def to_internal_value(self, data: Any) -> Any:
        """What was read may be sent back whole: rounds that are there stay as they are."""
        read = super().to_internal_value(data)
        if self.instance is not None:
            read.pop("rounds", None)
        return read

    def to_representation(self, instance: Interview) -> dict[str, Any]:
        shown = super().to_representation(instance)
        return shown | {"rounds": RoundSerializer(instance.rounds.all(), many=True).data}

    def validate_rounds(self, value: list[Any]) -> list[Any]:
        if len(value) > MOST_ROUNDS:
            raise serializers.ValidationError(f"An interview has {MOST_ROUNDS} rounds at most.")
        placed = sorted(enumerate(value, 1), key=lambda pair: pair[1].get("order") or pair[0])
        return [one for _, one in placed]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        former = self.instance
        candidate = attrs.get("candidate")
        if former is not None and candidate is not None and candidate.pk != former.candidate_id:
            raise serializers.ValidationError({"candidate_id": ["An interview stays with its candidate."]})
        current = former.status if former is not None else Interview.Status.INVITED
        if attrs.get("status", current) not in {current, *self._may_become()}:
            raise ApiError(409, "status_not_allowed", "Only cancelled can be sent; the rest follows.")
        if former is not None and attrs.get("status") == current:
            attrs.pop("status")
        owner = former.organisation_id if former is not None else attrs["candidate"].organisation_id
        same_owner(attrs, ("job", "interviewer"), owner)
        for one in attrs.get("rounds", ()):
            same_owner(one, ("interviewer",), owner)
        return attrs

    def _may_become(self) -> set[str]:
        return {Interview.Status.CANCELLED} if self.instance is not None else {Interview.Status.SCHEDULED}
