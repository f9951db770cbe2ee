"""Questions of one's own: what a client sends to write or change one, under the names of each client."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotAuthenticated

from interviews.api.entering import Entry, enter
from interviews.api.serializers.sessions import DIFFICULTIES, EASY_WORDS
from interviews.models import Question
from interviews.protected import find_protected_topic
from interviews.question_editing import MOST_POINTS, MOST_QUESTIONS, OwnQuestion, points_in
from rest.fields import Choice, Text

MOST_AT_ONCE = 50
ANOTHER_NAME = "Another name of {}."


@extend_schema_field({"oneOf": [{"type": "integer", "minimum": 1}, {"type": "string", "format": "uuid"}]})
class SessionReference(serializers.Field[Entry, Any, str, Any]):
    """A session by its number or UUID; gives the sender's entry to it.

    `context` holds the request and `entries`, those found so far: rows of one session ask for it once.
    """

    default_error_messages = {"missing": "There is no such interview."}  # noqa: RUF012 (DRF reads it)

    def to_internal_value(self, data: Any) -> Entry:
        if isinstance(data, bool) or not isinstance(data, int | str):
            self.fail("missing")
        known: dict[str, Entry] = self.context["entries"]
        if str(data) not in known:
            known[str(data)] = self._entered(str(data))
        return known[str(data)]

    def _entered(self, reference: str) -> Entry:
        try:
            return enter(self.context["request"], reference)
        except NotAuthenticated:
            raise
        except APIException as error:
            if error.status_code != 404:
                raise
            self.fail("missing")


class OwnQuestionSerializer(serializers.Serializer[Any]):
    """A question as a person writes it; read back as an OwnQuestion, or as the changes to one."""

    question_text = Text(max_length=500, required=False)
    text = Text(max_length=500, required=False, help_text=ANOTHER_NAME.format("question_text"))
    category = Text(
        max_length=80,
        required=False,
        allow_blank=True,
        help_text="technical, behavioral, coding and system_design set the type; other words the competency.",
    )
    competency = Text(max_length=80, required=False, allow_blank=True)
    question_type = Choice(Question.Kind.choices, required=False)
    difficulty = Choice(DIFFICULTIES, required=False, help_text="easy, medium and hard are taken as well.")
    order = serializers.IntegerField(
        min_value=1,
        max_value=MOST_QUESTIONS,
        required=False,
        allow_null=True,
        help_text="Its place from one; those there move back. The last when left out.",
    )
    expected_answer = Text(
        max_length=5000,
        required=False,
        allow_blank=True,
        help_text="Becomes the expected points, line by line, where none are sent.",
    )
    expected_points = serializers.ListField(
        child=Text(max_length=300),
        max_length=MOST_POINTS,
        required=False,
        help_text="What a good answer says; its score rests on them. Never shown to candidates.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        wording = attrs.get("question_text", attrs.get("text"))
        if wording is None and not self.partial:
            raise serializers.ValidationError({"question_text": ["This field is required."]})
        if wording is not None and (topic := find_protected_topic(wording)) is not None:
            message = f"It asks about something nobody may be asked in an interview: {topic}."
            raise serializers.ValidationError({"question_text": [message]})
        return attrs


def changes_of(given: dict[str, Any]) -> dict[str, Any]:
    """What was sent, by the names of an OwnQuestion."""
    found: dict[str, Any] = {
        name: given[name] for name in ("order", "expected_answer") if given.get(name) is not None
    }
    wording = given.get("question_text", given.get("text"))
    if wording is not None:
        found["text"] = wording
    if "category" in given:
        found |= _named(given["category"])
    if "competency" in given:
        found["competency"] = given["competency"]
    if "question_type" in given:
        found["kind"] = given["question_type"]
    if "difficulty" in given:
        found["difficulty"] = EASY_WORDS.get(given["difficulty"], given["difficulty"])
    if "expected_points" in given:
        found["expected_points"] = tuple(dict.fromkeys(given["expected_points"]))
    elif given.get("expected_answer"):
        found["expected_points"] = points_in(given["expected_answer"])
    return found


def _named(category: str) -> dict[str, str]:
    """A category that is one of the types sets it; any other is what the question is about."""
    plain = category.strip().lower().replace(" ", "_").replace("-", "_")
    if plain in Question.Kind.values:
        return {"category": category, "kind": plain}
    return {"category": category, "competency": category} if category else {"category": ""}


class NewQuestionSerializer(OwnQuestionSerializer):
    """With the session it belongs to; a candidate's link knows its own."""

    session = SessionReference(required=False, help_text="Number or UUID of the session.")
    session_id = SessionReference(required=False, help_text=ANOTHER_NAME.format("session"))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        entry = attrs.get("session") or attrs.get("session_id") or self.context.get("own")
        if entry is None:
            raise serializers.ValidationError({"session": ["This field is required."]})
        return {"entry": entry, "question": OwnQuestion(**changes_of(attrs))}


class BulkSerializer(serializers.Serializer[Any]):
    """Several at once, all or none."""

    questions: "serializers.ListSerializer[Any]" = serializers.ListSerializer(
        child=NewQuestionSerializer(), allow_empty=False, max_length=MOST_AT_ONCE
    )

    def validate_questions(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Two for one place leave open which of them is meant to come first."""
        taken: set[tuple[int, int]] = set()
        errors: list[dict[str, list[str]]] = []
        for one in value:
            place = (one["entry"].session.pk, one["question"].order)
            is_double = place[1] is not None and place in taken
            errors.append({"order": ["Another of these questions stands there."]} if is_double else {})
            taken.add(place)
        if any(errors):
            raise serializers.ValidationError(errors)
        return value


class ChangedQuestionSerializer(OwnQuestionSerializer):
    """What changes; a question stays in its session."""

    session = SessionReference(required=False, help_text="The one it is in.")
    session_id = SessionReference(required=False, help_text=ANOTHER_NAME.format("session"))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        for name in ("session", "session_id"):
            entry = attrs.pop(name, None)
            if entry is not None and entry.session.pk != self.context["session_pk"]:
                raise serializers.ValidationError({name: ["A question stays in its interview."]})
        return super().validate(attrs)
