"""Speech to text for an uploaded recording."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from interviews.api.entering import SIGN_IN, enter_own
from interviews.api.serializers.sessions import ENGLISH
from interviews.api.throttling import RecognitionThrottle
from interviews.live.process import get_process
from interviews.uploads import LIMITS, Upload, transcribe_upload
from rest.errors import ApiError
from rest.parsing import BoundedMultiPartParser
from speech.backends.silero import silero_model
from speech.decoding import DecodingError, decode
from speech.transcript import EngineError

STATUS_OF = {"too_large": 413, "too_long": 413, "unsupported": 415, "busy": 503, "too_slow": 422}


class RecordingUploadSerializer(serializers.Serializer[Any]):
    """WAV, MP3, OGG or Opus, WebM, M4A or FLAC; at most 25 MB and five minutes."""

    audio_file = serializers.FileField(
        required=False, help_text="The recording; `audio` and `file` do as well."
    )
    audio = serializers.FileField(required=False)
    file = serializers.FileField(required=False)
    language = serializers.RegexField(ENGLISH, default="en")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = [attrs[name] for name in ("audio_file", "audio", "file") if name in attrs]
        if not given:
            raise serializers.ValidationError({"audio_file": "Send a recording in this field."})
        return {"recording": given[0], "language": attrs["language"]}


class SegmentSerializer(serializers.Serializer[Any]):
    start_ms = serializers.IntegerField()
    end_ms = serializers.IntegerField()
    text = serializers.CharField()
    confidence = serializers.FloatField(allow_null=True)


class VoiceToTextSerializer(serializers.Serializer[Any]):
    """`text` is empty where there was no speech."""

    text = serializers.CharField(allow_blank=True)
    language = serializers.CharField()
    confidence = serializers.FloatField(allow_null=True)
    duration_seconds = serializers.FloatField()
    engine = serializers.CharField()
    segments = SegmentSerializer(many=True)


class VoiceToText(APIView):
    """What is said in a recording. It is forgotten with the answer."""

    parser_classes = (BoundedMultiPartParser,)
    throttle_classes = (RecognitionThrottle,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not request.user.is_authenticated:
            _require_link(request)

    @extend_schema(
        summary="Turn a recording into text",
        request={"multipart/form-data": RecordingUploadSerializer},
        responses=VoiceToTextSerializer,
    )
    def post(self, request: Request) -> Response:
        read = RecordingUploadSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        language = read.validated_data["language"]
        upload = hear(request, read.validated_data["recording"], language)
        return Response(VoiceToTextSerializer(_described(upload, language)).data)


def _require_link(request: Request) -> None:
    try:
        enter_own(request)
    except NotAuthenticated:
        raise NotAuthenticated(SIGN_IN) from None


def hear(request: Request, recording: "UploadedFile[Any]", language: str) -> Upload:
    """The words of a recording. Raises ApiError for what is none, is too much, or can't be heard now."""
    data = _bytes(recording)
    if not connection.in_atomic_block:
        connection.close()  # hearing takes seconds; others may have the connection meanwhile
    return _heard(data, f"upload-{request.user.pk or request.META.get('REMOTE_ADDR', '')}", language)


def read_pcm(recording: "UploadedFile[Any]") -> bytes:
    """Mono s16le PCM at 16 kHz. Raises ApiError for what is no recording, or too much."""
    with _decoding_errors():
        return decode(_bytes(recording), LIMITS).pcm


def _bytes(recording: "UploadedFile[Any]") -> bytes:
    if (recording.size or 0) > LIMITS.most_bytes:
        raise ApiError(413, "too_large", "A recording may have 25 megabytes at most.")
    return bytes(recording.read())


def _heard(data: bytes, key: str, language: str) -> Upload:
    with _decoding_errors():
        return transcribe_upload(
            data,
            recognizer=get_process().recognizer,
            voice_activity=silero_model(),
            key=key,
            language=language,
        )


@contextmanager
def _decoding_errors() -> Iterator[None]:
    try:
        yield
    except DecodingError as error:
        raise ApiError(STATUS_OF.get(error.code, 400), error.code, str(error)) from None
    except EngineError as error:
        raise ApiError(503, "engine_unavailable", str(error)) from None


def _described(upload: Upload, language: str) -> dict[str, Any]:
    engines = [one.transcript.engine for one in upload.heard]
    return {
        "text": upload.text,
        "language": language,
        "confidence": upload.confidence,
        "duration_seconds": upload.duration_ms / 1000,
        "engine": engines[0] if engines else str(get_process().health().get("label", "")),
        "segments": [
            {
                "start_ms": one.start_ms,
                "end_ms": one.end_ms,
                "text": one.transcript.text,
                "confidence": one.transcript.confidence,
            }
            for one in upload.heard
        ],
    }
