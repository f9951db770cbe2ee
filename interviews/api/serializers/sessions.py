"""Sessions as clients read them, how they begin, and their links."""

from functools import cached_property
from typing import Any

import msgspec
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hiring.access import may_read_contacts
from hiring.models import Candidate, Interviewer
from interviews.api import links
from interviews.api.entering import Entry
from interviews.models import Session
from interviews.spending import cost_of

EASY_WORDS = {"easy": "beginner", "medium": "intermediate", "hard": "advanced"}
DIFFICULTIES = ("beginner", "intermediate", "advanced", *EASY_WORDS)
TYPES = ("mixed", "technical", "behavioral", "coding", "system_design")
ENGLISH = r"^en(-[A-Z]{2})?$"


class PersonSerializer(serializers.Serializer[Any]):
    """Somebody who takes part; the address is `null` for those who may not reach them."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.EmailField(allow_null=True, allow_blank=True)


class SessionSerializer(serializers.ModelSerializer[Session]):
    """One session as members of its organisation and its candidate read it.

    `is_member` and `user` in the context say who reads: a candidate's address is for few.
    """

    session_id = serializers.UUIDField(source="uuid", read_only=True)
    total_questions = serializers.IntegerField(source="num_questions", read_only=True)
    student_id = serializers.IntegerField(source="candidate_id", read_only=True, allow_null=True)
    candidate_id = serializers.IntegerField(read_only=True, allow_null=True)
    interviewer_id = serializers.IntegerField(read_only=True, allow_null=True)
    job_id = serializers.IntegerField(read_only=True, allow_null=True)
    round_id = serializers.IntegerField(read_only=True, allow_null=True)
    interview_id = serializers.IntegerField(
        source="round.interview_id",
        default=None,
        read_only=True,
        allow_null=True,
        help_text="The hiring process it is a round of.",
    )
    organisation = serializers.CharField(source="organisation.name", default="", read_only=True)
    interviewer = serializers.SerializerMethodField()
    candidate = serializers.SerializerMethodField()
    student = serializers.SerializerMethodField(method_name="get_candidate")
    plan_id = serializers.SerializerMethodField()
    plan_version = serializers.SerializerMethodField()
    plan_notes = serializers.SerializerMethodField()
    room_url = serializers.SerializerMethodField()
    socket_url = serializers.SerializerMethodField()
    report_url = serializers.SerializerMethodField()

    class Meta:
        model = Session
        fields = (
            "id",
            "session_id",
            "title",
            "description",
            "candidate_name",
            "job_role",
            "difficulty",
            "question_type",
            "num_questions",
            "total_questions",
            "duration_minutes",
            "purpose",
            "language",
            "status",
            "end_reason",
            "organisation",
            "interviewer",
            "interviewer_id",
            "candidate",
            "candidate_id",
            "student",
            "student_id",
            "job_id",
            "interview_id",
            "round_id",
            "preferred_channel",
            "scheduled_at",
            "started_at",
            "ended_at",
            "created_at",
            "updated_at",
            "retain_until",
            "plan_id",
            "plan_version",
            "plan_notes",
            "room_url",
            "socket_url",
            "report_url",
        )
        read_only_fields = fields

    @extend_schema_field(PersonSerializer(allow_null=True))
    def get_interviewer(self, session: Session) -> dict[str, Any] | None:
        return _person(session.interviewer, may_reach=bool(self.context.get("is_member")))

    @extend_schema_field(PersonSerializer(allow_null=True))
    def get_candidate(self, session: Session) -> dict[str, Any] | None:
        owner = session.candidate.organisation_id if session.candidate is not None else None
        return _person(session.candidate, may_reach=owner is not None and self._may_reach(owner))

    def _may_reach(self, organisation_id: int) -> bool:
        user, known = self.context.get("user"), self._reachable
        if organisation_id not in known:
            known[organisation_id] = user is not None and may_read_contacts(user, organisation_id)
        return known[organisation_id]

    @cached_property
    def _reachable(self) -> dict[int, bool]:
        """What was found out so far, by organisation: a list asks once, not row by row."""
        return {}

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_plan_notes(self, session: Session) -> list[str]:
        """A candidate reads none: they tell what the résumé was searched for and what the job wants."""
        if not self.context.get("is_member") and session.purpose != Session.Purpose.PRACTICE:
            return []
        return [str(note) for note in session.plan.get("notes", ())]

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_plan_id(self, session: Session) -> int | None:
        return session.plan.get("plan_id") or None

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_plan_version(self, session: Session) -> int | None:
        return int(session.plan.get("version", 1)) if session.plan.get("plan_id") else None

    @extend_schema_field(serializers.URLField())
    def get_room_url(self, session: Session) -> str:
        return links.room_url(self.context["request"], session, self.context.get("token", ""))

    @extend_schema_field(serializers.CharField())
    def get_socket_url(self, session: Session) -> str:
        return links.socket_url(self.context["request"], session)

    @extend_schema_field(serializers.URLField())
    def get_report_url(self, session: Session) -> str:
        edition = "panel" if self.context.get("is_member") else "candidate"
        return links.report_url(self.context["request"], session, edition)


def _person(person: Interviewer | Candidate | None, *, may_reach: bool) -> dict[str, Any] | None:
    if person is None:
        return None
    email = person.email if may_reach else None
    return dict(PersonSerializer({"id": person.pk, "name": person.name, "email": email}).data)


class CostSerializer(serializers.Serializer[Any]):
    """What some requests to a language model cost."""

    requests = serializers.IntegerField()
    failures = serializers.IntegerField()
    input_tokens = serializers.IntegerField()
    cached_tokens = serializers.IntegerField(help_text="Of the input tokens, those the server had kept.")
    output_tokens = serializers.IntegerField()
    is_estimate = serializers.BooleanField(help_text="Whether the server left some uncounted.")
    money = serializers.FloatField(
        allow_null=True, help_text="In the operator's currency, at the most; null where a price is unknown."
    )


class ModelUseSerializer(CostSerializer):
    """What the session cost so far, in all and by purpose."""

    by_purpose = serializers.DictField(child=CostSerializer())
    models = serializers.ListField(child=serializers.CharField())


class OneSessionSerializer(SessionSerializer):
    """One session with what only its members may know of it."""

    model_use = serializers.SerializerMethodField()

    class Meta:
        model = Session
        fields = (*SessionSerializer.Meta.fields, "model_use")
        read_only_fields = fields

    @extend_schema_field(ModelUseSerializer(allow_null=True))
    def get_model_use(self, session: Session) -> dict[str, Any] | None:
        if not self.context.get("is_member"):
            return None
        cost: dict[str, Any] = msgspec.to_builtins(cost_of(session))
        return dict(ModelUseSerializer(cost | cost["total"]).data)


class NewSessionSerializer(SessionSerializer):
    """The answer to making one: the token stands here once and is kept nowhere."""

    public_token = serializers.SerializerMethodField()

    class Meta:
        model = Session
        fields = (*SessionSerializer.Meta.fields, "public_token")
        read_only_fields = fields

    @extend_schema_field(serializers.CharField())
    def get_public_token(self, session: Session) -> str:
        return str(self.context["token"])


class ConsentSerializer(serializers.Serializer[Any]):
    notice_version = serializers.CharField(max_length=40, default="api")
    ai_evaluation = serializers.BooleanField(default=True)
    recording = serializers.BooleanField(default=False)
    listening = serializers.BooleanField(default=False)


class StartSerializer(serializers.Serializer[Any]):
    """Whoever starts by REST has asked the candidate, or is the candidate."""

    consent = ConsentSerializer(required=False)


class LinkSerializer(serializers.Serializer[Any]):
    """A fresh link; shown once."""

    public_token = serializers.CharField()
    room_url = serializers.URLField()
    expires_at = serializers.DateTimeField()


def context_of(entry: Entry, request: Any, token: str = "") -> dict[str, Any]:
    return {"request": request, "token": token, "is_member": not entry.is_guest, "user": entry.user}
