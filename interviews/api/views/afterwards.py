"""What the candidate may do once the interview is over: correct, answer once more, take a copy."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from interviews.afterwards.answers import own_answers
from interviews.afterwards.correcting import correct
from interviews.afterwards.own_copy import own_copy
from interviews.afterwards.redoing import SecondAnswer, redo, redoables, require_redoable
from interviews.afterwards.window import changes_until, may_change
from interviews.api import heard_again
from interviews.api.conflicts import refusals_as_errors
from interviews.api.entering import enter_as_candidate, enter_own
from interviews.api.serializers.afterwards import (
    CorrectionSerializer,
    HeardAgainSerializer,
    OwnAnswerSerializer,
    OwnAnswersSerializer,
    RedoablesSerializer,
    SecondAnswerSerializer,
    SpokenAgainSerializer,
)
from interviews.api.throttling import ExportThrottle, RecognitionThrottle, SentRecordingThrottle
from interviews.api.views.hearing import hear, read_pcm
from interviews.api.views.me import PICK
from interviews.evaluating import read_session
from interviews.models import Session
from interviews.reporting.policy import policy_of
from interviews.sent_recordings import is_understood, keep_recording
from rest.parsing import BoundedMultiPartParser, StrictJsonParser

NOT_UNDERSTOOD = "The words could not be understood. Record it again, or type your answer."
REFUSED = "409 `not_over`, `too_late` (48 hours after the end)"


class Corrections(APIView):
    """What the candidate said, and their own words for what was misheard."""

    @extend_schema(summary="List my answers", parameters=[PICK], responses=OwnAnswersSerializer)
    def get(self, request: Request) -> Response:
        session, now = enter_own(request).session, timezone.now()
        facts = {
            "open_until": changes_until(session),
            "is_open": may_change(session, now),
            "answers": own_answers(session, now),
        }
        return Response(OwnAnswersSerializer(facts).data)

    @extend_schema(
        summary="Correct what was misheard",
        description="Both versions are kept and marked, and the answer is judged again. It can be changed "
        f"and taken back while it is open. {REFUSED}, `typed`, `redone`, `no_such_turn`, `too_many_changes`.",
        parameters=[PICK],
        request=CorrectionSerializer,
        responses=OwnAnswerSerializer,
    )
    def post(self, request: Request) -> Response:
        session, now = enter_to_change(request), timezone.now()
        read = CorrectionSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        with refusals_as_errors():
            turn = correct(session, read.validated_data["turn"], read.validated_data["text"], now=now)
        own = next(one for one in own_answers(session, now) if one.number == turn.number)
        return Response(OwnAnswerSerializer(own).data)


class Redo(APIView):
    """Questions answered once more, where the plan provides for it."""

    parser_classes = (StrictJsonParser, BoundedMultiPartParser)
    throttle_classes = (SentRecordingThrottle,)

    @extend_schema(
        summary="List what I may answer once more", parameters=[PICK], responses=RedoablesSerializer
    )
    def get(self, request: Request) -> Response:
        return Response(_redoables(enter_own(request).session, timezone.now()))

    @extend_schema(
        summary="Answer a question once more",
        description="In words, or as it was heard. The second answer is judged, both are kept and shown. "
        f"{REFUSED}, `not_allowed`, `not_asked`, `already_redone`.",
        parameters=[PICK],
        request={"application/json": SecondAnswerSerializer, "multipart/form-data": SecondAnswerSerializer},
        responses={201: OwnAnswerSerializer},
    )
    def post(self, request: Request) -> Response:
        session, now = enter_to_change(request), timezone.now()
        read = SecondAnswerSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        answer, pcm = _second_answer(session, read.validated_data)
        with refusals_as_errors():
            turn = redo(session, answer, now=now)
        if pcm:
            keep_recording(turn, pcm)
        own = next(one for one in own_answers(session, now) if one.number == turn.number)
        return Response(OwnAnswerSerializer(own).data, status.HTTP_201_CREATED)


class RedoHearing(APIView):
    """What is heard in a recording of a second answer. It is forgotten with the answer."""

    parser_classes = (BoundedMultiPartParser,)
    throttle_classes = (RecognitionThrottle,)

    @extend_schema(
        summary="Have my second answer heard",
        description="Shows the words before anything is kept. Send `heard` back to say that they are yours. "
        f"{REFUSED}, `not_allowed`, `not_asked`, `already_redone`.",
        parameters=[PICK],
        request={"multipart/form-data": SpokenAgainSerializer},
        responses=HeardAgainSerializer,
    )
    def post(self, request: Request) -> Response:
        session = enter_to_change(request)
        read = SpokenAgainSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        number = read.validated_data["number"]
        with refusals_as_errors():
            require_redoable(session, number, read_session(session), timezone.now())
        upload = hear(request, read.validated_data["audio_file"], session.language or "en")
        if not is_understood(upload):
            raise serializers.ValidationError({"audio_file": NOT_UNDERSTOOD})
        facts = {
            "text": upload.text,
            "confidence": upload.confidence,
            "duration_seconds": upload.duration_ms / 1000,
            "heard": heard_again.sign(session, number, upload),
        }
        return Response(HeardAgainSerializer(facts).data)


class OwnCopy(APIView):
    """All that is kept about the candidate in this interview."""

    throttle_classes = (ExportThrottle,)

    @extend_schema(
        summary="Take a copy of my data",
        description="Words, corrections, links to recordings, consents, requests and the candidate's edition "
        "of the report. Never what belongs to the panel.",
        parameters=[PICK],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        session = enter_as_candidate(request)
        response = Response(own_copy(session, request.build_absolute_uri))
        response["Content-Disposition"] = f'attachment; filename="my-interview-{session.uuid}.json"'
        return response


def enter_to_change(request: Request) -> Session:
    """The session, for its candidate. Raises PermissionDenied for whoever made it for somebody else."""
    return enter_as_candidate(request, "Only the candidate changes what they said.")


def _redoables(session: Session, now: datetime) -> Any:
    facts = {
        "is_allowed": policy_of(session).may_redo,
        "open_until": changes_until(session),
        "questions": redoables(session, read_session(session), now),
    }
    return RedoablesSerializer(facts).data


def _second_answer(session: Session, wish: dict[str, Any]) -> tuple[SecondAnswer, bytes]:
    """With the recording, where it is the one that was heard."""
    if wish["text"].strip():
        return SecondAnswer(wish["number"], wish["text"].strip()), b""
    heard = heard_again.read(wish["heard"], session, wish["number"])
    pcm = read_pcm(wish["audio_file"]) if wish["audio_file"] is not None else b""
    if pcm and heard_again.digest_of(pcm) != heard.digest:
        raise serializers.ValidationError({"audio_file": "This is not the recording that was heard."})
    return SecondAnswer(wish["number"], heard.text, heard.parts), pcm
