"""Links by which people without an account read a report: made, listed, revoked."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from interviews.api.entering import Entry, require_member
from interviews.api.serializers.report_shares import (
    NewReportShareSerializer,
    ReportShareSerializer,
    ReportShareWishSerializer,
)
from interviews.api.views.reports import enter_by_report
from interviews.models import ReportShare
from interviews.report_sharing import ShareError, revoke, share_report
from rest.errors import ApiError, NotFoundError
from rest.rows import find_row

EXAMPLE = OpenApiExample("For a week", {"edition": "panel", "days": 7}, request_only=True)


class ReportShares(generics.ListAPIView[ReportShare]):
    """The links to one report, newest first; what opens them is shown once, when they are made."""

    queryset = ReportShare.objects.none()
    serializer_class = ReportShareSerializer

    def get_queryset(self) -> QuerySet[ReportShare]:
        return _as_member(self.request, self.kwargs["reference"]).session.report_shares.all()

    @extend_schema(summary="List links to a report")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Share a report by a link",
        description="Whoever has the address reads that edition as a PDF, until it expires or is revoked.",
        request=ReportShareWishSerializer,
        responses={201: NewReportShareSerializer},
        examples=[EXAMPLE],
    )
    def post(self, request: Request, reference: str) -> Response:
        entry = _as_maker(request, reference)
        read = ReportShareWishSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        assert entry.user is not None  # noqa: S101 (no guest is a maker)
        try:
            made = share_report(
                entry.session, **read.validated_data, by=entry.user, now=timezone.now(), request=request
            )
        except ShareError as error:
            raise ApiError(403 if error.code == "sealed" else 409, error.code, error.message) from None
        context = {"request": request, "path": made.path}
        return Response(NewReportShareSerializer(made.share, context=context).data, status.HTTP_201_CREATED)


class OneReportShare(APIView):
    """One link."""

    @extend_schema(
        summary="Revoke a link to a report",
        description="From then on it opens nothing; it stays listed.",
        responses={204: None},
    )
    def delete(self, request: Request, reference: str, share_id: int) -> Response:
        entry = _as_maker(request, reference)
        share = find_row(entry.session.report_shares.all(), share_id)
        if share is None:
            raise NotFoundError("link")
        assert entry.user is not None  # noqa: S101
        revoke(share, by=entry.user, now=timezone.now(), request=request)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _as_member(request: Request, reference: str) -> Entry:
    entry = enter_by_report(request, reference)
    require_member(entry, "Links to reports are for the people of the hiring team.")
    return entry


def _as_maker(request: Request, reference: str) -> Entry:
    entry = _as_member(request, reference)
    if not entry.may_command:
        raise PermissionDenied("Reports are shared by those who lead interviews.")
    return entry
