"""Résumés as they are sent: read, kept with their candidate, given back as a file."""

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from msgspec import Struct
from rest_framework import serializers

from hiring.models import Candidate
from hiring.resume_reading import MOST_BYTES, ReadResume, ResumeError, read_resume
from hiring.resumes import keep_resume
from rest.errors import ApiError, NotFoundError

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


def as_download(candidate: Candidate, data: bytes, content_type: str) -> HttpResponse:
    """The file, to be saved and never to be shown in a page."""
    response = HttpResponse(data, content_type=content_type)
    disposition = content_disposition_header(as_attachment=True, filename=candidate.resume_name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def save_candidate(serializer: serializers.BaseSerializer[Candidate], **values: Any) -> None:
    """Keep the row and, where one was sent, the file; it is read before anything is written."""
    uploaded = taken(serializer.validated_data.pop("resume", None))
    with transaction.atomic():
        candidate = serializer.save(**values)
        if uploaded is not None:
            keep(candidate, uploaded, text=serializer.validated_data.get("resume_text"))
