"""Sessions: what a client sends to make or change one, and what it reads."""

from typing import Any, cast

import msgspec
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hiring.models import Candidate, Interviewer
from interviews.api import links
from interviews.api.entering import Entry
from interviews.models import Session
from interviews.plans import find_plan, plans_of
from interviews.spending import cost_of

EASY_WORDS = {"easy": "beginner", "medium": "intermediate", "hard": "advanced"}
DIFFICULTIES = ("beginner", "intermediate", "advanced", *EASY_WORDS)
TYPES = ("mixed", "technical", "behavioral", "coding", "system_design")
ENGLISH = r"^en(-[A-Z]{2})?$"


class SessionSerializer(serializers.ModelSerializer[Session]):
    """One session as members of its organisation and its candidate read it."""

    session_id = serializers.UUIDField(source="uuid", read_only=True)
    total_questions = serializers.IntegerField(source="num_questions", read_only=True)
    student_id = serializers.IntegerField(source="candidate_id", read_only=True, allow_null=True)
    candidate_id = serializers.IntegerField(read_only=True, allow_null=True)
    interviewer_id = serializers.IntegerField(read_only=True, allow_null=True)
    organisation = serializers.CharField(source="organisation.name", default="", read_only=True)
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
            "interviewer_id",
            "candidate_id",
            "student_id",
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


class SessionWishSerializer(serializers.Serializer[Any]):
    """What makes a session; all of it may be left out."""

    title = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    description = serializers.CharField(max_length=5000, required=False, allow_blank=True, default="")
    job_role = serializers.CharField(
        min_length=2, max_length=100, required=False, allow_blank=True, default=""
    )
    difficulty = serializers.ChoiceField(
        DIFFICULTIES, default="intermediate", help_text="easy, medium and hard are taken for the first three."
    )
    question_type = serializers.ChoiceField(TYPES, default="mixed")
    num_questions = serializers.IntegerField(min_value=1, max_value=10, default=5)
    duration_minutes = serializers.IntegerField(min_value=5, max_value=180, default=30)
    scheduled_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    plan_id = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        help_text="A kept plan, whose current version is copied; role, level and number come from it.",
    )
    interviewer_id = serializers.IntegerField(required=False, allow_null=True, default=None)
    candidate_id = serializers.IntegerField(required=False, allow_null=True, default=None)
    student_id = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="Another name of candidate_id."
    )
    candidate_name = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    language = serializers.RegexField(
        ENGLISH,
        default="en",
        error_messages={"invalid": "There are questions in English only: en, or en-GB and the like."},
    )
    purpose = serializers.ChoiceField(
        Session.Purpose.choices,
        required=False,
        help_text="practice shows scores to the candidate. A guest's own session is always practice.",
    )

    def validate_difficulty(self, value: str) -> str:
        return EASY_WORDS.get(value, value)

    def validate_plan_id(self, value: int | None) -> int | None:
        organisation = self.context.get("organisation")
        if value is None:
            return None
        known = plans_of([organisation] if organisation is not None else [])
        if 0 < value < 2**63 and find_plan(known, value) is not None:
            return value
        raise serializers.ValidationError("There is no such plan.")

    def validate_interviewer_id(self, value: int | None) -> int | None:
        return self._existing(Interviewer, value, "interviewer")

    def validate_candidate_id(self, value: int | None) -> int | None:
        return self._existing(Candidate, value, "candidate")

    def validate_student_id(self, value: int | None) -> int | None:
        return self._existing(Candidate, value, "candidate")

    def _existing(self, model: type[Interviewer | Candidate], value: int | None, name: str) -> int | None:
        organisation = self.context.get("organisation")
        if value is None:
            return None
        is_storable = 0 < value < 2**63
        rows = model.objects.filter(pk=value, organisation=organisation)
        if organisation is None or not is_storable or not rows.exists():
            raise serializers.ValidationError(f"There is no such {name}.")
        return value


class SessionChangeSerializer(serializers.ModelSerializer[Session]):
    """What may be changed: words at any time, the frame only until the session has been opened."""

    FRAME = ("duration_minutes", "scheduled_at", "candidate_name")
    FIXED = ("job_role", "difficulty", "question_type", "num_questions", "language", "purpose", "status")

    duration_minutes = serializers.IntegerField(min_value=5, max_value=180, required=False)
    description = serializers.CharField(max_length=5000, required=False, allow_blank=True)

    class Meta:
        model = Session
        fields = ("title", "description", "duration_minutes", "scheduled_at", "candidate_name")
        extra_kwargs = {name: {"required": False} for name in fields}  # noqa: RUF012 (Django reads it once)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        session = cast("Session", self.instance)
        given = cast("dict[str, Any]", self.initial_data)
        fixed = [name for name in self.FIXED if name in given and given[name] != getattr(session, name)]
        if fixed:
            raise serializers.ValidationError(
                dict.fromkeys(fixed, "This can't be changed; make a new session instead.")
            )
        if session.seq:
            late = [name for name in self.FRAME if name in attrs and attrs[name] != getattr(session, name)]
            if late:
                raise serializers.ValidationError(
                    dict.fromkeys(late, "The interview has already been opened.")
                )
        return attrs


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
    return {"request": request, "token": token, "is_member": not entry.is_guest}
