"""Reports: listed, and made from the log whenever they are asked for."""

import logging
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Case, QuerySet, When
from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import account_of
from accounts.models import User
from interviews.api.authentication import Guest
from interviews.api.entering import Entry, enter, require_somebody, sessions_seen_by
from interviews.api.serializers.reports import ReportSerializer, ReportWishSerializer
from interviews.kept_evaluations import kept_overall
from interviews.models import Report, Session
from interviews.rendering import RenderingError, render_report_pdf
from interviews.report_files import shown_in_place
from interviews.reporting import fingerprint
from interviews.results import may_see_scores
from interviews.sealed_editions import content_for, is_sealed_for
from interviews.sealing import SENTENCE, sealed_for
from reports.content import Edition, ReportContent
from reports.json_twin import render_json
from rest.errors import ApiError
from rest.filters import Filters, StableOrdering
from rest.rows import find_row, number_in

logger = logging.getLogger(__name__)
EDITION = OpenApiParameter(
    "edition",
    OpenApiTypes.STR,
    enum=["panel", "candidate"],
    description="Members get panel when they leave it out; a candidate's link opens candidate only.",
)
MOST_MISSING = 200


class ReportFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(
        field_name="session__status", choices=Session.Status.choices, label="The session's status"
    )
    session_id = django_filters.UUIDFilter(field_name="session__uuid")

    class Meta:
        model = Report
        fields: tuple[str, ...] = ()


class Reports(generics.ListAPIView[Report]):
    """The reports of sessions that are over."""

    queryset = Report.objects.none()
    serializer_class = ReportSerializer
    filter_backends = (Filters, StableOrdering)
    filterset_class = ReportFilter
    ordering_fields = ("generated_at", "id")
    ordering = ("-generated_at", "-id")

    def get_queryset(self) -> QuerySet[Report]:
        sessions = sessions_seen_by(self.request)
        _note_missing(sessions)
        return _with_scores(account_of(self.request)).filter(session__in=sessions.values("pk"))

    def get_serializer_context(self) -> dict[str, Any]:
        user = self.request.user
        shows = not isinstance(user, Guest) or may_see_scores(user.session, is_guest=True)
        return {
            **super().get_serializer_context(),
            "is_guest": isinstance(user, Guest),
            "shows_scores": shows,
        }


def _with_scores(user: User | None) -> QuerySet[Report]:
    """A score that is sealed for `user` is none."""
    score = kept_overall("session")
    shown = score if user is None else Case(When(sealed_for(user, "session__"), then=None), default=score)
    return Report.objects.select_related("session").annotate(kept_overall=shown)


def _note_missing(sessions: QuerySet[Session]) -> None:
    """A crash between a session's end and its report loses nothing: what is missing is noted now."""
    over = sessions.filter(ended_at__isnull=False, report__isnull=True)[:MOST_MISSING]
    rows = [Report(session=one, generated_at=one.ended_at) for one in over if one.ended_at is not None]
    if rows:
        Report.objects.bulk_create(rows, ignore_conflicts=True)


class GenerateReport(APIView):
    """Gives an ended session's report. Asking again gives the same one, made of what is known by then."""

    @extend_schema(
        summary="Generate a report",
        request=ReportWishSerializer,
        responses={201: ReportSerializer},
        examples=[
            OpenApiExample(
                "By UUID", {"session_id": "849ff4b1-b0af-47de-8c7b-959710f2b137"}, request_only=True
            )
        ],
    )
    def post(self, request: Request) -> Response:
        require_somebody(request)
        read = ReportWishSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        entry = enter(request, str(read.validated_data["session_id"]))
        report = _report_of(entry)
        return Response(_told(request, entry, report), status.HTTP_201_CREATED)


class OneReport(APIView):
    """One report, by its id or its session's UUID."""

    @extend_schema(responses=ReportSerializer)
    def get(self, request: Request, reference: str) -> Response:
        entry = enter_by_report(request, reference)
        return Response(_told(request, entry, _report_of(entry)))


def _told(request: Request, entry: Entry, report: Report) -> dict[str, Any]:
    shows = may_see_scores(entry.session, is_guest=entry.is_guest)
    context = {"request": request, "is_guest": entry.is_guest, "shows_scores": shows}
    return dict(ReportSerializer(report, context=context).data)


class AnyAccept(BaseContentNegotiation):
    """The document has one form; whatever a client says it accepts, it gets that. Errors leave as JSON."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class ReportPdf(APIView):
    """The report as a PDF. Equal content gives equal bytes, so an ETag saves making it twice."""

    content_negotiation_class = AnyAccept

    @extend_schema(
        parameters=[EDITION],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, 304: None},
    )
    def get(self, request: Request, reference: str) -> HttpResponseBase:
        content = _content(request, reference)
        etag = f'"{fingerprint(content)}-pdf"'
        if _has(request, etag):
            return _document(b"", "application/pdf", etag, status=304)
        try:
            pdf = render_report_pdf(content)
        except RenderingError as error:
            raise ApiError(503, "report_not_ready", str(error)) from None
        response = _document(pdf, "application/pdf", etag)
        response["Content-Disposition"] = shown_in_place(
            content.candidate_name, content.session_uuid, content.edition
        )
        return response


class ReportJson(APIView):
    """The same content as JSON."""

    content_negotiation_class = AnyAccept

    @extend_schema(parameters=[EDITION], responses={200: OpenApiTypes.OBJECT, 304: None})
    def get(self, request: Request, reference: str) -> HttpResponseBase:
        content = _content(request, reference)
        etag = f'"{fingerprint(content)}-json"'
        if _has(request, etag):
            return _document(b"", "application/json", etag, status=304)
        return _document(render_json(content), "application/json", etag)


def enter_by_report(request: Request, reference: str) -> Entry:
    """A number is a report's id, anything else its session's UUID."""
    try:
        return enter(request, str(UUID(reference)))
    except ValueError:
        pass
    report = find_row(Report.objects.select_related("session"), number_in(reference) or 0)
    return enter(request, str(report.session.uuid) if report is not None else "-")


def _report_of(entry: Entry) -> Report:
    session = entry.session
    if not session.is_over:
        raise ApiError(409, "not_over", "There is a report once the interview is over.")
    made_at = session.ended_at or session.updated_at
    Report.objects.get_or_create(session=session, defaults={"generated_at": made_at})
    return _with_scores(entry.user).get(session=session)


def _content(request: Request, reference: str) -> ReportContent:
    entry = enter_by_report(request, reference)
    edition = _edition(request, entry)
    _report_of(entry)
    if is_sealed_for(entry.user, entry.session, edition):
        raise ApiError(403, "sealed", SENTENCE)
    return content_for(entry.user, entry.session, edition)


def _edition(request: Request, entry: Entry) -> Edition:
    wanted = request.query_params.get("edition") or ("candidate" if entry.is_guest else "panel")
    if wanted == "candidate":
        return "candidate"
    if wanted != "panel":
        raise ApiError(400, "invalid", "edition: choose panel or candidate.")
    if entry.is_guest:
        raise PermissionDenied("The panel edition is for the people of the hiring team.")
    return "panel"


def _has(request: Request, etag: str) -> bool:
    known = request.headers.get("If-None-Match", "")
    return any(one.strip().removeprefix("W/") in {etag, "*"} for one in known.split(","))


def _document(body: bytes, content_type: str, etag: str, *, status: int = 200) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type, status=status)
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response
