"""Results and score of a session."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from interviews.api.entering import enter
from interviews.api.errors import ApiError
from interviews.api.serializers.results import ResultsSerializer, ScoreSerializer
from interviews.models import Session
from interviews.results import may_see_scores, read_outcome, results_of, score_of

NO_WORDS = frozenset({"false", "0", "no", "off"})


class Results(APIView):
    """Every answer with its score, as far as the reader may know it. A candidate sees their own words."""

    @extend_schema(responses=ResultsSerializer)
    def get(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        found = results_of(read_outcome(entry.session), is_guest=entry.is_guest)
        return Response(ResultsSerializer(found).data)


class Score(APIView):
    """The score by criterion, category and competency."""

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "generate_summary",
                OpenApiTypes.BOOL,
                default=True,
                description="false leaves `overall_summary` out.",
            )
        ],
        responses=ScoreSerializer,
    )
    def get(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        if not may_see_scores(entry.session, is_guest=entry.is_guest):
            raise _not_for_the_candidate(entry.session)
        with_summary = request.query_params.get("generate_summary", "true").lower() not in NO_WORDS
        found = score_of(read_outcome(entry.session), with_summary=with_summary, is_guest=entry.is_guest)
        return Response(ScoreSerializer(found).data)


def _not_for_the_candidate(session: Session) -> Exception:
    if session.purpose == Session.Purpose.PRACTICE:
        return ApiError(409, "not_over", "There is a score once the interview is over.")
    return PermissionDenied("Scores of this interview are read by the people who decide.")
