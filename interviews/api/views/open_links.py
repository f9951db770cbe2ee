"""The open link of a job: read, made or renewed, revoked."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_account, require_maker
from hiring.api.owned import find_mine
from hiring.models import Job, OpenLink
from hiring.open_links import link_of_job
from interviews.api.open_link_making import make_open_link, revoke_open_link
from interviews.api.serializers.open_links import (
    MadeOpenLinkSerializer,
    OpenLinkSerializer,
    OpenLinkWishSerializer,
)
from rest.errors import NotFoundError

EXAMPLE = OpenApiExample("For fifty people", {"plan_id": 1, "most_uses": 50}, request_only=True)


class JobOpenLink(APIView):
    """One link for each job, by which whoever has it gets an interview of their own."""

    @extend_schema(summary="Read a job's open link", responses=OpenLinkSerializer)
    def get(self, request: Request, job_id: int) -> Response:
        require_account(request)
        return Response(OpenLinkSerializer(_link(_job(request, job_id))).data)

    @extend_schema(
        summary="Make or renew a job's open link",
        description="The address stands in this answer and nowhere else. A former one stops working.",
        request=OpenLinkWishSerializer,
        responses={201: MadeOpenLinkSerializer},
        examples=[EXAMPLE],
    )
    def post(self, request: Request, job_id: int) -> Response:
        job = _job(request, job_id)
        user = require_maker(request, job.organisation_id)
        link, url = make_open_link(request, job, request.data, user)
        answer = {"url": url, **OpenLinkSerializer(link).data}
        return Response(answer, status.HTTP_201_CREATED)

    @extend_schema(
        summary="Revoke a job's open link",
        description="Who came by it before goes on.",
        responses={204: None},
    )
    def delete(self, request: Request, job_id: int) -> Response:
        job = _job(request, job_id)
        user = require_maker(request, job.organisation_id)
        revoke_open_link(request, _link(job), user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _job(request: Request, number: int) -> Job:
    return find_mine(request, Job.objects.select_related("organisation"), number, "job")


def _link(job: Job) -> OpenLink:
    link = link_of_job(job)
    if link is None:
        raise NotFoundError("open link")
    return link
