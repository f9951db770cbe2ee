"""What both sides said, as its own list; posting says something as the candidate, by words or a recording."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import account_of
from interviews.access import watchable_sessions
from interviews.api.audio import AudioRenderer, audio_response
from interviews.api.conflicts import refusals_as_errors
from interviews.api.entering import Entry, enter, enter_own, require_candidate, require_somebody
from interviews.api.serializers.conversations import (
    SIDES,
    ConversationSerializer,
    ConversationWishSerializer,
    NewConversationSerializer,
    context_of,
)
from interviews.api.throttling import SentRecordingThrottle
from interviews.api.views.hearing import hear, read_pcm
from interviews.api.views.replies import current_question, describe_reply
from interviews.conversing import answer_question, require_status, say
from interviews.live.vocabulary import AnswerChannel
from interviews.models import Question, Session, Turn
from interviews.sent_recordings import find_stretch, is_understood, keep_recording
from rest.errors import ApiError, NotFoundError
from rest.filters import Filters, StableOrdering
from rest.parsing import BoundedMultiPartParser, StrictJsonParser
from rest.rows import find_row


class ConversationFilter(django_filters.FilterSet):
    speaker = django_filters.ChoiceFilter(
        choices=[(side, side) for side in SIDES], method="by_speaker", label="ai or student."
    )

    class Meta:
        model = Turn
        fields = ("channel",)

    def by_speaker(self, turns: QuerySet[Turn], name: str, value: str) -> QuerySet[Turn]:
        speaker = Turn.Speaker.INTERVIEWER if value == "ai" else Turn.Speaker.CANDIDATE
        return turns.filter(speaker=speaker)


class Conversations(generics.ListAPIView[Turn]):
    """What was said in the interviews one may see, session by session and in order."""

    queryset = Turn.objects.none()
    serializer_class = ConversationSerializer
    parser_classes = (StrictJsonParser, BoundedMultiPartParser)
    filter_backends = (Filters, StableOrdering)
    filterset_class = ConversationFilter
    ordering_fields = ("id",)
    throttle_classes = (SentRecordingThrottle,)

    def get_queryset(self) -> QuerySet[Turn]:
        require_somebody(self.request)
        said = Turn.objects.exclude(text="").select_related("session").order_by("session_id", "seq")
        wanted = self.request.query_params.get("session_id", "")
        user = account_of(self.request)
        if wanted:
            return said.filter(session=enter(self.request, wanted).session)
        if user is None:
            return said.filter(session=enter_own(self.request).session)
        return said.filter(session__in=watchable_sessions(user).values("pk"))

    @extend_schema(
        summary="List what was said",
        parameters=[OpenApiParameter("session_id", OpenApiTypes.STR, description="UUID or number.")],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        read = ConversationSerializer(page, many=True, context=context_of(page, request))
        return self.get_paginated_response(read.data)

    @extend_schema(
        summary="Say something as the candidate",
        request={
            "application/json": ConversationWishSerializer,
            "multipart/form-data": ConversationWishSerializer,
        },
        responses={201: NewConversationSerializer},
        examples=[
            OpenApiExample(
                "Words",
                {
                    "session_id": "3f0cbb58-5d3c-4e55-9e29-31f2bcf5a0f0",
                    "speaker": "student",
                    "message": "We moved the data in small batches.",
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        require_somebody(request)
        read = ConversationWishSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        wish = read.validated_data
        entry = enter(request, wish["session_id"])
        _require_speaker(entry, wish["speaker"])
        question = _question(entry, wish["question"])
        with refusals_as_errors():
            require_status(entry.session, Session.Status.IN_PROGRESS)
        text, pcm = _words(request, wish)
        with refusals_as_errors():
            turn = _say(entry, question, text, channel="typed" if wish["message"] else "voice")
        if pcm:
            keep_recording(turn, pcm)
        context = context_of([turn], request, reply=describe_reply(turn.session, turn.seq))
        return Response(NewConversationSerializer(turn, context=context).data, status.HTTP_201_CREATED)


def _require_speaker(entry: Entry, speaker: str) -> None:
    """What the interviewer said stands in the log because it was said; nothing is put into its mouth."""
    if speaker == "student":
        require_candidate(entry)
        return
    if not entry.may_command:
        raise PermissionDenied("You can't speak for the interviewer.")
    raise ApiError(
        409,
        "interviewer_speaks",
        "What the interviewer says comes from the interview itself. Put in a question from the console.",
    )


def _question(entry: Entry, question_id: int | None) -> Question | None:
    if question_id is None:
        return None
    found = find_row(entry.session.questions.all(), question_id)
    if found is None:
        raise ValidationError({"question": "There is no such question in this interview."})
    return found


def _words(request: Request, wish: dict[str, Any]) -> tuple[str, bytes]:
    """The words and the PCM they were heard from; the recording's own words where there is no message."""
    recording = wish["audio_file"]
    if recording is None:
        return wish["message"], b""
    if wish["message"]:
        return wish["message"], read_pcm(recording)
    upload = hear(request, recording, "en")
    if not is_understood(upload):
        raise ValidationError(
            {"audio_file": "The words could not be understood. Record them again, or send them as a message."}
        )
    return upload.text, upload.pcm


def _say(entry: Entry, question: Question | None, text: str, channel: AnswerChannel) -> Turn:
    """To the question that is being asked, follow-ups included; to a later one by going there."""
    session, user = entry.session, entry.user
    if question is None or question == current_question(session)[1]:
        return say(session, text=text, seconds=None, user=user, channel=channel)
    return answer_question(session, question, text=text, seconds=None, user=user, channel=channel)


class OneConversation(APIView):
    """One thing that was said."""

    @extend_schema(summary="Read one thing that was said", responses=ConversationSerializer)
    def get(self, request: Request, number: int) -> Response:
        turn = _turn(request, number)
        return Response(ConversationSerializer(turn, context=context_of([turn], request)).data)


class ConversationAudio(APIView):
    """The candidate's voice as WAV, where it was kept with their consent."""

    renderer_classes = (AudioRenderer, JSONRenderer)

    @extend_schema(
        summary="Hear one thing that was said",
        parameters=[
            OpenApiParameter("Range", OpenApiTypes.STR, OpenApiParameter.HEADER, description="bytes=0-99")
        ],
        responses={(200, "audio/wav"): OpenApiTypes.BINARY, (206, "audio/wav"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, number: int) -> HttpResponseBase:
        turn = _turn(request, number)
        found = find_stretch(turn)
        if found is None:
            raise ApiError(404, "no_recording", "Nothing was recorded of this.")
        return audio_response(request, turn.session, found.start, found.end, side=found.side)


def _turn(request: Request, number: int) -> Turn:
    """Raises NotAuthenticated for nobody, NotFoundError for whoever may not know of it."""
    require_somebody(request)
    found = find_row(Turn.objects.select_related("session"), number)
    if found is None:
        raise NotFoundError("conversation")
    try:
        enter(request, str(found.session_id))
    except NotFoundError:
        raise NotFoundError("conversation") from None
    return found
