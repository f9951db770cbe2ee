"""An interview driven by three actions; behind them is the same machine that voices drive."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from interviews.api.conflicts import refusals_as_errors
from interviews.api.entering import Entry, enter, require_candidate, require_somebody
from interviews.api.serializers.ai_interview import ActionSerializer, StepSerializer
from interviews.api.views.replies import current_question
from interviews.conversing import end, go_on, say, start
from interviews.models import Session, Turn
from interviews.refusals import RefusedError

OVER = "The interview is over."
SILENT = "The interviewer has not answered yet."


class AiInterview(APIView):
    """Begins an interview, says something as the candidate, or ends it."""

    @extend_schema(
        summary="Take a step of the interview",
        request=ActionSerializer,
        responses=StepSerializer,
        examples=[
            OpenApiExample(
                "Begin",
                {"action": "initialize", "session_id": "3f0cbb58-5d3c-4e55-9e29-31f2bcf5a0f0"},
                request_only=True,
            ),
            OpenApiExample(
                "Answer",
                {
                    "action": "respond",
                    "session_id": "3f0cbb58-5d3c-4e55-9e29-31f2bcf5a0f0",
                    "student_response": "We moved the data in small batches.",
                },
                request_only=True,
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        require_somebody(request)
        read = ActionSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        wish = read.validated_data
        entry = enter(request, wish["session_id"])
        before = entry.session.seq
        with refusals_as_errors():
            _STEPS[wish["action"]](entry, wish)
        return Response(StepSerializer(_stand(entry.session, wish["action"], before)).data)


def _initialize(entry: Entry, wish: dict[str, Any]) -> None:
    """One that runs already goes on, out of a pause as well: this client has no other word for either."""
    require_candidate(entry)
    if entry.session.status == Session.Status.IN_PROGRESS:
        go_on(entry.session, user=entry.user)
        return
    try:
        start(entry.session, consent=wish.get("consent"), user=entry.user)
    except RefusedError as error:
        if error.code != "already_started":
            raise
        entry.session.refresh_from_db()


def _respond(entry: Entry, wish: dict[str, Any]) -> None:
    require_candidate(entry)
    say(entry.session, text=wish["student_response"], seconds=None, user=entry.user)


def _end(entry: Entry, wish: dict[str, Any]) -> None:
    if not (entry.is_guest or entry.may_command):
        raise PermissionDenied("You may watch this interview, but not end it.")
    if entry.session.status != Session.Status.COMPLETED:
        end(entry.session, user=entry.user, is_guest=entry.is_guest)


_STEPS = {"initialize": _initialize, "respond": _respond, "end": _end}


def _stand(session: Session, action: str, before: int) -> dict[str, Any]:
    """How it stands, and what was said after event `before`; to initialize, else what was said last."""
    said = list(session.turns.filter(seq__gt=before).exclude(text="").order_by("seq"))
    if not said and action == "initialize":
        spoken = session.turns.filter(speaker=Turn.Speaker.INTERVIEWER).exclude(text="")
        said = list(spoken.order_by("-seq")[:1])
    words = next((one.text for one in reversed(said) if one.speaker == Turn.Speaker.INTERVIEWER), "")
    number, asked = current_question(session)
    return {
        "id": session.pk,
        "session_id": session.uuid,
        "action": action,
        "status": session.status,
        "message": words or (OVER if session.is_over else SILENT),
        "ai_response": words,
        "response": words,
        "question": {"id": asked.pk, "number": number, "text": asked.text} if asked else None,
        "is_complete": session.is_over,
        "conversation": [one.pk for one in said],
    }
