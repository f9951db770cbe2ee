"""Making, reading, changing, starting and ending sessions."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import filters, generics, status
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import MAY_MAKE
from accounts.api.people import account_of
from accounts.models import Organisation
from hiring.api.refusals import refusals_as_errors as hiring_refusals
from interviews.api.authentication import Guest
from interviews.api.conflicts import refusals_as_errors
from interviews.api.entering import Entry, enter, sessions_seen_by
from interviews.api.serializers.conversation import StartedSerializer
from interviews.api.serializers.session_wishes import SessionChangeSerializer, SessionWishSerializer
from interviews.api.serializers.sessions import (
    NewSessionSerializer,
    OneSessionSerializer,
    SessionSerializer,
    StartSerializer,
    context_of,
)
from interviews.api.session_making import make_session, require_room_for_guest
from interviews.api.throttling import GuestDayThrottle, GuestSessionThrottle
from interviews.api.views.replies import describe_reply
from interviews.conversing import end, start
from interviews.models import Session
from interviews.retention import delete_session
from interviews.sessions import keep_link_open
from rest.errors import ApiError
from rest.filters import Filters, IdFilter, MomentFilter, StableOrdering

WAYS = {
    "in_progress": "it begins by POST …/start/",
    "completed": "it ends by POST …/end/",
    "cancelled": "one that began ends by POST …/end/",
}


class SessionFilter(django_filters.FilterSet):
    status = django_filters.MultipleChoiceFilter(choices=Session.Status.choices)
    job_role = django_filters.CharFilter(lookup_expr="icontains")
    candidate_name = django_filters.CharFilter(lookup_expr="icontains")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")
    scheduled_after = MomentFilter(field_name="scheduled_at", lookup_expr="gte")
    scheduled_before = MomentFilter(field_name="scheduled_at", lookup_expr="lt")
    interviewer_id = IdFilter(field_name="interviewer_id")
    interviewer_name = django_filters.CharFilter(field_name="interviewer__name", lookup_expr="icontains")
    candidate_id = IdFilter(field_name="candidate_id")
    student_id = IdFilter(field_name="candidate_id")
    job_id = IdFilter(field_name="job_id")
    interview_id = IdFilter(field_name="round__interview_id")
    round_id = IdFilter(field_name="round_id")

    class Meta:
        model = Session
        fields = ("purpose", "difficulty", "question_type", "preferred_channel")


class Sessions(generics.ListCreateAPIView[Session]):
    """The sessions one may see; making one needs an account, or nothing where guests are let in."""

    queryset = Session.objects.none()
    serializer_class = SessionSerializer
    filter_backends = (Filters, StableOrdering, filters.SearchFilter)
    filterset_class = SessionFilter
    ordering_fields = ("created_at", "scheduled_at", "started_at", "ended_at", "status", "id")
    search_fields = ("title", "candidate_name", "job_role")
    throttle_classes = (GuestSessionThrottle, GuestDayThrottle)

    def get_queryset(self) -> QuerySet[Session]:
        return sessions_seen_by(self.request).select_related(
            "organisation", "round", "interviewer", "candidate"
        )

    def get_serializer_context(self) -> dict[str, Any]:
        user = account_of(self.request)
        return {**super().get_serializer_context(), "is_member": user is not None, "user": user}

    @extend_schema(summary="List sessions")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Make a session", request=SessionWishSerializer, responses={201: NewSessionSerializer}
    )
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        organisation = _organisation_for(request)
        read = SessionWishSerializer(data=request.data, context={"organisation": organisation})
        read.is_valid(raise_exception=True)
        user = account_of(request)
        if user is None:
            require_room_for_guest()
        with refusals_as_errors(), hiring_refusals():
            session, token = make_session(read.validated_data, set(request.data), organisation, user)
        context = {"request": request, "token": token, "is_member": user is not None, "user": user}
        return Response(NewSessionSerializer(session, context=context).data, status.HTTP_201_CREATED)


def _organisation_for(request: Request) -> Organisation | None:
    """Where the new session belongs. Raises when the sender may make none."""
    user = account_of(request)
    if user is None:
        if isinstance(request.user, Guest):
            raise PermissionDenied("A candidate's link makes no further interviews.")
        if not settings.GUESTS:
            raise NotAuthenticated("Please sign in: guests can't make interviews here.")
        return None
    memberships = list(user.memberships.select_related("organisation").order_by("pk"))
    making = [one.organisation for one in memberships if one.role in MAY_MAKE]
    if memberships and not making and not user.is_superuser:
        raise PermissionDenied("Your role may watch interviews, but not make any.")
    return making[0] if making else None


class OneSession(APIView):
    """One session, by id or UUID."""

    @extend_schema(summary="Read a session", responses=OneSessionSerializer)
    def get(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        return Response(OneSessionSerializer(entry.session, context=context_of(entry, request)).data)

    @extend_schema(
        summary="Change a session", request=SessionChangeSerializer, responses=OneSessionSerializer
    )
    def patch(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        if not entry.may_manage:
            raise PermissionDenied("You may read this interview, but not change it.")
        change = SessionChangeSerializer(entry.session, data=request.data, partial=True)
        change.is_valid(raise_exception=True)
        status_wished = change.validated_data.pop("status", entry.session.status)
        if status_wished != entry.session.status:
            _require_cancelling(entry.session, status_wished)
        change.save()
        if "scheduled_at" in change.validated_data:
            keep_link_open(entry.session, timezone.now())
        if status_wished != entry.session.status:
            _end(entry)
        return Response(OneSessionSerializer(entry.session, context=context_of(entry, request)).data)

    @extend_schema(
        summary="Change a session",
        request=SessionChangeSerializer,
        responses=OneSessionSerializer,
        description="As PATCH: what is left out stays.",
    )
    def put(self, request: Request, reference: str) -> Response:
        return self.patch(request, reference)

    @extend_schema(
        summary="Delete a session",
        description="One that never began leaves nothing. Of one that began, words, recording and report go, "
        "and nobody can read it any more; what stays is the proof of its log, without content.",
        responses={204: None},
    )
    def delete(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        if not entry.may_manage:
            raise PermissionDenied("You may read this interview, but not delete it.")
        if entry.session.seq and not entry.session.is_over:
            _end(entry)
        delete_session(entry.session, timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class StartSession(APIView):
    """Begins a typed interview, which a voice may take up at any time."""

    @extend_schema(request=StartSerializer, responses=StartedSerializer)
    def post(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        if not entry.may_answer:
            raise PermissionDenied("You may watch this interview, but not start it.")
        read = StartSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        with refusals_as_errors():
            start(entry.session, consent=read.validated_data.get("consent"), user=entry.user)
        return Response(_started(entry.session))


class EndSession(APIView):
    """Ends the interview; one that never began is cancelled, one that is over stays as it is."""

    @extend_schema(request=None, responses=StartedSerializer)
    def post(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        if not (entry.is_guest or entry.may_command):
            raise PermissionDenied("You may watch this interview, but not end it.")
        if not entry.session.is_over:
            _end(entry)
        return Response(_started(entry.session))


def _end(entry: Entry) -> None:
    with refusals_as_errors():
        end(entry.session, user=entry.user, is_guest=entry.is_guest)


def _require_cancelling(session: Session, wished: str) -> None:
    """A status follows from what happens; only that it never will can be said."""
    if wished == Session.Status.CANCELLED and session.status == Session.Status.SCHEDULED:
        return
    way = WAYS.get(wished, "no other action leads there")
    message = f"An interview that is {session.status} does not become {wished} by a change: {way}."
    raise ApiError(409, "illegal_status", message)


def _started(session: Session) -> dict[str, Any]:
    facts = {
        "id": session.pk,
        "session_id": session.uuid,
        "status": session.status,
        "started_at": session.started_at,
        "ended_at": session.ended_at,
        "end_reason": session.end_reason,
        "reply": None if session.is_over else describe_reply(session, 0),
    }
    return dict(StartedSerializer(facts).data)
