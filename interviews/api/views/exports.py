"""Reviews to take along: one session's or a whole job's, for spreadsheets or as JSON."""

from collections.abc import Iterable, Iterator

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.access import may_make_in
from accounts.api.people import require_account
from accounts.models import Role, User
from hiring.models import Job
from interviews.access import watchable_sessions
from interviews.api.entering import enter
from interviews.api.streaming import streamed
from interviews.api.throttling import ExportThrottle, JobExportThrottle
from interviews.api.views.report_batches import jobs_of
from interviews.api.views.reports import AnyAccept
from interviews.exporting import MOST_SESSIONS, Reader, Row, as_csv, as_json, review_of, reviews_of_job
from rest.errors import ApiError, NotFoundError
from rest.query import number_parameter, read_number

FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
FORMAT = OpenApiParameter("format", OpenApiTypes.STR, enum=list(FORMATS), description="csv when left out.")
REVIEWS = {"type": "array", "items": {"type": "object", "additionalProperties": {}}}
FILE = {(200, "text/csv"): OpenApiTypes.STR, (200, "application/json"): REVIEWS}


class SessionExport(APIView):
    """The review of one session: questions, answers, what was judged, rated and overridden."""

    content_negotiation_class = AnyAccept
    throttle_classes = (ExportThrottle,)

    @extend_schema(summary="Export a review", parameters=[FORMAT], responses=FILE)
    def get(self, request: Request, reference: str) -> HttpResponseBase:
        entry = enter(request, reference)
        if entry.user is None:
            raise PermissionDenied("Reviews are for the people of the hiring team.")
        reader = Reader(entry.user, may_rate=entry.may_note)
        return _file(request, iter([review_of(entry.session, reader)]), f"review-{entry.session.uuid}")


class JobExport(APIView):
    """The reviews of a job's interviews that are over."""

    content_negotiation_class = AnyAccept
    throttle_classes = (JobExportThrottle,)

    @extend_schema(
        summary="Export all reviews of a job",
        parameters=[
            FORMAT,
            number_parameter("after", f"One file holds {MOST_SESSIONS}: those behind this id.", least=0),
        ],
        responses=FILE,
    )
    def get(self, request: Request, job_id: int) -> HttpResponseBase:
        user = require_account(request)
        job = jobs_of(user).filter(pk=job_id).first()
        if job is None:
            raise NotFoundError("job")
        reader = Reader(user, may_rate=_may_rate(user, job))
        after = read_number(request, "after", least=0) or 0
        reviews = reviews_of_job(job, watchable_sessions(user), reader, after=after)
        return _file(request, reviews, f"job-{job.pk}-reviews")


def _may_rate(user: User, job: Job) -> bool:
    theirs = user.memberships.filter(organisation=job.organisation_id, role=Role.REVIEWER)
    return may_make_in(user, job.organisation_id) or theirs.exists()


def _file(request: Request, reviews: Iterator[Row], name: str) -> HttpResponseBase:
    wanted = request.query_params.get("format") or "csv"
    if wanted not in FORMATS:
        raise ApiError(400, "invalid", f"format: choose {' or '.join(FORMATS)}.")
    pieces: Iterable[bytes] = as_csv(reviews) if wanted == "csv" else as_json(reviews)
    response = streamed(request, iter(pieces), FORMATS[wanted])
    response["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
    response["Cache-Control"] = "private, no-store"
    return response
