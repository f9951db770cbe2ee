"""An interview by text as recruiters see it, and what Twilio posts."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from messaging.models import Message, SmsInterview
from messaging.sms.numbers import masked
from rest.fields import Text

MOST_SHOWN = 200


class TextSerializer(serializers.ModelSerializer[Message]):
    at = serializers.DateTimeField(source="created_at", help_text="When it was written, or came in.")

    class Meta:
        model = Message
        fields = ("id", "direction", "kind", "body", "status", "error_code", "due_at", "sent_at", "at")
        read_only_fields = fields
        extra_kwargs: ClassVar = {
            "error_code": {"help_text": "Why it did not get there: the carrier's code, or one of ours."},
            "due_at": {"help_text": "Not before: what we begin waits for the candidate's morning."},
        }


class SmsInterviewSerializer(serializers.ModelSerializer[SmsInterview]):
    session_id = serializers.UUIDField(source="session.uuid")
    number = serializers.SerializerMethodField(help_text="The last two digits.")
    texts = serializers.SerializerMethodField(help_text="Oldest first, the newest 200.")

    class Meta:
        model = SmsInterview
        fields = (
            "session_id", "number", "time_zone", "status", "end_reason", "created_at", "updated_at", "texts",
        )  # fmt: skip
        read_only_fields = fields
        extra_kwargs: ClassVar = {
            "status": {
                "help_text": "`waiting` for the morning, `asked` for a YES, `running`, `ended`.",
            },
            "end_reason": {
                "help_text": "How the session ended, or `declined`, `no_answer`, `number_busy`, `opted_out`, "
                "`undeliverable`.",
            },
        }

    def get_number(self, interview: SmsInterview) -> str:
        return masked(interview.number)

    @extend_schema_field(TextSerializer(many=True))
    def get_texts(self, interview: SmsInterview) -> list[dict[str, Any]]:
        newest = interview.session.messages.filter(channel=Message.Channel.SMS).order_by("-pk")[:MOST_SHOWN]
        return [dict(one) for one in TextSerializer(list(newest)[::-1], many=True).data]


class TwilioPostSerializer(serializers.Serializer[Any]):
    """What we read of it; Twilio sends more."""

    MessageSid = serializers.RegexField(r"^[A-Z]{2}[0-9a-fA-F]{32}$", help_text="Twilio's id of the text.")
    From = Text(required=False, allow_blank=True, max_length=64, default="")
    To = Text(required=False, allow_blank=True, max_length=64, default="")
    Body = Text(required=False, allow_blank=True, trim_whitespace=False, max_length=20_000, default="")
    NumMedia = Text(required=False, allow_blank=True, max_length=8, default="0")
    MessageStatus = Text(
        required=False,
        allow_blank=True,
        max_length=32,
        default="",
        help_text="In reports about a text of ours: queued, sent, delivered, undelivered, failed.",
    )
    ErrorCode = Text(required=False, allow_blank=True, max_length=32, default="")
