"""Interviews by text: beginning one, looking at it, and what the carrier posts."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import FormParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hiring.phone_numbers import E164
from interviews.api.entering import Entry, enter
from messaging.api.serializers.sms import SmsInterviewSerializer, TwilioPostSerializer
from messaging.api.throttling import SmsInterviewThrottle, SmsWebhookThrottle
from messaging.backends.twilio_signature import is_signed
from messaging.models import SmsInterview
from messaging.sms.incoming import Arrived, keep_arrived
from messaging.sms.interviews import CannotBeginError, begin_by_text
from messaging.sms.statuses import keep_status
from rest.errors import ApiError, NotFoundError

MOST_FORM_BYTES = 64 * 1024
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
FORGED = OpenApiResponse({"$ref": "#/components/schemas/Error"}, "Not signed, or not with our token.")
ASKED = OpenApiExample(
    "Asked",
    response_only=True,
    value={
        "session_id": "3f0cbd1e-6a53-4b0e-9c39-7f6f3a0e6a11",
        "number": "…23",
        "time_zone": "America/New_York",
        "status": "asked",
        "end_reason": "",
        "created_at": "2026-11-21T15:00:00Z",
        "updated_at": "2026-11-21T15:00:00Z",
        "texts": [
            {
                "id": 1,
                "direction": "out",
                "kind": "consent_request",
                "body": "Hi Ada, this is Viva, an AI interviewer for Acme. …",
                "status": "delivered",
                "error_code": "",
                "due_at": "2026-11-21T15:00:00Z",
                "sent_at": "2026-11-21T15:00:01Z",
                "at": "2026-11-21T15:00:00Z",
            }
        ],
    },
)
INBOUND = OpenApiExample(
    "A text",
    request_only=True,
    value={
        "MessageSid": "SM0123456789abcdef0123456789abcdef",
        "From": "+14155550123",
        "To": "+14155550100",
        "Body": "YES",
        "NumMedia": "0",
    },
)
REPORT = OpenApiExample(
    "What became of ours",
    request_only=True,
    value={
        "MessageSid": "SM0123456789abcdef0123456789abcdef",
        "To": "+14155550123",
        "MessageStatus": "undelivered",
        "ErrorCode": "30003",
    },
)


class BoundedFormParser(FormParser):
    """Reads no more than a text with everything around it can be."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        body = stream.read(MOST_FORM_BYTES + 1)
        if len(body) > MOST_FORM_BYTES:
            raise ApiError(413, "too_large", "A form may have 64 kilobytes at most.")
        # In UTF-8, whatever a sender calls it: Python knows "charsets" that are none, such as hex.
        return super().parse(BytesIO(body), media_type, {**(parser_context or {}), "encoding": "utf-8"})


class TextedInterview(APIView):
    """The interview of a session by text messages."""

    throttle_classes = (SmsInterviewThrottle,)

    @extend_schema(
        summary="Read an interview by text",
        description="Where it stands, and every text with what became of it. For members.",
        responses=SmsInterviewSerializer,
        examples=[ASKED],
    )
    def get(self, request: Request, reference: str) -> Response:
        entry = _of_a_member(request, reference)
        found = SmsInterview.objects.filter(session=entry.session).select_related("session").first()
        if found is None:
            raise NotFoundError("interview by text")
        return Response(SmsInterviewSerializer(found).data)

    @extend_schema(
        summary="Hold the interview by text",
        description="Texts the candidate who asks and what for; the interview begins when they answer YES. "
        "In the quiet hours of their time zone the text waits for the morning. By admins and recruiters; the "
        "session needs a candidate with a phone number.",
        request=None,
        responses={201: SmsInterviewSerializer},
        examples=[ASKED],
    )
    def post(self, request: Request, reference: str) -> Response:
        entry = _of_a_member(request, reference)
        if not entry.may_command:
            raise PermissionDenied("You may watch this interview, but not hold it by text.")
        candidate = entry.session.candidate
        if candidate is None or not candidate.phone.strip():
            raise ApiError(409, "no_phone", "The session needs a candidate with a phone number.")
        try:
            interview = begin_by_text(entry.session, candidate.phone, timezone.now())
        except CannotBeginError as error:
            raise ApiError(409, error.code, error.message) from None
        return Response(SmsInterviewSerializer(interview).data, status.HTTP_201_CREATED)


def _of_a_member(request: Request, reference: str) -> Entry:
    entry = enter(request, reference)
    if entry.is_guest:
        raise PermissionDenied("A candidate's link does not open this.")
    return entry


class SmsWebhook(APIView):
    """Where Twilio posts texts that come in, and what became of ours."""

    authentication_classes = ()
    permission_classes = ()
    parser_classes = (BoundedFormParser,)
    throttle_classes = (SmsWebhookThrottle,)

    @extend_schema(
        summary="Take a text, or a report about one",
        description="Posted by Twilio and signed with the account's token over this address and the form; "
        "closed while TWILIO_AUTH_TOKEN is not set. Answered at once with empty TwiML; what follows is done "
        "in the background. The same text twice is taken once.",
        request={"application/x-www-form-urlencoded": TwilioPostSerializer},
        responses={(200, "text/xml"): OpenApiTypes.STR, 403: FORGED},
        parameters=[
            OpenApiParameter(
                "X-Twilio-Signature",
                str,
                OpenApiParameter.HEADER,
                required=True,
                description="HMAC-SHA1, Base64.",
            )
        ],
        examples=[INBOUND, REPORT],
    )
    def post(self, request: Request) -> HttpResponse:
        url = settings.SMS.webhook_url or request.build_absolute_uri()
        signature = request.headers.get("X-Twilio-Signature", "")
        form = request.data  # a QueryDict: no other parser is there
        if not isinstance(form, QueryDict) or not is_signed(settings.SMS.auth_token, url, form, signature):
            raise PermissionDenied("This was not signed by the carrier.", "bad_signature")
        read = TwilioPostSerializer(data=_without_nulls(form))
        read.is_valid(raise_exception=True)
        _take(read.validated_data)
        return HttpResponse(EMPTY_TWIML, content_type="text/xml")


def _take(post: dict[str, Any]) -> None:
    now = timezone.now()
    if post["MessageStatus"] not in {"", "received", "receiving"}:
        keep_status(post["MessageSid"], post["MessageStatus"], post["ErrorCode"], now=now)
    elif E164.match(post["From"]):  # from letters or a short code no person can answer
        keep_arrived(
            Arrived(provider_id=post["MessageSid"], sender=post["From"], to=post["To"], body=post["Body"]),
            now=now,
        )


def _without_nulls(form: QueryDict) -> dict[str, str]:
    """The last value of each field, as Twilio sends but one; no database keeps a null character."""
    return {name: str(value).replace("\0", "") for name, value in form.items()}
