"""A candidate's résumé: uploaded, downloaded, removed."""

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from msgspec import Struct
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_account, require_maker
from hiring.access import may_read_contacts
from hiring.api.owned import find_mine
from hiring.api.serializers.candidates import KeptResumeSerializer, ResumeUploadSerializer, describe_resume
from hiring.models import Candidate
from hiring.resume_reading import MOST_BYTES, ReadResume, ResumeError, read_resume
from hiring.resumes import CONTENT_TYPES, drop_resume, keep_resume, read_file
from rest.errors import ApiError, NotFoundError
from rest.parsing import BoundedMultiPartParser

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

STATUS_OF = {"too_large": 413, "busy": 503}


class Uploaded(Struct, frozen=True):
    data: bytes
    name: str
    read: ReadResume


def taken(sent: "UploadedFile[Any] | None") -> Uploaded | None:
    """What was sent, and read. Blocks for as long as reading it takes. Raises what the interface answers."""
    if sent is None:
        return None
    data = bytes(sent.read(MOST_BYTES + 1))
    if not connection.in_atomic_block:
        connection.close()  # reading takes up to ten seconds; others may have the connection meanwhile
    try:
        return Uploaded(data, sent.name or "", read_resume(data))
    except ResumeError as error:
        if error.code in STATUS_OF:
            raise ApiError(STATUS_OF[error.code], error.code, str(error)) from None
        raise serializers.ValidationError({"resume": [str(error)]}) from None


def keep(candidate: Candidate, uploaded: Uploaded, text: str | None = None) -> None:
    """Raises NotFoundError for a candidate who was deleted meanwhile."""
    try:
        keep_resume(candidate, uploaded.data, uploaded.name, uploaded.read, now=timezone.now(), text=text)
    except Candidate.DoesNotExist:
        raise NotFoundError("candidate") from None


class Resume(APIView):
    """The file of one candidate's résumé."""

    parser_classes = (BoundedMultiPartParser,)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """The file has one form, whatever a client says it accepts."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(
        summary="Upload a résumé",
        description="In place of a former one. What it is is decided by its content; its words become "
        "`resume_text`, and `resume_note` says what stood in the way of reading them.",
        request={"multipart/form-data": ResumeUploadSerializer},
        responses={201: KeptResumeSerializer},
    )
    def post(self, request: Request, candidate_id: int) -> Response:
        candidate = _find(request, candidate_id)
        require_maker(request, candidate.organisation_id)
        read = ResumeUploadSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        uploaded = taken(read.validated_data["resume"])
        if uploaded is not None:
            keep(candidate, uploaded)
        facts = describe_resume(candidate, request) or {}
        words = {"resume_text": candidate.resume_text, "resume_note": candidate.resume_note}
        return Response(facts | words, status.HTTP_201_CREATED)

    @extend_schema(
        summary="Download a résumé",
        description="For admins, recruiters and reviewers. Sent to be saved, never to be shown in the page.",
        responses={(200, kind.partition(";")[0]): OpenApiTypes.BINARY for kind in CONTENT_TYPES.values()},
    )
    def get(self, request: Request, candidate_id: int) -> HttpResponse:
        candidate = _find(request, candidate_id)
        if not may_read_contacts(require_account(request), candidate.organisation_id):
            raise PermissionDenied("Your role does not open résumés.")
        found = read_file(candidate)
        if found is None:
            raise NotFoundError("résumé")
        data, content_type = found
        response = HttpResponse(data, content_type=content_type)
        disposition = content_disposition_header(as_attachment=True, filename=candidate.resume_name)
        response["Content-Disposition"] = disposition or "attachment"
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response

    @extend_schema(
        summary="Remove a résumé", description="The file and the words read in it.", responses={204: None}
    )
    def delete(self, request: Request, candidate_id: int) -> Response:
        candidate = _find(request, candidate_id)
        require_maker(request, candidate.organisation_id)
        if not candidate.resume:
            raise NotFoundError("résumé")
        drop_resume(candidate)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _find(request: Request, candidate_id: int) -> Candidate:
    return find_mine(request, Candidate.objects.all(), candidate_id, "candidate")
