"""Webhooks and their deliveries, as members of the organisation send and read them."""

from typing import ClassVar

from asgiref.sync import async_to_sync
from rest_framework import serializers

from messaging.models import Webhook, WebhookDelivery
from messaging.webhooks.addresses import MOST_URL_CHARS, AddressError
from messaging.webhooks.payloads import EVENTS
from messaging.webhooks.wiring import get_sender
from rest.changing import ChangingSerializer
from rest.fields import Text

NO_EVENT = f"There is no such event; there are {', '.join(EVENTS)}."
Extras = dict[str, dict[str, str]]


class WebhookSerializer(ChangingSerializer[Webhook]):
    """The secret is shown when it is made, and never again."""

    url = Text(
        max_length=MOST_URL_CHARS,
        help_text="https, on port 443 or 8000–8999, of a host with public addresses only.",
    )
    events = serializers.ListField(
        child=serializers.ChoiceField(EVENTS, error_messages={"invalid_choice": NO_EVENT}),
        allow_empty=False,
        max_length=10,
        help_text="What it is told of.",
    )

    class Meta:
        model = Webhook
        fields: tuple[str, ...] = (
            "id",
            "url",
            "events",
            "description",
            "is_active",
            "created_at",
            "updated_at",
        )
        read_only_fields: tuple[str, ...] = ("id", "created_at", "updated_at")
        extra_kwargs: ClassVar[Extras] = {
            "is_active": {"help_text": "false keeps it and sends nothing; a 410 sets it."}
        }

    def validate_url(self, url: str) -> str:
        if self.instance is None or url != self.instance.url:
            try:
                async_to_sync(get_sender().check)(url)
            except AddressError as error:
                raise serializers.ValidationError(str(error)) from None
        return url

    def validate_events(self, events: list[str]) -> list[str]:
        return list(dict.fromkeys(events))


class NewWebhookSerializer(WebhookSerializer):
    """A webhook with its secret."""

    class Meta(WebhookSerializer.Meta):
        fields = (*WebhookSerializer.Meta.fields, "secret")
        read_only_fields = (*WebhookSerializer.Meta.read_only_fields, "secret")
        extra_kwargs: ClassVar[Extras] = {
            **WebhookSerializer.Meta.extra_kwargs,
            "secret": {"help_text": "Signs what is sent. Shown this once."},
        }


class DeliverySerializer(serializers.ModelSerializer[WebhookDelivery]):
    """One event for one webhook, and what became of it."""

    session_id = serializers.UUIDField(source="session.uuid", default=None, read_only=True, allow_null=True)

    class Meta:
        model = WebhookDelivery
        fields = (
            "id",
            "uuid",
            "event",
            "session_id",
            "status",
            "attempts",
            "response_status",
            "took_ms",
            "error",
            "payload",
            "last_tried_at",
            "delivered_at",
            "created_at",
        )
        read_only_fields = fields
        extra_kwargs: ClassVar[Extras] = {
            "uuid": {"help_text": "The id in the message, and its Viva-Delivery header."},
            "status": {"help_text": "open: it will be tried (again); failed: not by itself any more."},
            "response_status": {"help_text": "Of the last attempt; null where nobody answered."},
            "error": {"help_text": "Why the last attempt failed, with the beginning of what was answered."},
        }
