"""Webhooks: listed, made, read, changed, deleted, tried out; and what became of each delivery."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_account, require_maker
from hiring.api.owned import OwnedList, OwnedOne, find_mine
from messaging.api.serializers.webhooks import DeliverySerializer, NewWebhookSerializer, WebhookSerializer
from messaging.api.throttling import WebhookThrottle
from messaging.models import Webhook, WebhookDelivery
from messaging.webhooks.payloads import EVENTS, PING
from messaging.webhooks.signing import new_secret
from messaging.webhooks.telling import InactiveError, ping, replay
from rest.errors import ApiError, NotFoundError
from rest.filters import Filters, MomentFilter, StableOrdering
from rest.rows import find_referred

MOST_WEBHOOKS = 20  # of one organisation: each of them is told of every session
EXAMPLE = OpenApiExample(
    "An applicant tracking system",
    {
        "url": "https://ats.example/viva",
        "events": ["session.completed", "report.ready"],
        "description": "ATS",
    },
    request_only=True,
)


class WebhookFilter(django_filters.FilterSet):
    is_active = django_filters.BooleanFilter()

    class Meta:
        model = Webhook
        fields: tuple[str, ...] = ()


class DeliveryFilter(django_filters.FilterSet):
    status = django_filters.MultipleChoiceFilter(choices=WebhookDelivery.Status.choices)
    event = django_filters.ChoiceFilter(choices=[(event, event) for event in (*EVENTS, PING)])
    session_id = django_filters.UUIDFilter(field_name="session__uuid")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = WebhookDelivery
        fields: tuple[str, ...] = ()


@extend_schema_view(get=extend_schema(summary="List webhooks"))
class Webhooks(OwnedList[Webhook]):
    """The webhooks of one's organisations. Nobody reads a secret here."""

    noun = "webhook"
    queryset = Webhook.objects.all()
    serializer_class = WebhookSerializer
    filterset_class = WebhookFilter
    search_fields = ("url", "description")
    ordering_fields = ("created_at", "url", "id")
    throttle_classes = (WebhookThrottle,)

    @extend_schema(
        summary="Make a webhook",
        description="By admins and recruiters. The answer holds `secret`, this once.",
        request=WebhookSerializer,
        responses={201: NewWebhookSerializer},
        examples=[EXAMPLE],
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().post(request, *args, **kwargs)

    def perform_create(self, serializer: serializers.BaseSerializer[Webhook]) -> None:
        if Webhook.objects.filter(organisation=self.owner).count() >= MOST_WEBHOOKS:
            raise ApiError(409, "too_many", f"An organisation may have {MOST_WEBHOOKS} webhooks.")
        secret, by = new_secret(), require_account(self.request)
        serializer.save(organisation=self.owner, secret=secret, created_by=by)

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Webhook]]:
        return NewWebhookSerializer if self.request.method == "POST" else WebhookSerializer


@extend_schema_view(
    get=extend_schema(summary="Read a webhook"),
    put=extend_schema(summary="Change a webhook", examples=[EXAMPLE]),
    patch=extend_schema(summary="Change parts of a webhook", examples=[EXAMPLE]),
    delete=extend_schema(
        summary="Delete a webhook", description="With its deliveries.", responses={204: None}
    ),
)
class OneWebhook(OwnedOne[Webhook]):
    """One webhook."""

    noun = "webhook"
    queryset = Webhook.objects.all()
    serializer_class = WebhookSerializer
    lookup_url_kwarg = "webhook_id"
    throttle_classes = (WebhookThrottle,)


class RotateSecret(APIView):
    """A new secret; the former signs nothing from now on."""

    throttle_classes = (WebhookThrottle,)

    @extend_schema(
        summary="Give a webhook a new secret",
        description="Shown this once. What is sent from now on is signed with it, also what failed before.",
        request=None,
        responses=NewWebhookSerializer,
    )
    def post(self, request: Request, webhook_id: int) -> Response:
        webhook = _find(request, webhook_id, to_change=True)
        webhook.secret = new_secret()
        webhook.save(update_fields=["secret", "updated_at"])
        return Response(NewWebhookSerializer(webhook).data)


class TestWebhook(APIView):
    """A `ping`, to see whether it arrives."""

    throttle_classes = (WebhookThrottle,)

    @extend_schema(
        summary="Send a ping",
        description="It leaves within a second or two; its delivery tells what became of it. "
        "409 `inactive` where the webhook is switched off.",
        request=None,
        responses={202: DeliverySerializer},
    )
    def post(self, request: Request, webhook_id: int) -> Response:
        webhook = _find(request, webhook_id, to_change=True)
        try:
            delivery = ping(webhook, now=timezone.now())
        except InactiveError:
            raise _inactive() from None
        return Response(DeliverySerializer(delivery).data, status.HTTP_202_ACCEPTED)


class Deliveries(generics.ListAPIView[WebhookDelivery]):
    """What one webhook was told, newest first."""

    queryset = WebhookDelivery.objects.none()
    serializer_class = DeliverySerializer
    filter_backends = (Filters, StableOrdering)
    filterset_class = DeliveryFilter
    ordering_fields = ("created_at", "last_tried_at", "attempts", "id")

    def get_queryset(self) -> QuerySet[WebhookDelivery]:
        webhook = _find(self.request, self.kwargs["webhook_id"])
        told = WebhookDelivery.objects.filter(webhook=webhook)
        return told.select_related("session").defer("session__plan")

    @extend_schema(summary="List a webhook's deliveries")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class ReplayDelivery(APIView):
    """Sends it once more, with the same id and content."""

    throttle_classes = (WebhookThrottle,)

    @extend_schema(
        summary="Send a delivery again",
        description="`delivery` is its number or its UUID. 409 `inactive` where the webhook is switched off.",
        request=None,
        responses={202: DeliverySerializer},
    )
    def post(self, request: Request, webhook_id: int, delivery: str) -> Response:
        found = _find_delivery(_find(request, webhook_id, to_change=True), delivery)
        try:
            again = replay(found, now=timezone.now())
        except InactiveError:
            raise _inactive() from None
        return Response(DeliverySerializer(again).data, status.HTTP_202_ACCEPTED)


def _find(request: Request, number: int, *, to_change: bool = False) -> Webhook:
    webhook = find_mine(request, Webhook.objects.all(), number, "webhook")
    if to_change:
        require_maker(request, webhook.organisation_id)
    return webhook


def _find_delivery(webhook: Webhook, reference: str) -> WebhookDelivery:
    rows = webhook.deliveries.select_related("session", "webhook")
    found = find_referred(rows, reference)
    if found is None:
        raise NotFoundError("delivery")
    return found


def _inactive() -> ApiError:
    return ApiError(409, "inactive", "The webhook is switched off; switch it on first.")
