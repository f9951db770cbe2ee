"""A candidate with a phone, and a carrier that keeps what it is handed: for tests of interviews by text."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from accounts.models import Organisation
from hiring.models import Candidate
from interviews.models import Session, Task
from interviews.sessions import Owner, SessionWish, create_session
from messaging.models import Message, SmsInterview
from messaging.sms import conversation, forgetting, incoming, interviews, outgoing, reminding
from messaging.sms.incoming import Arrived
from messaging.sms.port import SmsError

NUMBER = "+14155550123"
OURS = "+14155550100"
TOKEN = "a-token-of-twilio"
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class ScriptedSender:
    """Takes every text, or fails with the next of `faults`; where `is_lost` it took it and nobody heard."""

    answers_stop = True

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.faults: list[SmsError] = []
        self.found: str | None = None

    @property
    def texts(self) -> list[str]:
        return [body for _, body in self.sent]

    def send(self, to: str, body: str, *, sender: str, status_callback: str) -> str:
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append((to, body))
        return f"SM{len(self.sent):032d}"

    def find(self, to: str, body: str, *, since: datetime) -> str | None:
        return self.found


class Phone:
    """One candidate's phone. `text` sends, `settle` does all background work that is due by `now`."""

    def __init__(self, session: Session, carrier: ScriptedSender) -> None:
        self.session = session
        self.carrier = carrier
        self.number = NUMBER
        self.now = NOON
        self._texts = 0

    @property
    def interview(self) -> SmsInterview:
        return SmsInterview.objects.get(session=self.session)

    @property
    def got(self) -> list[str]:
        """What came since one looked last."""
        got = self.carrier.texts
        self.carrier.sent = []
        return got

    def begin(self) -> SmsInterview:
        return interviews.begin_by_text(self.session, self.number, self.now)

    def send(self, *bodies: str) -> None:
        for body in bodies:
            self._texts += 1
            sid = f"SM{self._texts:032d}"
            arrived = Arrived(provider_id=sid, sender=self.number, to=OURS, body=body)
            incoming.keep_arrived(arrived, now=self.now)

    def text(self, *bodies: str) -> list[str]:
        """Send, wait half a minute, and read what came."""
        self.send(*bodies)
        self.settle()
        self.wait(seconds=30)
        return self.got

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)
        self.settle()

    def settle(self) -> None:
        for _ in range(20):
            due = list(
                Task.objects.filter(kind__startswith="sms.", due_at__lte=self.now).order_by("due_at", "pk")
            )
            if not due:
                return
            for task in due:
                self._do(task)
        raise AssertionError("the work of text messages never ends")

    def _do(self, task: Task) -> None:
        wanted = task.wanted
        match task.kind:
            case outgoing.SEND:
                outgoing.send_waiting(task.payload["number"], sender=self.carrier, now=self.now)
            case incoming.RECEIVE:
                incoming.read(task.payload["message"], sender=self.carrier, now=self.now)
            case incoming.TURN:
                conversation.advance(task.payload["interview"], now=self.now)
            case interviews.BEGIN:
                interviews.ask_for_consent(self.interview, now=self.now)
            case forgetting.FORGET:
                forgetting.forget_stranger(task.payload["number"])
            case interviews.REMIND:
                for interview in SmsInterview.objects.filter(pk=task.payload["interview"]):
                    reminding.remind(interview, now=self.now)
        Task.objects.filter(pk=task.pk, wanted=wanted).delete()

    def rows(self, **like: Any) -> list[Message]:
        return list(Message.objects.filter(**like).order_by("pk"))


@pytest.fixture
def carrier() -> ScriptedSender:
    return ScriptedSender()


@pytest.fixture
def make_phone(organisation: Organisation, carrier: ScriptedSender, settings: Any) -> Callable[..., Phone]:
    settings.SMS = replace(settings.SMS, auth_token=TOKEN, from_number=OURS)

    def make(*, questions: int = 2, time_zone: str = "UTC") -> Phone:
        candidate = Candidate.objects.create(
            organisation=organisation, name="Ada Byron", phone="+1 (415) 555-0123", time_zone=time_zone
        )
        wish = SessionWish(job_role="Backend engineer", num_questions=questions, duration_minutes=10)
        owner = Owner(organisation=organisation, candidate=candidate)
        session, _ = create_session(wish, now=NOON, owner=owner)
        return Phone(session, carrier)

    return make


@pytest.fixture
def phone(make_phone: Callable[..., Phone]) -> Phone:
    return make_phone()


def _sign(url: str, form: Mapping[str, str], token: str = TOKEN) -> str:
    """As Twilio documents it: HMAC-SHA1 over the address and the form, name and value, by name."""
    signed = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


@pytest.fixture
def sign() -> Callable[..., str]:
    return _sign
