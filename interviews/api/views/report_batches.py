"""All reports of one job as one file."""

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.people import require_account
from accounts.models import User
from hiring.models import Job
from interviews.access import watchable_sessions
from interviews.api.streaming import streamed
from interviews.api.throttling import JobExportThrottle
from interviews.api.views.reports import AnyAccept
from interviews.report_batch import MOST_REPORTS, next_batch, zipped
from reports.content import Edition
from rest.errors import ApiError, NotFoundError
from rest.query import number_parameter, read_number


class JobReports(APIView):
    """The reports of a job's interviews that are over, as a ZIP file with an index."""

    content_negotiation_class = AnyAccept
    throttle_classes = (JobExportThrottle,)

    @extend_schema(
        parameters=[
            OpenApiParameter("edition", OpenApiTypes.STR, enum=["panel", "candidate"]),
            number_parameter(
                "after", f"One file holds {MOST_REPORTS}; `next_after` of its index gives the rest.", least=0
            ),
        ],
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, job_id: int) -> HttpResponseBase:
        user = require_account(request)
        job = jobs_of(user).filter(pk=job_id).first()
        if job is None:
            raise NotFoundError("job")
        after = read_number(request, "after", least=0) or 0
        batch = next_batch(job, _edition(request), watchable_sessions(user), after, reader=user)
        response = streamed(request, zipped(batch), "application/zip")
        response["Content-Disposition"] = f'attachment; filename="job-{job.pk}-{batch.edition}.zip"'
        response["Cache-Control"] = "private, no-store"
        return response


def jobs_of(user: User) -> QuerySet[Job]:
    if user.is_superuser:
        return Job.objects.all()
    return Job.objects.filter(organisation__memberships__user=user).distinct()


def _edition(request: Request) -> Edition:
    wanted = request.query_params.get("edition") or "panel"
    if wanted == "panel":
        return "panel"
    if wanted == "candidate":
        return "candidate"
    raise ApiError(400, "invalid", "edition: choose panel or candidate.")
