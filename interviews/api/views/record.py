"""What was said and what happened: questions, turns, events, transcript, recording, notes."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from interviews.api.audio import AudioRenderer, audio_response
from interviews.api.conflicts import refusals_as_errors
from interviews.api.entering import Entry, enter, enter_as_member, require_candidate
from interviews.api.serializers.conversation import (
    AnswerWishSerializer,
    EventsSerializer,
    NoteSerializer,
    SaidSerializer,
    TranscriptSerializer,
    TurnSerializer,
)
from interviews.api.views.replies import describe_reply
from interviews.conversing import add_note, say
from interviews.live import events as ev
from interviews.live.recording import SAMPLE_RATE
from interviews.models import Note, Turn
from interviews.sealing import seals_what_was_heard
from interviews.sent_recordings import end_of_line
from rest.errors import ApiError, NotFoundError
from rest.query import number_parameter, read_number

MOST_EVENTS = 500
LARGEST_SEQ = 2**31 - 1
HEARD = str(ev.CoverageGained.__struct_config__.tag)
PUBLIC_TYPES = frozenset(str(event.__struct_config__.tag) for event in ev.PUBLIC)
PRIVATE_TYPES = frozenset(str(event.__struct_config__.tag) for event in ev.PRIVATE_TO_LOG)
SAMPLES_PER_MS = SAMPLE_RATE // 1000


class Turns(generics.ListAPIView[Turn]):
    """What both sides said, in order; posting says something as the candidate."""

    queryset = Turn.objects.none()
    serializer_class = TurnSerializer

    def get_queryset(self) -> QuerySet[Turn]:
        return enter(self.request, self.kwargs["reference"]).session.turns.order_by("seq")

    @extend_schema(summary="List turns")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Say something as the candidate",
        request=AnswerWishSerializer,
        responses={201: SaidSerializer},
    )
    def post(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        require_candidate(entry)
        read = AnswerWishSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        wish = read.validated_data
        with refusals_as_errors():
            turn = say(entry.session, text=wish["text"], seconds=wish["time_taken_seconds"], user=entry.user)
        said = {
            "turn": turn,
            "session_status": entry.session.status,
            "reply": describe_reply(entry.session, turn.seq),
        }
        return Response(SaidSerializer(said).data, status.HTTP_201_CREATED)


class Transcript(APIView):
    """The whole conversation at once, with the candidate's corrections beside what was heard."""

    @extend_schema(responses=TranscriptSerializer)
    def get(self, request: Request, reference: str) -> Response:
        session = enter(request, reference).session
        facts = {
            "session_id": session.uuid,
            "candidate_name": session.candidate_name,
            "job_role": session.job_role,
            "status": session.status,
            "turns": session.turns.exclude(text="").order_by("seq"),
        }
        return Response(TranscriptSerializer(facts).data)


class Events(APIView):
    """The log: all but the plan for members, what the page gets for the candidate."""

    @extend_schema(
        parameters=[
            number_parameter("after_seq", "Only what came after this number.", least=0, most=LARGEST_SEQ),
            number_parameter("limit", f"At most so many; {MOST_EVENTS} when left out.", most=MOST_EVENTS),
            OpenApiParameter("type", OpenApiTypes.STR, description="Only events of this type."),
        ],
        responses=EventsSerializer,
    )
    def get(self, request: Request, reference: str) -> Response:
        entry = enter(request, reference)
        after = read_number(request, "after_seq", least=0, most=LARGEST_SEQ) or 0
        limit = read_number(request, "limit", most=MOST_EVENTS) or MOST_EVENTS
        rows = entry.session.events.filter(seq__gt=after).order_by("seq")
        rows = rows.filter(type__in=PUBLIC_TYPES) if entry.is_guest else rows.exclude(type__in=PRIVATE_TYPES)
        if entry.user is not None and seals_what_was_heard(entry.session):
            rows = rows.exclude(type=HEARD)
        wanted = request.query_params.get("type")
        if wanted:
            rows = rows.filter(type=wanted.replace("\0", ""))
        found = list(rows.values("seq", "type", "at", "payload")[: limit + 1])
        facts = {
            "session_id": entry.session.uuid,
            "seq": entry.session.seq,
            "next_after_seq": found[limit - 1]["seq"] if len(found) > limit else None,
            "events": found[:limit],
        }
        return Response(EventsSerializer(facts).data)


class Recording(APIView):
    """The candidate's voice as WAV, whole or of one turn, where it was kept with their consent."""

    renderer_classes = (AudioRenderer, JSONRenderer)

    @extend_schema(
        parameters=[
            number_parameter("turn", "Number of one turn of the candidate.", least=0, most=LARGEST_SEQ),
            OpenApiParameter("Range", OpenApiTypes.STR, OpenApiParameter.HEADER, description="bytes=0-99"),
        ],
        responses={(200, "audio/wav"): OpenApiTypes.BINARY, (206, "audio/wav"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, reference: str) -> HttpResponseBase:
        entry = enter(request, reference)
        end = end_of_line(entry.session)
        if not end or not entry.session.consent.get("recording"):
            raise ApiError(404, "no_recording", "Nothing was recorded in this interview.")
        number = read_number(request, "turn", least=0, most=LARGEST_SEQ)
        if number is None:
            return audio_response(request, entry.session, 0, end)
        start_ms, end_ms = _bounds(entry, number)
        return audio_response(
            request, entry.session, start_ms * SAMPLES_PER_MS, min(end, end_ms * SAMPLES_PER_MS)
        )


def _bounds(entry: Entry, number: int) -> tuple[int, int]:
    turn = entry.session.turns.filter(speaker=Turn.Speaker.CANDIDATE, number=number).first()
    if turn is None or turn.start_ms is None or turn.end_ms is None:
        raise NotFoundError("spoken turn")
    return turn.start_ms, turn.end_ms


class Notes(generics.ListAPIView[Note]):
    """What people noted; candidates never see it."""

    queryset = Note.objects.none()
    serializer_class = NoteSerializer

    def get_queryset(self) -> QuerySet[Note]:
        return _as_member(self.request, self.kwargs["reference"]).session.notes.order_by("pk")

    @extend_schema(summary="List notes")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(summary="Write a note", request=NoteSerializer, responses={201: NoteSerializer})
    def post(self, request: Request, reference: str) -> Response:
        entry = _as_member(request, reference)
        if entry.user is None or not entry.may_note:
            raise PermissionDenied("You may watch this interview, but not write notes about it.")
        read = NoteSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        wish: dict[str, Any] = read.validated_data
        with refusals_as_errors():
            note = add_note(entry.session, text=wish["text"], at_ms=wish.get("at_ms"), user=entry.user)
        return Response(NoteSerializer(note).data, status.HTTP_201_CREATED)


def _as_member(request: Request, reference: str) -> Entry:
    return enter_as_member(request, reference, "Notes are for the people of the hiring team.")
