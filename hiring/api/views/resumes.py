"""A candidate's résumé: uploaded, downloaded, removed."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_account, require_maker
from hiring.access import may_read_contacts
from hiring.api.owned import find_mine
from hiring.api.resume_files import as_download, keep, taken
from hiring.api.serializers.candidates import KeptResumeSerializer, ResumeUploadSerializer, describe_resume
from hiring.models import Candidate
from hiring.resumes import CONTENT_TYPES, drop_resume, read_file
from rest.errors import NotFoundError
from rest.parsing import BoundedMultiPartParser


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
        return as_download(candidate, *found)

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
