"""Interviews as they lie in the database afterwards: a log with timed words, turns, a recording of tones."""

import math
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from accounts.models import Organisation
from hiring.models import Job
from interviews.bank import get_question
from interviews.evaluating import evaluate
from interviews.live import events as ev
from interviews.live.log import append
from interviews.live.recording import SAMPLE_RATE, Span, store_spans
from interviews.live.vocabulary import Word
from interviews.models import Session
from interviews.plan import Plan
from interviews.progress import Move
from interviews.sessions import add_questions

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
KEYS = ("backend-background", "backend-migration")
BACKGROUND = (
    "I have worked as a backend engineer for six years. Most of my work is in Python and a little bit of Go."
)
MIGRATION = (
    "I led the migration of our billing service. We moved the data in small batches so nobody lost any "
    "orders. I wrote a script that compared every row in both databases, and we had zero downtime."
)
GOOD = (BACKGROUND, MIGRATION)
WORD_MS = 400
GAP_MS = 2_000


def hold(
    organisation: Organisation,
    job: Job | None = None,
    *,
    name: str = "Zoë Łukasiewicz",
    answers: tuple[str, ...] = GOOD,
    keys: tuple[str, ...] = KEYS,
    is_recorded: bool = True,
    may_judge: bool = True,
    confidence: float = 0.9,
    is_over: bool = True,
) -> Session:
    """A session that is over, each answer spoken word by word; "" is a skipped question."""
    plan = Plan(
        role="Backend engineer",
        questions=tuple(get_question(key) for key in keys),
        organisation=organisation.name,
    )
    session = Session.objects.create(
        organisation=organisation,
        job=job,
        title="First interview",
        candidate_name=name,
        job_role="Backend engineer",
        num_questions=plan.total,
        plan=msgspec.to_builtins(plan),
    )
    add_questions(session, plan)
    told = _Telling(session)
    told.begin(plan, may_judge=may_judge, is_recorded=is_recorded)
    for number, said in enumerate(answers, 1):
        told.ask(number, plan)
        if said:
            told.answer(number, said, confidence)
    if is_over:
        told.end()
    append(session.pk, session.epoch, told.events)
    session.refresh_from_db()
    if is_recorded:
        store_spans(session.pk, str(session.uuid), [Span(0, tone(told.at_ms))])
    if is_over:
        evaluate(session.pk)
    return session


def tone(ms: int) -> bytes:
    """A quiet hum, so that there is something to play."""
    one = [int(800 * math.sin(2 * math.pi * 220 * n / SAMPLE_RATE)) for n in range(SAMPLE_RATE // 10)]
    return struct.pack(f"<{len(one)}h", *one) * (ms // 100)


class _Telling:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.at_ms = 0
        self.events: list[ev.Event] = []
        self.replies = 0

    def tell(self, kind: type[ev.Event], /, **fields: Any) -> None:
        self.events.append(kind(at=START + timedelta(milliseconds=self.at_ms), **fields))

    def begin(self, plan: Plan, *, may_judge: bool, is_recorded: bool) -> None:
        agreed = {"ai_evaluation": may_judge, "recording": is_recorded, "listening": False}
        self.tell(ev.SessionOpened, plan=plan, duration_ms=1_800_000)
        self.tell(ev.ConsentChanged, notice_version="2026-11", **agreed)
        self.tell(ev.CandidateConnected)
        self.tell(ev.LineStarted)

    def ask(self, number: int, plan: Plan) -> None:
        kind = "greeting" if number == 1 else "question"
        text = plan.questions[number - 1].text
        self.replies += 1
        self.tell(ev.ReplyPlanned, reply_id=self.replies, move=Move(kind, number - 1))
        self.tell(ev.ReplyStarted, reply_id=self.replies, kind=kind, question=number)
        self.tell(ev.QuestionStarted, number=number, total=plan.total, text=text, kind="technical")
        self.tell(ev.ReplyFinished, reply_id=self.replies, text=f"Hello. {text}" if number == 1 else text)
        self.tell(ev.PlaybackBegan, reply_id=self.replies)
        self.at_ms += GAP_MS
        self.tell(ev.PlaybackEnded, reply_id=self.replies, outcome="finished", heard_chars=len(text))

    def answer(self, number: int, said: str, confidence: float) -> None:
        began = self.at_ms
        words = []
        for text in said.split():
            words.append(Word(text=text, start_ms=self.at_ms, end_ms=self.at_ms + WORD_MS))
            self.at_ms += WORD_MS
        told = {"text": said, "start_ms": began, "end_ms": self.at_ms, "confidence": confidence}
        self.tell(ev.TurnStarted, turn_id=number, question=number)
        self.tell(ev.StateChanged, state="listening")
        heard = {"utterance_id": number, "words": tuple(words), "engine": "mini"}
        self.tell(ev.TranscriptFinal, turn_id=number, **told, **heard)
        self.tell(ev.TurnEnded, turn_id=number, reason="endpoint", question=number, **told)

    def end(self) -> None:
        self.tell(ev.SessionEnded, reason="completed")
        self.tell(ev.StateChanged, state="ended", reason="completed")
