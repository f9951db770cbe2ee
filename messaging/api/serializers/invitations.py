"""Messages as members read them, and what invites candidates, one or many."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.utils import timezone
from rest_framework import serializers

from interviews.api.serializers.session_wishes import SessionWishSerializer
from messaging.invitations.inviting import CHANNELS
from messaging.models import InvitationBatch, Message
from messaging.sms.numbers import masked
from rest.fields import Flag, Text

OF_ONE = frozenset(
    {
        "interviewer_id",
        "candidate_id",
        "student_id",
        "candidate_name",
        "interview_id",
        "round_id",
        "purpose",
    }
)
LONGEST_AHEAD = timedelta(days=365)


class ChannelsField(serializers.ListField):
    def __init__(self, **options: Any) -> None:
        super().__init__(
            child=serializers.ChoiceField(CHANNELS),
            allow_empty=False,
            max_length=4,
            required=False,
            **options,
        )

    def to_internal_value(self, data: Any) -> list[Any]:
        return list(dict.fromkeys(super().to_internal_value(data)))


class InvitationSerializer(serializers.Serializer[Any]):
    """How a candidate is invited; all of it may be left out."""

    channels = ChannelsField(help_text="email alone, unless something else is sent.")
    message = Text(
        max_length=2000,
        required=False,
        allow_blank=True,
        default="",
        help_text="Your own words, said in the e-mail; texts are too short for them.",
    )
    send_at = serializers.DateTimeField(
        required=False,
        allow_null=True,
        default=None,
        help_text="At once where it is left out or has passed; within a year. The new link counts at once.",
    )

    def validate_send_at(self, value: datetime | None) -> datetime | None:
        if value is not None and value > timezone.now() + LONGEST_AHEAD:
            raise serializers.ValidationError("This is more than a year ahead.")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs.setdefault("channels", ["email"])
        return attrs


class SentMessageSerializer(serializers.ModelSerializer[Message]):
    """One text or e-mail, and what became of it. What it says is not shown here."""

    session_id = serializers.UUIDField(source="session.uuid", default=None, read_only=True, allow_null=True)
    to = serializers.SerializerMethodField(help_text="Observers see the last of it only.")

    class Meta:
        model = Message
        fields = (
            "id",
            "session_id",
            "candidate_id",
            "channel",
            "direction",
            "kind",
            "status",
            "to",
            "subject",
            "error_code",
            "error",
            "due_at",
            "sent_at",
            "created_at",
        )
        read_only_fields = fields
        extra_kwargs: ClassVar[dict[str, dict[str, str]]] = {
            "due_at": {"help_text": "Not before this; texts wait for the candidate's morning."},
            "error": {"help_text": "Why the last attempt failed, in a sentence."},
        }

    def get_to(self, message: Message) -> str:
        if message.organisation_id not in self.context.get("unreachable", ()):
            return message.to
        name, at, host = message.to.rpartition("@")
        return f"{name[:1]}…@{host}" if at else masked(message.to)


class InvitedSerializer(serializers.Serializer[Any]):
    """The invitation's messages, on their way."""

    session_id = serializers.UUIDField()
    link_expires_at = serializers.DateTimeField(help_text="Until then the link in them opens the interview.")
    messages = SentMessageSerializer(many=True)


class BatchWishSerializer(InvitationSerializer, SessionWishSerializer):
    """A file of people, what each one's interview is to be, and how they are invited."""

    file = serializers.FileField(
        max_length=255,
        help_text="CSV in UTF-8, 1 MB and 1,000 people at most; commas or semicolons. The first line names "
        "the columns: name, email, phone, time_zone, in any order; others are passed over.",
    )
    dry_run = Flag(default=False, help_text="true writes and sends nothing, and says what would happen.")

    def get_fields(self) -> dict[str, Any]:
        """Whom it is for stands in the file."""
        return {name: field for name, field in super().get_fields().items() if name not in OF_ONE}


class RowResultSerializer(serializers.Serializer[Any]):
    """One person of the file."""

    row = serializers.IntegerField(help_text="As a spreadsheet counts; the header is 1.")
    candidate = serializers.ChoiceField(["new", "existing"], help_text="By the address within yours.")
    candidate_id = serializers.IntegerField(allow_null=True)
    session_id = serializers.UUIDField(allow_null=True)
    warnings = serializers.ListField(child=serializers.CharField())
    skipped = serializers.BooleanField(
        default=False, help_text="They have this interview already; nobody was invited again."
    )
    error = serializers.CharField(help_text="Why this one was not invited; else empty.")


class ForeseenSerializer(serializers.Serializer[Any]):
    """What would happen."""

    dry_run = serializers.BooleanField()
    total = serializers.IntegerField()
    new = serializers.IntegerField()
    existing = serializers.IntegerField()
    results = RowResultSerializer(many=True)


class BatchSerializer(serializers.ModelSerializer[InvitationBatch]):
    """How far a file has come."""

    done = serializers.IntegerField(read_only=True)
    invited = serializers.SerializerMethodField()
    results = RowResultSerializer(many=True, read_only=True)

    class Meta:
        model = InvitationBatch
        fields = ("id", "status", "total", "done", "invited", "results", "created_at", "finished_at")
        read_only_fields = fields

    def get_invited(self, batch: InvitationBatch) -> int:
        return sum(one["session_id"] is not None for one in batch.results)
