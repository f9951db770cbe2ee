"""Carries texts through Twilio's REST API, or a server that speaks it."""

from datetime import datetime
from typing import Any

from requests import RequestException
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from messaging.sms.port import SmsError
from messaging.sms.settings import SmsSettings

TIMEOUT_S = 10.0
# An account that is set up wrongly, or a queue that is full, is put right by people while we try again.
PASSING_STATUS = frozenset({401, 403, 408, 429})
PASSING_CODES = frozenset({20003, 20429, 21611, 14107})
SAME_TEXTS = 20


class TwilioSender:
    answers_stop = True  # its own opt-out handling, which is on unless an account turns it off

    def __init__(self, settings: SmsSettings) -> None:
        self._client = Client(
            settings.account_sid,
            settings.auth_token,
            http_client=TwilioHttpClient(timeout=TIMEOUT_S, max_retries=0),
        )
        if settings.api_url:
            self._client.api.base_url = settings.api_url
        self._service = settings.messaging_service_sid

    def send(self, to: str, body: str, *, sender: str, status_callback: str) -> str:
        wish: dict[str, Any] = {"to": to, "body": body}
        if self._service:
            wish["messaging_service_sid"] = self._service
        else:
            wish["from_"] = sender
        if status_callback:
            wish["status_callback"] = status_callback
        try:
            return str(self._client.messages.create(**wish).sid)
        except TwilioRestException as error:
            raise _translated(error) from error
        except (TwilioException, RequestException) as error:
            raise SmsError("unreachable", type(error).__name__, is_permanent=False) from error

    def find(self, to: str, body: str, *, since: datetime) -> str | None:
        try:
            found = self._client.messages.list(to=to, date_sent_after=since, limit=SAME_TEXTS)
        except (TwilioException, RequestException) as error:
            raise SmsError("unreachable", type(error).__name__, is_permanent=False) from error
        return next((str(one.sid) for one in found if one.body == body), None)


def _translated(error: TwilioRestException) -> SmsError:
    code = int(error.code or 0)
    is_passing = error.status >= 500 or error.status in PASSING_STATUS or code in PASSING_CODES
    return SmsError(str(code or error.status), str(error.msg)[:300], is_permanent=not is_passing)
