"""The conversation as its own list: who said what to which question, under the names of the REST clients."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from interviews.api.serializers.conversation import ReplySerializer
from interviews.conversing import rows_by_number
from interviews.evaluating import read_session
from interviews.live import events as ev
from interviews.models import Event, Question, Session, Turn
from interviews.sent_recordings import with_audio
from rest.fields import Choice, Reference, Text

SIDES = ("ai", "student")
SPEAKERS = {Turn.Speaker.INTERVIEWER: "ai", Turn.Speaker.CANDIDATE: "student"}


class ConversationSerializer(serializers.ModelSerializer[Turn]):
    """What one side said until the other spoke. The context is what `context_of` gives."""

    session = serializers.IntegerField(source="session_id", read_only=True)
    session_id = serializers.UUIDField(source="session.uuid", read_only=True)
    question = serializers.SerializerMethodField()
    speaker = serializers.SerializerMethodField()
    by = serializers.CharField(
        read_only=True, help_text="ai, or the name of the person who said it for the interviewer."
    )
    message = serializers.CharField(source="text", read_only=True)
    audio_file = serializers.SerializerMethodField()
    timestamp = serializers.DateTimeField(source="at", read_only=True)

    class Meta:
        model = Turn
        fields = (
            "id",
            "session",
            "session_id",
            "question",
            "speaker",
            "by",
            "channel",
            "message",
            "audio_file",
            "timestamp",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_question(self, turn: Turn) -> int | None:
        """The id of the question it belongs to."""
        found: int | None = self.context["questions"].get((turn.session_id, turn.question_number))
        return found

    @extend_schema_field(Choice(SIDES))
    def get_speaker(self, turn: Turn) -> str:
        return SPEAKERS[Turn.Speaker(turn.speaker)]

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_audio_file(self, turn: Turn) -> str | None:
        """Where the candidate's voice is heard; null where none was kept."""
        if turn.pk not in self.context["recorded"]:
            return None
        request: Request = self.context["request"]
        return request.build_absolute_uri(reverse("api-conversation-audio", args=[turn.pk]))


class NewConversationSerializer(ConversationSerializer):
    """What the candidate said, and how the interview goes on."""

    session_status = serializers.CharField(source="session.status", read_only=True)
    reply = serializers.SerializerMethodField()

    class Meta:
        model = Turn
        fields = (*ConversationSerializer.Meta.fields, "session_status", "reply")
        read_only_fields = fields

    @extend_schema_field(ReplySerializer(allow_null=True))
    def get_reply(self, turn: Turn) -> dict[str, Any] | None:
        """What the interviewer says to it; null while that is being found."""
        reply: dict[str, Any] | None = self.context["reply"]
        return reply


class ConversationWishSerializer(serializers.Serializer[Any]):
    """What the candidate says next: words, a recording of them, or both."""

    session_id = Reference(required=False, help_text="The session's UUID or number; `session` does as well.")
    session = Reference(required=False)
    question = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="The id of the question it answers."
    )
    speaker = Choice(SIDES, help_text="Only `student` is taken.")
    message = Text(max_length=5000, required=False, allow_blank=True, default="")
    audio_file = serializers.FileField(
        required=False,
        allow_null=True,
        default=None,
        help_text="A recording; without a message its words are taken. Kept where recording was agreed to.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        reference = attrs.get("session_id") or attrs.get("session")
        if not reference:
            raise serializers.ValidationError({"session_id": "This field is required."})
        if not attrs["message"] and attrs["audio_file"] is None:
            raise serializers.ValidationError({"message": "Send a message, or a recording in audio_file."})
        return {**attrs, "session_id": reference}


def context_of(turns: Sequence[Turn], request: Request, **more: Any) -> dict[str, Any]:
    """What the serializers need of all `turns` at once; their sessions are loaded already."""
    sessions = {turn.session_id: turn.session for turn in turns}
    return {"request": request, "questions": _questions(sessions), "recorded": with_audio(turns), **more}


def _questions(sessions: dict[int, Session]) -> dict[tuple[int, int], int]:
    """Question ids by session and place in the conversation.

    Places are the rows' own order, but for the few interviews in which a person put in a question.
    """
    rows = Question.objects.filter(session__in=sessions).values_list("session_id", "order", "pk")
    places = {(session_id, order): pk for session_id, order, pk in rows}
    queued = Event.objects.filter(session__in=sessions, type=ev.QuestionQueued.__struct_config__.tag)
    for session_id in set(queued.values_list("session_id", flat=True)):
        session = sessions[session_id]
        asked = rows_by_number(session, read_session(session))
        places |= {(session_id, number): row.pk for number, row in asked.items()}
    return places
