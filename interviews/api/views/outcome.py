"""Results and score of a session."""

import logging

from asgiref.sync import async_to_sync
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from interviews.api.entering import enter
from interviews.api.serializers.results import ResultsSerializer, ScoreSerializer
from interviews.evaluation.ports import EvaluatorError
from interviews.judging import write_summary
from interviews.live.process import get_process
from interviews.models import Session
from interviews.results import as_sealed, may_see_scores, read_outcome, results_of
from interviews.score import score_of
from interviews.sealing import seal_for
from rest.errors import ApiError
from rest.query import read_flag

logger = logging.getLogger(__name__)
SUMMARY_WISH = OpenApiParameter(
    "generate_summary",
    OpenApiTypes.BOOL,
    default=True,
    description=(
        "false leaves `overall_summary` out; true, for members of an interview that is over, has "
        "one written where a language model judges. Left out, what is there is shown."
    ),
)


class Results(APIView):
    """Every answer with its score, as far as the reader may know it. A candidate sees their own words."""

    @extend_schema(responses=ResultsSerializer)
    def get(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        outcome = as_sealed(read_outcome(entry.session), seal_for(entry.user, entry.session))
        found = results_of(outcome, is_guest=entry.is_guest)
        return Response(ResultsSerializer(found).data)


class Score(APIView):
    """The score by criterion, category and competency."""

    @extend_schema(
        parameters=[SUMMARY_WISH],
        responses=ScoreSerializer,
    )
    def get(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        if not may_see_scores(entry.session, is_guest=entry.is_guest):
            raise _not_for_the_candidate(entry.session)
        wanted = read_flag(request, "generate_summary")
        with_summary = wanted is not False
        seal = seal_for(entry.user, entry.session)
        if wanted and not (entry.is_guest or seal.hides_whole):
            _have_summary_written(entry.session)
        outcome = as_sealed(read_outcome(entry.session), seal)
        found = score_of(outcome, with_summary=with_summary, is_guest=entry.is_guest)
        return Response(ScoreSerializer(found).data)


def _have_summary_written(session: Session) -> None:
    mind = get_process().mind
    if not session.is_over or mind.facts.name == "scripted":
        return
    try:
        async_to_sync(write_summary)(session.pk, mind)
    except EvaluatorError as error:
        logger.warning("no summary was written: %s", error, extra={"session": session.pk})


def _not_for_the_candidate(session: Session) -> Exception:
    if session.purpose == Session.Purpose.PRACTICE:
        return ApiError(409, "not_over", "There is a score once the interview is over.")
    return PermissionDenied("Scores of this interview are read by the people who decide.")
