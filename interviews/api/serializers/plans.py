"""Plans: what a client wishes for, keeps and reads."""

from collections.abc import Mapping
from typing import Any, cast

import msgspec
from drf_spectacular.utils import extend_schema_field
from msgspec.structs import replace
from rest_framework import serializers

from hiring.models import MOST_RESUME_CHARS, Candidate, Job
from hiring.models import Plan as KeptPlan
from interviews.api.serializers.sessions import DIFFICULTIES, EASY_WORDS, ENGLISH, TYPES
from interviews.bank import get_question
from interviews.bank.lint import find_faults
from interviews.plan import Plan, PlannedQuestion
from interviews.planning.drafting import MOST_PROBES
from interviews.planning.preview import preview_plan
from interviews.planning.timing import time_note
from interviews.plans import competencies_of, content_of
from interviews.protected import find_protected_topic
from rest.fields import Choice, Id, Text
from rest.rows import find_row

MOST_QUESTIONS = 20
MOST_DESCRIPTION_CHARS = 40_000


class QuestionWishSerializer(serializers.Serializer[Any]):
    """How many questions of which kind; what is left out comes from the job, its description or the usual."""

    role = Text(max_length=120, required=False, allow_blank=True)
    job_role = Text(max_length=120, required=False, allow_blank=True, help_text="Another name of role.")
    level = Choice(DIFFICULTIES, required=False)
    difficulty = Choice(DIFFICULTIES, required=False, help_text="Another name of level.")
    type = Choice(TYPES, required=False)
    question_type = Choice(TYPES, required=False, help_text="Another name of type.")
    num_questions = serializers.IntegerField(
        min_value=1,
        max_value=10,
        required=False,
        help_text="That everybody is asked; else what fits the time.",
    )
    duration_minutes = serializers.IntegerField(min_value=5, max_value=180, required=False)
    mode = Choice(KeptPlan.Mode.choices, required=False)
    max_follow_ups = serializers.IntegerField(min_value=0, max_value=3, required=False)
    job_description = Text(max_length=MOST_DESCRIPTION_CHARS, required=False, allow_blank=True)
    resume_text = Text(
        max_length=MOST_RESUME_CHARS,
        required=False,
        allow_blank=True,
        help_text="Its claims become questions after those that everybody is asked.",
    )
    probes = serializers.IntegerField(
        min_value=0, max_value=MOST_PROBES, required=False, help_text="Questions about the résumé, at most."
    )

    def facts(self) -> dict[str, Any]:
        """What was sent, under the names of a PlanWish."""
        given = self.validated_data
        named = {name: given[name] for name in _SAME if name in given}
        for name, names in _NAMES.items():
            sent = next((given[one] for one in names if given.get(one) not in {None, ""}), None)
            if sent is not None:
                named[name] = EASY_WORDS.get(sent, sent) if name == "level" else sent
        return named


_SAME = ("duration_minutes", "mode", "max_follow_ups", "probes", "persona", "language", "job_description")
_NAMES = {
    "role": ("role", "job_role"),
    "level": ("level", "difficulty"),
    "type": ("type", "question_type"),
    "count": ("num_questions",),
    "resume": ("resume_text",),
}


class PlanWishSerializer(QuestionWishSerializer):
    """What a plan should be like. Nothing has to be sent."""

    job_id = Id(required=False, allow_null=True, default=None)
    candidate_id = Id(required=False, allow_null=True, default=None, help_text="Whose résumé is gone into.")
    persona = Text(max_length=40, required=False)
    language = serializers.RegexField(
        ENGLISH,
        required=False,
        error_messages={"invalid": "There are questions in English only: en, or en-GB and the like."},
    )

    def validate_job_id(self, value: int | None) -> Any:
        return self._existing(Job, value, "job")

    def validate_candidate_id(self, value: int | None) -> Any:
        """Of those whose résumés one may read: what is asked about them tells of it."""
        return self._existing(Candidate, value, "candidate", self.context.get("reached"))

    def _existing(self, model: type[Any], value: int | None, name: str, among: Any = None) -> Any:
        if value is None:
            return None
        organisations = self.context["organisations"] if among is None else among
        found = find_row(model.objects.filter(organisation__in=organisations), value)
        if found is None:
            raise serializers.ValidationError(f"There is no such {name}.")
        return found


class KeptPlanWishSerializer(PlanWishSerializer):
    """A plan to keep: drafted from the wish, or made of the `questions` that are sent."""

    name = Text(max_length=200, required=False)
    notice = Text(max_length=5000, required=False, allow_blank=True)
    redo = Choice(KeptPlan.Redo.choices, required=False)
    feedback = Choice(KeptPlan.Feedback.choices, required=False)
    questions = serializers.ListField(
        child=serializers.DictField(),
        min_length=1,
        max_length=MOST_QUESTIONS,
        required=False,
        help_text="In order. Of the bank: key and, if it differs, mode. Of your own: text and the rest. "
        "One without a mode has that of the wish.",
    )

    def validate_questions(self, value: list[dict[str, Any]]) -> tuple[PlannedQuestion, ...]:
        former = {one.key: one for one in self.context.get("former", ())}
        read = tuple(_question(number, one, former) for number, one in enumerate(value, 1))
        keys = [question.key for question in read]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise serializers.ValidationError(f"The same question stands there twice: {', '.join(twice)}.")
        if not any(question.is_core for question in read):
            raise serializers.ValidationError("At least one question has to count for everybody.")
        return read

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A `mode` beside the questions is that of those which say none themselves."""
        if "questions" in attrs and "mode" in attrs:
            sent = cast("dict[str, Any]", self.initial_data)["questions"]
            attrs["questions"] = tuple(
                one if "mode" in said else replace(one, mode=attrs["mode"])
                for one, said in zip(attrs["questions"], sent, strict=True)
            )
        personal = [name for name in ("resume_text", "candidate_id") if attrs.get(name)]
        if personal:
            message = (
                "A kept plan is for everybody. A candidate's résumé is gone into when a session is made."
            )
            raise serializers.ValidationError(dict.fromkeys(personal, message))
        return attrs


def _question(number: int, sent: dict[str, Any], former: Mapping[str, PlannedQuestion]) -> PlannedQuestion:
    """Raises ValidationError that names the place in the list."""
    try:
        question = msgspec.convert(_completed(number, sent), PlannedQuestion)
    except (msgspec.ValidationError, KeyError) as error:
        raise serializers.ValidationError(f"Question {number}: {_told(error)}") from None
    for text in (question.text, question.rephrase, question.help, *question.follow_ups):
        if (topic := find_protected_topic(text)) is not None:
            message = f"Question {number} asks about something nobody may be asked in an interview: {topic}."
            raise serializers.ValidationError(message)
    if not 1 <= len(question.text.strip()) <= 500:
        raise serializers.ValidationError(f"Question {number}: its text has 1 to 500 characters.")
    named = replace(question, asked_by="", key=question.key.strip()[:80])
    return _with_source(named, sent.get("source"), former)


def _completed(number: int, sent: dict[str, Any]) -> dict[str, Any]:
    """Of the bank by its key alone; of one's own with a key."""
    if "text" in sent:
        return {**sent, "key": str(sent.get("key") or f"own-{number}"), "source": "person"}
    known: dict[str, Any] = msgspec.to_builtins(get_question(str(sent["key"])))
    return {**known, **{name: sent[name] for name in ("mode", "reason", "is_core") if name in sent}}


def _with_source(
    question: PlannedQuestion, said: Any, former: Mapping[str, PlannedQuestion]
) -> PlannedQuestion:
    """Where it comes from, as long as nobody has changed its words: what was read may be sent back as it is.

    Of whoever sends one that is known neither here nor to the bank it is believed that a job or a model
    brought it; that the bank did, which can be seen, is not.
    """
    before = former.get(question.key) or _find_in_bank(question.key)
    if before is None:
        return replace(question, source=said if said in {"job", "model"} else "person")
    if _words_of(before) != _words_of(question):
        return replace(question, source="person", reason="")
    is_for_job = before.source == "bank" and said == "job"
    return replace(question, source="job" if is_for_job else before.source)


def _words_of(question: PlannedQuestion) -> PlannedQuestion:
    """What makes it this question, whatever a plan says of it beside."""
    return replace(question, mode="adaptive", source="bank", is_core=True, reason="", asked_by="")


def _find_in_bank(key: str) -> PlannedQuestion | None:
    try:
        return get_question(key)
    except KeyError:
        return None


def _told(error: Exception) -> str:
    if isinstance(error, KeyError):
        return "it has no text, and the bank has no question of its key."
    return str(error)


class PlanSerializer(serializers.ModelSerializer[KeptPlan]):
    """One version of a kept plan, with its preview."""

    id = serializers.IntegerField(source="number", read_only=True)
    job_id = serializers.IntegerField(read_only=True, allow_null=True)
    questions = serializers.SerializerMethodField()
    faults = serializers.SerializerMethodField()
    preview = serializers.SerializerMethodField()

    class Meta:
        model = KeptPlan
        fields = (
            "id",
            "version",
            "is_current",
            "name",
            "job_id",
            "mode",
            "max_follow_ups",
            "duration_minutes",
            "persona",
            "notice",
            "redo",
            "feedback",
            "core_keys",
            "created_at",
            "questions",
            "faults",
            "preview",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_questions(self, kept: KeptPlan) -> list[Any]:
        return [msgspec.to_builtins(question) for question in content_of(kept).questions]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_faults(self, kept: KeptPlan) -> list[str]:
        """What the bank's linter says of questions of one's own; they may be asked all the same."""
        return find_faults(one for one in content_of(kept).questions if one.source == "person")

    @extend_schema_field(serializers.DictField())
    def get_preview(self, kept: KeptPlan) -> dict[str, Any]:
        return describe_preview(content_of(kept), competencies_of(kept.job))


class ListedPlanSerializer(serializers.ModelSerializer[KeptPlan]):
    """A kept plan in a list."""

    id = serializers.IntegerField(source="number", read_only=True)
    job_id = serializers.IntegerField(read_only=True, allow_null=True)
    role = serializers.CharField(source="content.role", read_only=True)
    total_questions = serializers.SerializerMethodField()

    class Meta:
        model = KeptPlan
        fields = (
            "id",
            "version",
            "is_current",
            "name",
            "job_id",
            "role",
            "total_questions",
            "mode",
            "duration_minutes",
            "created_at",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.IntegerField())
    def get_total_questions(self, kept: KeptPlan) -> int:
        return len(kept.content.get("questions", ()))


def describe_preview(plan: Plan, competencies: tuple[str, ...] = ()) -> dict[str, Any]:
    """The preview as JSON. A note on the time stands there once, however often the plan was noted."""
    preview = preview_plan(plan, competencies)
    described: dict[str, Any] = msgspec.to_builtins(preview)
    described["time"]["fits"] = preview.time.fits
    late = time_note(plan)
    described["notes"] = list(dict.fromkeys((*preview.notes, *([late] if late else []))))
    return described
