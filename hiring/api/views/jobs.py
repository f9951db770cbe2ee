"""Jobs: listed, made, read, changed, deleted."""

from typing import Any

import django_filters
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from hiring.api.owned import OwnedList, OwnedOne
from hiring.api.refusals import refusals_as_errors
from hiring.api.serializers.jobs import JobSerializer
from hiring.jobs import remove_job
from hiring.models import Job
from rest.filters import MomentFilter

EXAMPLE = OpenApiExample(
    "A nurse",
    {
        "title": "Ward nurse",
        "description": "Cares for twelve patients in a surgical ward.",
        "facts": ["Shifts are planned six weeks ahead."],
        "competencies": [
            {"name": "Communication", "weight": 4, "anchors": {"1": "Talks past people.", "5": "Checks."}}
        ],
    },
    request_only=True,
)


class JobFilter(django_filters.FilterSet):
    title = django_filters.CharFilter(lookup_expr="icontains")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = Job
        fields: tuple[str, ...] = ()


@extend_schema_view(
    get=extend_schema(summary="List jobs"),
    post=extend_schema(summary="Make a job", examples=[EXAMPLE]),
)
class Jobs(OwnedList[Job]):
    """The jobs of one's organisations."""

    noun = "job"
    queryset = Job.objects.all()
    serializer_class = JobSerializer
    filterset_class = JobFilter
    search_fields = ("title", "description")
    ordering_fields = ("created_at", "title", "id")


@extend_schema_view(
    get=extend_schema(summary="Read a job"),
    put=extend_schema(summary="Change a job", examples=[EXAMPLE]),
    patch=extend_schema(summary="Change parts of a job", examples=[EXAMPLE]),
)
class OneJob(OwnedOne[Job]):
    """One job."""

    noun = "job"
    queryset = Job.objects.all()
    serializer_class = JobSerializer
    lookup_url_kwarg = "job_id"

    @extend_schema(
        summary="Delete a job",
        description="409 `in_use` while interviews or sessions belong to it: their reports and scores rest "
        "on it. Plans made for it stay.",
        responses={204: None},
    )
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().delete(request, *args, **kwargs)

    def perform_destroy(self, instance: Job) -> None:
        with refusals_as_errors():
            remove_job(instance.pk)
