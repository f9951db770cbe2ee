"""Inviting the candidate of a session, their appointment, and what became of every message."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_account
from hiring.access import may_read_contacts, unreachable_organisations
from hiring.api.owned import Owned
from interviews.api.entering import Entry, enter
from messaging.api.serializers.invitations import (
    InvitationSerializer,
    InvitedSerializer,
    SentMessageSerializer,
)
from messaging.api.throttling import InvitationThrottle
from messaging.calendar import calendar_file
from messaging.invitations.inviting import CannotInviteError, Invitation, invite
from messaging.models import Message
from rest.errors import ApiError, NotFoundError
from rest.filters import Filters, MomentFilter, StableOrdering

EXAMPLE = OpenApiExample(
    "By e-mail and text",
    {"channels": ["email", "sms"], "message": "We look forward to meeting you."},
    request_only=True,
)


class Invite(APIView):
    """Sends the candidate a new link."""

    throttle_classes = (InvitationThrottle,)

    @extend_schema(
        summary="Invite the candidate",
        description="A new link by e-mail, text or both; former links stop working at once. Where the "
        "interview has a time, the e-mail has a calendar file, and reminders follow a day and an hour before "
        "it. Sent in the background: the messages tell what became of it. 409 `session_over`.",
        request=InvitationSerializer,
        responses={202: InvitedSerializer},
        examples=[EXAMPLE],
    )
    def post(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        if not entry.may_command:
            raise PermissionDenied("Candidates are invited by the people responsible for the interview.")
        read = InvitationSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        wish = Invitation(**{**read.validated_data, "channels": tuple(read.validated_data["channels"])})
        try:
            messages = invite(entry.session, wish, now=timezone.now())
        except CannotInviteError as error:
            if not error.channel:
                raise ApiError(409, "session_over", str(error)) from None
            raise serializers.ValidationError({"channels": [str(error)]}) from None
        invited = {
            "session_id": entry.session.uuid,
            "link_expires_at": entry.session.token_expires_at,
            "messages": messages,
        }
        return Response(InvitedSerializer(invited).data, status.HTTP_202_ACCEPTED)


class SessionCalendar(APIView):
    """The interview's time, for a calendar."""

    @extend_schema(
        summary="Download the appointment",
        description="An iCalendar file, for members and the candidate; the same event each time, with a "
        "SEQUENCE that grows as it is moved. Observers get it without the candidate's address. 404 where the "
        "interview has no time.",
        responses={(200, "text/calendar"): OpenApiTypes.STR},
    )
    def get(self, request: Request, reference: str) -> HttpResponse:
        entry = enter(request, reference)
        session = entry.session
        if session.scheduled_at is None:
            raise NotFoundError("appointment")
        file = calendar_file(session, timezone.now(), names_candidate=_may_reach(entry))
        answer = HttpResponse(file, "text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="interview.ics"'
        return answer


def _may_reach(entry: Entry) -> bool:
    """The candidate knows their own address; of members, those who may read how a candidate is reached."""
    candidate = entry.session.candidate
    return entry.user is None or (
        candidate is not None and may_read_contacts(entry.user, candidate.organisation_id)
    )


class MessageFilter(django_filters.FilterSet):
    session_id = django_filters.UUIDFilter(field_name="session__uuid")
    channel = django_filters.ChoiceFilter(choices=Message.Channel.choices)
    status = django_filters.MultipleChoiceFilter(choices=Message.Status.choices)
    kind = django_filters.CharFilter()
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = Message
        fields: tuple[str, ...] = ()


class Messages(Owned[Message], generics.ListAPIView[Message]):
    """Every text and e-mail of one's organisations."""

    noun = "message"
    queryset = Message.objects.none()
    serializer_class = SentMessageSerializer
    filter_backends = (Filters, StableOrdering)
    filterset_class = MessageFilter
    ordering_fields = ("created_at", "sent_at", "due_at", "status", "id")

    def rows(self) -> QuerySet[Message]:
        return Message.objects.select_related("session").defer("body", "session__plan")

    def get_serializer_context(self) -> dict[str, Any]:
        known = super().get_serializer_context()
        return known | {"unreachable": unreachable_organisations(known["user"]) if "user" in known else set()}

    @extend_schema(summary="List messages")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        require_account(request)
        return super().get(request, *args, **kwargs)


class Invitations(Messages):
    """Invitations and reminders of interviews."""

    def rows(self) -> QuerySet[Message]:
        return super().rows().filter(kind__in=("invitation", "reminder"), direction=Message.Direction.OUT)

    @extend_schema(summary="List invitations and reminders")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)
