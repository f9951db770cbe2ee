"""Sessions: what a client sends to make or change one."""

from typing import Any, TypeVar, cast

from django.db.models import Model
from rest_framework import serializers

from accounts.models import Organisation
from hiring.models import Candidate, Interview, Interviewer, Job, Round
from interviews.api.serializers.sessions import DIFFICULTIES, EASY_WORDS, ENGLISH, TYPES
from interviews.models import Session
from interviews.plans import find_plan, plans_of
from rest.fields import Choice, Id, Text
from rest.rows import find_row

SENT_AS = {"student_id": "candidate", "candidate_id": "candidate", "interviewer_id": "interviewer"}
R = TypeVar("R", bound=Model)


class SessionWishSerializer(serializers.Serializer[Any]):
    """What makes a session; all of it may be left out."""

    title = Text(max_length=200, required=False, allow_blank=True, default="")
    description = Text(max_length=5000, required=False, allow_blank=True, default="")
    job_role = Text(min_length=2, max_length=100, required=False, allow_blank=True, default="")
    difficulty = Choice(
        DIFFICULTIES, default="intermediate", help_text="easy, medium and hard are taken for the first three."
    )
    question_type = Choice(TYPES, default="mixed")
    num_questions = serializers.IntegerField(min_value=1, max_value=10, default=5)
    duration_minutes = serializers.IntegerField(min_value=5, max_value=180, default=30)
    scheduled_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    plan_id = Id(
        required=False,
        allow_null=True,
        default=None,
        help_text="A kept plan, whose current version is copied; role, level and number come from it.",
    )
    interviewer_id = Id(required=False, allow_null=True, default=None)
    candidate_id = Id(required=False, allow_null=True, default=None)
    student_id = Id(required=False, allow_null=True, default=None, help_text="Another name of candidate_id.")
    candidate_name = Text(max_length=200, required=False, allow_blank=True, default="")
    language = serializers.RegexField(
        ENGLISH,
        default="en",
        error_messages={"invalid": "There are questions in English only: en, or en-GB and the like."},
    )
    job_id = Id(required=False, allow_null=True, default=None, help_text="Questions are drafted for it.")
    interview_id = Id(
        required=False,
        allow_null=True,
        default=None,
        help_text="A hiring process: its next round by AI is held, one more where none is left.",
    )
    round_id = Id(required=False, allow_null=True, default=None, help_text="The very round that is held.")
    preferred_channel = Choice(Session.Channel.choices, default=Session.Channel.VOICE)
    purpose = Choice(
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
        if find_plan(known, value) is not None:
            return value
        raise serializers.ValidationError("There is no such plan.")

    def validate_interviewer_id(self, value: int | None) -> Interviewer | None:
        return existing(Interviewer, value, "interviewer", organisation=self._organisation)

    def validate_candidate_id(self, value: int | None) -> Candidate | None:
        return existing(Candidate, value, "candidate", organisation=self._organisation)

    def validate_student_id(self, value: int | None) -> Candidate | None:
        return self.validate_candidate_id(value)

    def validate_job_id(self, value: int | None) -> Job | None:
        return existing(Job, value, "job", organisation=self._organisation)

    def validate_interview_id(self, value: int | None) -> Interview | None:
        return existing(Interview, value, "interview", organisation=self._organisation)

    def validate_round_id(self, value: int | None) -> Round | None:
        found = existing(Round, value, "round", interview__organisation=self._organisation)
        if found is not None and found.kind != Round.Kind.AI_INTERVIEW:
            raise serializers.ValidationError("Only a round of kind ai_interview is held here.")
        return found

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        held = attrs["round_id"].interview if attrs["round_id"] else attrs["interview_id"]
        if held is None:
            return attrs
        own = {"interview_id": held, "candidate_id": held.candidate, "student_id": held.candidate}
        own |= {"job_id": held.job} if held.job is not None else {}
        wrong = [name for name, row in own.items() if attrs[name] is not None and attrs[name] != row]
        if wrong:
            raise serializers.ValidationError(dict.fromkeys(wrong, "The interview it is for has another."))
        return {
            **attrs,
            "interview_id": held,
            "candidate_id": held.candidate,
            "job_id": attrs["job_id"] or held.job,
        }

    @property
    def _organisation(self) -> Organisation | None:
        return self.context.get("organisation")


def existing(model: type[R], value: int | None, name: str, **owned: Organisation | None) -> R | None:
    """The row of the organisation's with that number; None where none is wished for."""
    if value is None:
        return None
    rows = model._default_manager.filter(**owned)  # noqa: SLF001 (as Django's own generic code does)
    found = find_row(rows, value) if all(one is not None for one in owned.values()) else None
    if found is None:
        raise serializers.ValidationError(f"There is no such {name}.")
    return found


class SessionChangeSerializer(serializers.ModelSerializer[Session]):
    """What may be changed: words at any time, the frame only until the session has been opened."""

    FRAME = (
        "duration_minutes",
        "scheduled_at",
        "candidate_name",
        "preferred_channel",
        "interviewer",
        "candidate",
    )
    FIXED = ("job_role", "difficulty", "question_type", "num_questions", "language", "purpose")

    duration_minutes = serializers.IntegerField(min_value=5, max_value=180, required=False)
    description = Text(max_length=5000, required=False, allow_blank=True)
    interviewer_id = Id(required=False, allow_null=True)
    candidate_id = Id(required=False, allow_null=True)
    student_id = Id(required=False, allow_null=True, help_text="Another name of candidate_id.")
    status = Choice(
        Session.Status.choices,
        required=False,
        help_text="The one it has, or `cancelled` before it began; see `start/` and `end/`.",
    )

    class Meta:
        model = Session
        fields = (
            "title",
            "description",
            "duration_minutes",
            "scheduled_at",
            "candidate_name",
            "preferred_channel",
            "interviewer_id",
            "candidate_id",
            "student_id",
            "status",
        )
        extra_kwargs = {name: {"required": False} for name in fields}  # noqa: RUF012 (Django reads it once)

    def validate_interviewer_id(self, value: int | None) -> Interviewer | None:
        return existing(Interviewer, value, "interviewer", organisation=self._session.organisation)

    def validate_candidate_id(self, value: int | None) -> Candidate | None:
        return existing(Candidate, value, "candidate", organisation=self._session.organisation)

    def validate_student_id(self, value: int | None) -> Candidate | None:
        return self.validate_candidate_id(value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        self._require_same_plan(cast("dict[str, Any]", self.initial_data))
        session = self._session
        changed = [
            sent
            for sent, value in attrs.items()
            if (name := SENT_AS.get(sent, sent)) in self.FRAME and value != getattr(session, name)
        ]
        if session.seq and changed:
            message = "The interview has already been opened."
            raise serializers.ValidationError(dict.fromkeys(changed, message))
        attrs = {SENT_AS.get(sent, sent): value for sent, value in attrs.items()}
        if attrs.get("candidate", session.candidate) != session.candidate:
            self._take_candidate(attrs)
        return attrs

    def _require_same_plan(self, given: dict[str, Any]) -> None:
        same = {name: EASY_WORDS.get(str(given[name]), given[name]) for name in self.FIXED if name in given}
        fixed = [name for name, value in same.items() if value != getattr(self._session, name)]
        if fixed:
            message = "This can't be changed; make a new session instead."
            raise serializers.ValidationError(dict.fromkeys(fixed, message))

    def _take_candidate(self, attrs: dict[str, Any]) -> None:
        """The name follows, unless somebody wrote another; a round is held with its interview's candidate."""
        session = self._session
        if session.round is not None:
            message = "It is a round of an interview, whose candidate stays."
            raise serializers.ValidationError({"candidate_id": message})
        former = session.candidate.name if session.candidate is not None else ""
        if attrs["candidate"] is not None and session.candidate_name in {"", former}:
            attrs.setdefault("candidate_name", attrs["candidate"].name)

    @property
    def _session(self) -> Session:
        return cast("Session", self.instance)
