"""Webhooks and what became of each delivery, in Django's admin. Secrets are shown to nobody."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator

from accounts.read_only_admin import ReadOnlyAdmin, shortened
from messaging.models import Webhook, WebhookDelivery
from messaging.webhooks.telling import InactiveError, replay


@admin.register(Webhook)
class WebhookAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic for the type checker only
    """Made over REST, where the address is looked at and the secret shown."""

    list_display = (shortened("url"), "organisation", "events", "is_active", "created_at")
    list_filter = ("is_active",)
    search_fields = ("url", "description", "organisation__name")
    list_select_related = ("organisation", "created_by")
    fields = ("organisation", "url", "events", "description", "is_active", "created_by", "created_at")
    readonly_fields = ("organisation", "url", "events", "created_by", "created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    list_display = (
        "event", "address", "status", "attempts", "answer", shortened("error", to=24),
        "last_tried_at",
    )  # fmt: skip
    list_filter = ("status", "event")
    search_fields = ("uuid", "webhook__url", "session__uuid")
    list_select_related = ("webhook",)
    heavy = ("payload",)
    actions = ("send_again",)

    @admin.display(ordering="webhook__url")
    def address(self, delivery: WebhookDelivery) -> str:
        return Truncator(delivery.webhook.url).chars(32)

    @admin.display(ordering="response_status")
    def answer(self, delivery: WebhookDelivery) -> str:
        return str(delivery.response_status or "-")

    @admin.action(description="Send again", permissions=("view",))
    def send_again(self, request: HttpRequest, chosen: QuerySet[WebhookDelivery]) -> None:
        sent = 0
        for delivery in chosen.select_related("webhook"):
            try:
                replay(delivery, now=timezone.now())
                sent += 1
            except InactiveError:
                self.message_user(request, f"{delivery.webhook} is switched off.", messages.WARNING)
        self.message_user(request, f"{sent} deliveries are sent again.", messages.SUCCESS)
