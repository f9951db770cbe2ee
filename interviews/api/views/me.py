"""The candidate's own corner: what their interview is, what makes it easier for them, what they ask for."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from interviews.api import links
from interviews.api.entering import enter_own
from interviews.api.serializers.conversation import RequestSerializer
from interviews.api.serializers.me import AccommodationsChangeSerializer, OwnSessionSerializer
from interviews.mind.facts import facts_of
from interviews.models import Request as Wish
from interviews.models import Session
from interviews.reporting.policy import policy_of
from interviews.requests import ask, may_ask
from rest.errors import ApiError

PLAIN_FACTS = (
    "id",
    "title",
    "job_role",
    "candidate_name",
    "purpose",
    "status",
    "end_reason",
    "language",
    "duration_minutes",
    "scheduled_at",
    "started_at",
    "ended_at",
    "retain_until",
    "accommodations",
)
PICK = OpenApiParameter(
    "session", OpenApiTypes.STR, description="Which of several links in this browser: a UUID."
)


class OwnSession(APIView):
    """The interview that the link opens."""

    @extend_schema(summary="Read my interview", parameters=[PICK], responses=OwnSessionSerializer)
    def get(self, request: Request) -> Response:
        return Response(_described(request, enter_own(request).session))

    @extend_schema(
        summary="Say what makes it easier for me",
        parameters=[PICK],
        request=AccommodationsChangeSerializer,
        responses=OwnSessionSerializer,
    )
    def patch(self, request: Request) -> Response:
        session = enter_own(request).session
        if session.is_over:
            raise ApiError(409, "session_over", "The interview is over.")
        read = AccommodationsChangeSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        session.accommodations = {**session.accommodations, **read.validated_data["accommodations"]}
        session.save(update_fields=["accommodations", "updated_at"])
        return Response(_described(request, session))


class OwnRequests(generics.ListAPIView[Wish]):
    """What the candidate asks of the people behind the interview."""

    queryset = Wish.objects.none()
    serializer_class = RequestSerializer

    def get_queryset(self) -> Any:
        return enter_own(self.request).session.requests.order_by("pk")

    @extend_schema(summary="List what I asked for", parameters=[PICK])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Ask for something",
        parameters=[PICK],
        request=RequestSerializer,
        responses={201: RequestSerializer},
    )
    def post(self, request: Request) -> Response:
        session = enter_own(request).session
        if not may_ask(session):
            raise ApiError(409, "too_many_requests", "Your earlier wishes are still waiting to be read.")
        read = RequestSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        made = ask(session, **read.validated_data, now=timezone.now())
        return Response(RequestSerializer(made).data, status.HTTP_201_CREATED)


def _described(request: Request, session: Session) -> dict[str, Any]:
    facts = {name: getattr(session, name) for name in PLAIN_FACTS}
    facts |= {
        "session_id": session.uuid,
        "total_questions": session.num_questions,
        "consent": session.consent or None,
        "notice": _notice(session),
        "requests": session.requests.order_by("pk"),
        "room_url": links.room_url(request, session),
        "socket_url": links.socket_url(request, session),
        "report_url": links.report_url(request, session),
    }
    return dict(OwnSessionSerializer(facts).data)


def _notice(session: Session) -> dict[str, Any]:
    organisation = session.organisation
    mind = facts_of(settings.MIND)
    return {
        "organisation": organisation.name if organisation else "",
        "contact_name": organisation.contact_name if organisation else "",
        "contact_email": organisation.contact_email if organisation else "",
        "retention_days": organisation.retention_days if organisation else settings.RETENTION_DAYS,
        "speech_engine": settings.SPEECH_ENGINE,
        "interviewer": mind.name,
        "language_model": mind.model,
        "language_model_host": mind.host,
        "voice": settings.VOICE,
        "own": policy_of(session).notice,
    }
