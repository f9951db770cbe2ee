"""Making, reading, changing, starting and ending sessions."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from msgspec.structs import replace
from rest_framework import filters, generics, status
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Organisation
from hiring.models import Candidate, Interviewer
from hiring.models import Plan as KeptPlan
from interviews.access import MAY_COMMAND, watchable_sessions
from interviews.api.authentication import Guest
from interviews.api.conflicts import refusals_as_errors
from interviews.api.entering import account_of, enter
from interviews.api.serializers.conversation import StartedSerializer
from interviews.api.serializers.sessions import (
    NewSessionSerializer,
    OneSessionSerializer,
    SessionChangeSerializer,
    SessionSerializer,
    SessionWishSerializer,
    StartSerializer,
    context_of,
)
from interviews.api.throttling import GuestSessionThrottle
from interviews.api.views.replies import describe_reply
from interviews.conversing import end, start
from interviews.live.recording import erase_recording
from interviews.models import Session
from interviews.plan import Plan
from interviews.plans import find_plan, plan_for, plans_of
from interviews.sessions import GUEST, Owner, SessionWish, create_session


class SessionFilter(django_filters.FilterSet):
    status = django_filters.MultipleChoiceFilter(choices=Session.Status.choices)
    job_role = django_filters.CharFilter(lookup_expr="icontains")
    candidate_name = django_filters.CharFilter(lookup_expr="icontains")
    created_after = django_filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_before = django_filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")
    interviewer_id = django_filters.NumberFilter(field_name="interviewer_id")
    candidate_id = django_filters.NumberFilter(field_name="candidate_id")

    class Meta:
        model = Session
        fields = ("purpose", "difficulty", "question_type")


class Sessions(generics.ListCreateAPIView[Session]):
    """The sessions one may see; making one needs an account, or nothing where guests are let in."""

    queryset = Session.objects.none()
    serializer_class = SessionSerializer
    filter_backends = (DjangoFilterBackend, filters.OrderingFilter, filters.SearchFilter)
    filterset_class = SessionFilter
    ordering_fields = ("created_at", "scheduled_at", "started_at", "ended_at", "status", "id")
    search_fields = ("title", "candidate_name", "job_role")
    throttle_classes = (GuestSessionThrottle,)

    def get_queryset(self) -> QuerySet[Session]:
        sessions = Session.objects.select_related("organisation")
        if isinstance(self.request.user, Guest):
            return sessions.filter(pk=self.request.user.session.pk)
        user = account_of(self.request)
        if user is None:
            raise NotAuthenticated("Please sign in, or use the link you were sent.")
        return watchable_sessions(user).select_related("organisation")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "is_member": account_of(self.request) is not None}

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
        owner = _owner(request, organisation, read.validated_data)
        kept = _kept_plan(organisation, read.validated_data["plan_id"])
        session, token = create_session(
            _wish(read.validated_data, is_guest=owner is GUEST),
            now=timezone.now(),
            owner=replace(owner, job=kept.job) if kept is not None else owner,
            retention_days=settings.RETENTION_DAYS,
            plan=_copy_of(kept, owner, request, read.validated_data),
        )
        context = {"request": request, "token": token, "is_member": owner is not GUEST}
        return Response(NewSessionSerializer(session, context=context).data, status.HTTP_201_CREATED)


def _kept_plan(organisation: Organisation | None, number: int | None) -> KeptPlan | None:
    return find_plan(plans_of([organisation]), number) if organisation and number else None


def _copy_of(kept: KeptPlan | None, owner: Owner, request: Request, wish: dict[str, Any]) -> Plan | None:
    """The kept plan for this candidate; only a length that was really sent replaces the plan's own."""
    if kept is None:
        return None
    minutes = wish["duration_minutes"] if "duration_minutes" in request.data else None
    return plan_for(kept, owner.candidate, language=wish["language"], duration_minutes=minutes)


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
    making = [one.organisation for one in memberships if one.role in MAY_COMMAND]
    if memberships and not making and not user.is_superuser:
        raise PermissionDenied("Your role may watch interviews, but not make any.")
    return making[0] if making else None


def _owner(request: Request, organisation: Organisation | None, wish: dict[str, Any]) -> Owner:
    user = account_of(request)
    if user is None:
        return GUEST
    candidate_id = wish["candidate_id"] or wish["student_id"]
    interviewer_id = wish["interviewer_id"]
    return Owner(
        user=user,
        organisation=organisation,
        interviewer=Interviewer.objects.get(pk=interviewer_id) if interviewer_id else None,
        candidate=Candidate.objects.get(pk=candidate_id) if candidate_id else None,
    )


def _wish(data: dict[str, Any], *, is_guest: bool) -> SessionWish:
    purpose = Session.Purpose.PRACTICE if is_guest else data.get("purpose", Session.Purpose.HIRING)
    known = {name: data[name] for name in SessionWish.__struct_fields__ if name in data}
    return SessionWish(**{**known, "purpose": str(purpose)})


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
        change.save()
        return Response(OneSessionSerializer(entry.session, context=context_of(entry, request)).data)

    @extend_schema(
        summary="Change a session",
        request=SessionChangeSerializer,
        responses=OneSessionSerializer,
        description="As PATCH: what is left out stays.",
    )
    def put(self, request: Request, reference: str) -> Response:
        return self.patch(request, reference)

    @extend_schema(summary="Delete a session", responses={204: None})
    def delete(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        if not entry.may_manage:
            raise PermissionDenied("You may read this interview, but not delete it.")
        erase_recording(entry.session)
        entry.session.delete()
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
    """Ends the interview; one that never began is cancelled."""

    @extend_schema(request=None, responses=StartedSerializer)
    def post(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        if not (entry.is_guest or entry.may_command):
            raise PermissionDenied("You may watch this interview, but not end it.")
        with refusals_as_errors():
            end(entry.session, user=entry.user, is_guest=entry.is_guest)
        return Response(_started(entry.session))


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
