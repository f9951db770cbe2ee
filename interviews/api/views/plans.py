"""Drafting, keeping and reading plans; and drafting one for a session that nobody has opened yet."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from msgspec import convert
from rest_framework import generics, serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_account
from accounts.models import Organisation
from hiring.access import unreachable_organisations
from hiring.models import Plan as KeptPlan
from interviews.api.entering import enter
from interviews.api.plan_making import change_plan, make_plan, organisations_of
from interviews.api.serializers.conversation import MemberQuestionSerializer, QuestionSerializer
from interviews.api.serializers.plans import (
    KeptPlanWishSerializer,
    ListedPlanSerializer,
    PlanSerializer,
    PlanWishSerializer,
    QuestionWishSerializer,
    describe_preview,
)
from interviews.api.throttling import PlanThrottle
from interviews.live.process import get_process
from interviews.models import Session
from interviews.plan import Plan
from interviews.planning.drafting import PlanWish
from interviews.plans import (
    competencies_of,
    draft,
    find_plan,
    give_plan,
    plans_of,
    versions_of,
    wish_for,
)
from rest.errors import ApiError, NotFoundError
from rest.query import number_parameter, read_number
from rest.rows import LARGEST_ID


class PreviewPlan(APIView):
    """A plan with the time it takes and what it leaves out. Nothing is kept."""

    throttle_classes = (PlanThrottle,)

    @extend_schema(request=PlanWishSerializer, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request) -> Response:
        user = require_account(request)
        mine, hidden = organisations_of(user), unreachable_organisations(user)
        reached = [one for one in mine if one.pk not in hidden]
        read = PlanWishSerializer(data=request.data, context={"organisations": mine, "reached": reached})
        read.is_valid(raise_exception=True)
        plan = _drafted(read)
        return Response(describe_preview(plan, competencies_of(read.validated_data["job_id"])))


class Plans(generics.ListAPIView[KeptPlan]):
    """The current versions of the plans of one's organisations; drafting and keeping a new one."""

    queryset = KeptPlan.objects.none()
    serializer_class = ListedPlanSerializer
    throttle_classes = (PlanThrottle,)

    def get_queryset(self) -> QuerySet[KeptPlan]:
        return plans_of(organisations_of(require_account(self.request))).filter(is_current=True)

    @extend_schema(request=KeptPlanWishSerializer, responses={201: PlanSerializer})
    def post(self, request: Request) -> Response:
        kept = make_plan(require_account(request), request.data)
        return Response(PlanSerializer(kept).data, status.HTTP_201_CREATED)


class OnePlan(APIView):
    """One plan: its current version, or the one that is asked for."""

    throttle_classes = (PlanThrottle,)

    @extend_schema(
        parameters=[number_parameter("version", "Else the current one.")],
        responses=PlanSerializer,
    )
    def get(self, request: Request, number: int) -> Response:
        kept = _find(organisations_of(require_account(request)), number, read_number(request, "version"))
        return Response(PlanSerializer(kept).data)

    @extend_schema(
        request=KeptPlanWishSerializer,
        responses=PlanSerializer,
        description="Makes the next version; former ones and the sessions made from them stay as they are. "
        "What is left out stays; questions are drafted anew only where the wish for them is sent.",
    )
    def put(self, request: Request, number: int) -> Response:
        user = require_account(request)
        former = _find(organisations_of(user), number)
        return Response(PlanSerializer(change_plan(user, former, request.data)).data)


class PlanVersions(APIView):
    """All versions of one plan, newest first."""

    @extend_schema(responses=ListedPlanSerializer(many=True))
    def get(self, request: Request, number: int) -> Response:
        organisations = organisations_of(require_account(request))
        kept = _find(organisations, number)
        versions = versions_of(plans_of(organisations), kept.number)
        return Response(ListedPlanSerializer(versions, many=True).data)


class GeneratedSerializer(serializers.Serializer[Any]):
    """The questions that a session has now."""

    session_id = serializers.UUIDField()
    interview_id = serializers.IntegerField()
    total_questions = serializers.IntegerField()
    questions = QuestionSerializer(many=True)
    notes = serializers.ListField(child=serializers.CharField())


class GenerateQuestions(APIView):
    """Drafts the questions of a session anew, for its role, job and candidate, until somebody opens it."""

    throttle_classes = (PlanThrottle,)

    @extend_schema(request=QuestionWishSerializer, responses={201: GeneratedSerializer})
    def post(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        if not entry.may_manage:
            raise PermissionDenied("You may read this interview, but not change its questions.")
        read = QuestionWishSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        session = entry.session
        if session.seq or session.is_over:
            raise _opened()
        plan = draft(_session_wish(session, read), get_process().mind, session.pk)
        if not give_plan(session, plan):
            raise _opened()
        rows = session.questions.order_by("order")
        shown = QuestionSerializer if entry.is_guest else MemberQuestionSerializer
        answer = {
            "session_id": str(session.uuid),
            "interview_id": session.pk,
            "total_questions": plan.total,
            "questions": shown(rows, many=True).data,
            "notes": list(plan.notes),
        }
        return Response(answer, status.HTTP_201_CREATED)


def _opened() -> ApiError:
    return ApiError(409, "already_started", "The interview has been opened: its questions stay as they are.")


def _session_wish(session: Session, read: QuestionWishSerializer) -> PlanWish:
    """What is known of the session, with what was sent in its place."""
    former = convert(session.plan, Plan)
    core = sum(question.is_core for question in former.questions)
    planned: dict[str, Any] = {
        "role": session.job_role,
        "level": session.difficulty,
        "type": session.question_type,
        "count": core or session.num_questions,
        "duration_minutes": session.duration_minutes,
        "language": session.language,
        "persona": former.persona,
        "max_follow_ups": former.max_follow_ups,
        "organisation": session.organisation.name if session.organisation else "",
        "names": (session.candidate_name,) if session.candidate_name else (),
    }
    return wish_for({**planned, **read.facts()}, job=session.job, candidate=session.candidate)


def _drafted(read: PlanWishSerializer) -> Plan:
    given = read.validated_data
    wish = wish_for(read.facts(), job=given["job_id"], candidate=given["candidate_id"])
    return draft(wish, get_process().mind)


def _find(organisations: list[Organisation], number: int, version: int | None = None) -> KeptPlan:
    is_storable = number <= LARGEST_ID and (version is None or version < 2**31)
    kept = find_plan(plans_of(organisations), number, version) if is_storable else None
    if kept is None:
        raise NotFoundError("plan")
    return kept
