"""Holds one sample interview: a candidate with a script before the real live session, on a clock of its own.

The session, its machine, the recogniser, the interviewer and the log are the real ones. Only time is played:
the clock stands still while audio is pushed as fast as it can be heard, and moves by what speaking, typing
and listening take. Hearing goes by the position of the audio alone, so the same script gives the same
interview.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live.bus import Notice, Nudge
from interviews.live.constants import SessionConstants, reading_ms
from interviews.live.inbox import InboxFullError
from interviews.live.log import LoggedEvent
from interviews.live.outlet import Snapshot
from interviews.live.registry import Attachment, Registry
from interviews.live.signals import Signal
from interviews.reporting.material import GOODBYE
from interviews.samples.recordings import Recording, load_recording
from interviews.samples.script import Answer, SampleCandidate

CHUNK_SAMPLES = 1_600
SAMPLES_PER_MS = 16
MS_PER_CHARACTER = 240  # fifty words a minute, an ordinary speed of typing
UNTIL_DECIDED_MS = 1_000  # from the last word until the turn is taken for ended; about what is measured
SILENCE_AFTER_MS = 6_000  # more than the longest wait for somebody who may go on
WAIT_S = 120.0  # for anything at all; a loaded machine hears slowly
NOTHING_LEFT = Answer(type="I have nothing to add to that.")
CONSENT = inp.ConsentDecided(notice_version="sample", ai_evaluation=True, recording=False, listening=False)


class PlayedClock:
    """The time of one interview, in ms since its day began."""

    def __init__(self, began_at: datetime) -> None:
        self._began_at = began_at.astimezone(UTC)
        self.ms = 0

    def now(self) -> datetime:
        return self._began_at + timedelta(milliseconds=self.ms)

    def come_to(self, ms: int) -> None:
        self.ms = max(self.ms, ms)


class Page:
    """The candidate's page: keeps what it is told and lets others wait for it."""

    def __init__(self) -> None:
        self.events: list[ev.Event] = []
        self.state = ""
        self.closed = ""
        self._head = 0
        self._arrived = asyncio.Event()

    def send_snapshot(self, snapshot: Snapshot) -> None:
        self.state = snapshot.state
        self._arrived.set()

    def send_event(self, logged: LoggedEvent) -> None:
        self.events.append(logged.event)
        self._head = max(self._head, logged.seq)
        if isinstance(logged.event, ev.StateChanged):
            self.state = logged.event.state
        self._arrived.set()

    def send_signal(self, signal: Signal) -> None:
        pass

    def send_audio(self, reply_id: int, rate_hz: int, pcm: bytes) -> None:
        pass

    @property
    def unsent_bytes(self) -> int:
        return 0

    def close(self, code: int, reason: str = "") -> None:
        self.closed = f"{code} {reason}"
        self._arrived.set()

    def notice(self, notice: Notice) -> None:
        """What the bus tells: that there is more in the log, whether a page is sent it or not."""
        if isinstance(notice, Nudge):
            self._head = max(self._head, notice.seq)
            self._arrived.set()

    async def until_logged(self, offer: Callable[[], None]) -> None:
        """Do something and wait until something came of it."""
        head = self._head
        offer()
        await self.until(lambda: self._head > head)

    @property
    def is_over(self) -> bool:
        return self.state == "ended"

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    async def until(self, is_there: Callable[[], bool]) -> None:
        """Raises TimeoutError, and ConnectionError where the session was closed instead."""
        async with asyncio.timeout(WAIT_S):
            while not is_there():
                if self.closed and not self.is_over:
                    raise ConnectionError(self.closed)
                self._arrived.clear()
                await self._arrived.wait()


class Scene:
    """One interview with one candidate, from the consent to the goodbye."""

    def __init__(
        self, candidate: SampleCandidate, attachment: Attachment, page: Page, clock: PlayedClock
    ) -> None:
        self._candidate = candidate
        self._attachment = attachment
        self._page = page
        self._clock = clock
        self._sent_samples = 0
        self._given: Counter[str] = Counter()
        self._heard_replies = 0

    async def play(self) -> None:
        self._attachment.offer(CONSENT)
        self._attachment.offer(inp.CandidateReadied())
        while await self._hear_reply():
            await self._answer(self._next_answer())

    async def _hear_reply(self) -> bool:
        """Listen to the interviewer's next reply; False when the interview is over after it."""
        page = self._page
        await page.until(lambda: page.is_over or len(page.of(ev.ReplyFinished)) > self._heard_replies)
        if page.is_over:
            return False
        reply = page.of(ev.ReplyFinished)[self._heard_replies]
        self._heard_replies += 1
        await page.until_logged(lambda: self._attachment.offer(inp.PlaybackStarted(reply_id=reply.reply_id)))
        await self._let_pass(reading_ms(SessionConstants(), reply.text))
        self._attachment.offer(inp.PlaybackFinished(reply_id=reply.reply_id))
        await page.until(lambda: page.state in {"listening", "ended"})
        return not page.is_over

    def _next_answer(self) -> Answer:
        key = self._key()
        given = self._given[key]
        self._given[key] += 1
        answers: Sequence[Answer] = self._candidate.answers.get(key, self._candidate.closing)
        return answers[given] if given < len(answers) else NOTHING_LEFT

    def _key(self) -> str:
        """Of the question that is open; "" after the last."""
        if self._page.of(ev.ReplyStarted)[-1].kind in GOODBYE:
            return ""
        number: int = self._page.of(ev.QuestionStarted)[-1].number
        return list(self._candidate.answers)[number - 1]

    async def _answer(self, answer: Answer) -> None:
        page, ended = self._page, len(self._page.of(ev.TurnEnded))
        if answer.say:
            await self._say(load_recording(answer.say))
        else:
            await self._type(answer.type)
        await page.until(lambda: page.is_over or len(page.of(ev.TurnEnded)) > ended)

    async def _say(self, recording: Recording) -> None:
        self._clock.come_to(self._clock.ms + recording.turn_end_ms + UNTIL_DECIDED_MS)
        await self._push(recording.pcm + bytes(SILENCE_AFTER_MS * SAMPLES_PER_MS * 2))

    async def _type(self, text: str) -> None:
        took_ms = len(text) * MS_PER_CHARACTER
        await self._let_pass(took_ms)
        self._attachment.offer(inp.AnswerTyped(text=text, time_taken_seconds=round(took_ms / 1_000)))

    async def _let_pass(self, ms: int) -> None:
        """Time goes by, and with it the silence of the microphone."""
        self._clock.come_to(self._clock.ms + ms)
        self._clock.come_to(self._sent_samples // SAMPLES_PER_MS)
        missing = self._clock.ms * SAMPLES_PER_MS - self._sent_samples
        await self._push(bytes(max(missing, 0) * 2))  # a recording may end within a millisecond

    async def _push(self, pcm: bytes) -> None:
        for at in range(0, len(pcm), CHUNK_SAMPLES * 2):
            chunk = pcm[at : at + CHUNK_SAMPLES * 2]
            await self._offer(chunk)
            self._sent_samples += len(chunk) // 2

    async def _offer(self, chunk: bytes) -> None:
        """As fast as the session takes it in."""
        while True:
            try:
                self._attachment.offer_audio(self._sent_samples, chunk)
            except InboxFullError:
                await asyncio.sleep(0.01)
            else:
                await asyncio.sleep(0)
                return


async def hold(registry: Registry, session_pk: int, candidate: SampleCandidate, clock: PlayedClock) -> None:
    """Interview `candidate` in the session, which must ask the questions of their script."""
    page = Page()
    unsubscribe = registry.services.bus.subscribe(page.notice)
    attachment = await registry.attach(session_pk, page)
    try:
        await Scene(candidate, attachment, page, clock).play()
    finally:
        attachment.detach()
        unsubscribe()
