"""Judging a session again, and comparing what came of it."""

from typing import Any

from asgiref.sync import async_to_sync
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from interviews.api.entering import Entry, enter, require_member
from interviews.api.serializers.evaluations import (
    EvaluationWishSerializer,
    RerunSerializer,
    RunsSerializer,
)
from interviews.api.throttling import EvaluationThrottle
from interviews.background.waking import wake_worker
from interviews.evaluating import find_evaluation
from interviews.evaluation.changes import Changes, compare
from interviews.evaluation.ports import EvaluatorError
from interviews.kept_evaluations import Run, read_runs
from interviews.live.process import get_process
from interviews.mind.scripted import ScriptedMind
from interviews.models import Session
from interviews.rejudging import NotEvaluableError, Rerun, put_off, run_again
from interviews.sealing import seal_for
from rest.errors import ApiError, NotFoundError
from rest.query import number_parameter, read_number

BAD_WISHES = frozenset({"no_such_question"})


class Evaluate(APIView):
    """Judges the answers of an interview that is over again, as a new run, and says what changed.

    The new run counts from then on; the former ones stay and can be compared.
    """

    throttle_classes = (EvaluationThrottle,)

    @extend_schema(
        request=EvaluationWishSerializer,
        responses={
            200: RerunSerializer,
            202: OpenApiResponse(RerunSerializer, "It is being done; everything is null."),
        },
    )
    def post(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        _require_leading(entry)
        read = EvaluationWishSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        wish = read.validated_data
        try:
            if wish["in_background"] and entry.user is not None:
                return _put_off(entry, entry.user, wish)
            answer = dict(RerunSerializer(_run(entry, wish)).data)
            return Response(_as_far_as_may_be_known(entry, answer))
        except NotEvaluableError as error:
            raise ApiError(400 if error.code in BAD_WISHES else 409, error.code, error.message) from None
        except EvaluatorError as error:
            raise ApiError(
                503, "evaluator_unavailable", f"The evaluator failed, nothing changed: {error}"
            ) from None


def _as_far_as_may_be_known(entry: Entry, answer: dict[str, Any]) -> dict[str, Any]:
    if seal_for(entry.user, entry.session).hides_whole:
        return {**answer, "overall_score": None, "changes": None}
    return {**answer, "changes": None} if entry.is_guest else answer


def _require_leading(entry: Entry) -> None:
    """In a guest's own practice nobody but the guest leads."""
    is_own_practice = entry.is_guests_own and entry.session.purpose == Session.Purpose.PRACTICE
    if not (entry.may_command or is_own_practice):
        raise PermissionDenied("Evaluations are run again by those who lead interviews.")


def _run(entry: Entry, wish: dict[str, Any]) -> Rerun:
    mind = ScriptedMind() if wish["evaluator"] == "words" else get_process().mind
    return async_to_sync(run_again)(
        entry.session.pk, mind, numbers=wish["numbers"], rubric=wish["rubric"], asked_by=entry.user
    )


def _put_off(entry: Entry, user: User, wish: dict[str, Any]) -> Response:
    put_off(
        entry.session,
        numbers=wish["numbers"],
        rubric=wish["rubric"],
        is_by_words=wish["evaluator"] == "words",
        asked_by=user,
    )
    wake_worker()
    return Response(
        {"run": None, "overall_score": None, "is_evaluated": False, "changes": None}, status.HTTP_202_ACCEPTED
    )


class Evaluations(APIView):
    """The runs of the evaluation, oldest first, and what one of them says differently from another."""

    @extend_schema(
        parameters=[
            number_parameter(name, f"The run to compare {name}; the newest two when both are left out.")
            for name in ("from", "to")
        ],
        responses=RunsSerializer,
    )
    def get(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        require_member(entry, "How an interview was judged is read by the people who decide.")
        if seal_for(entry.user, entry.session).hides_whole:
            return Response(RunsSerializer({"runs": [], "changes": None, "is_sealed": True}).data)
        if entry.session.is_over:
            find_evaluation(entry.session)  # so that the run of the words as they are now is among them
        runs = read_runs(entry.session)
        changes = _changes(runs, read_number(request, "from"), read_number(request, "to"))
        return Response(RunsSerializer({"runs": runs, "changes": changes, "is_sealed": False}).data)


def _changes(runs: tuple[Run, ...], before: int | None, after: int | None) -> Changes | None:
    by_number = {run.number: run for run in runs}
    for number in (before, after):
        if number is not None and number not in by_number:
            raise NotFoundError("run of this evaluation")
    if len(runs) < 2 and before is None and after is None:  # there is nothing to compare yet
        return None
    new = by_number[after] if after is not None else runs[-1]
    former = [run for run in runs if run.number < new.number] or [new]
    old = by_number[before] if before is not None else former[-1]
    return compare(old.evaluation, new.evaluation)
