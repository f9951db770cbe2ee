"""Whose utterance is recognised next. Pure: time is handed in, nothing waits here.

- Finals go before partials. Among finals the earliest deadline goes first.
- A session may ask for twice what it speaks; what it asks beyond that (sending kept audio again after a drop,
  at eight times real time) gets later deadlines, so it fills idle time and delays nobody who speaks now.
- One partial of a session waits; a newer one takes its place in the line, so that refreshing costs no turn.
- Partials leave one lane free where there are two or more: a final never waits for partials on every lane.
- Everything has a bound. What goes over it is refused, and the newest partial goes first.
"""

from msgspec import Struct

from speech.transcript import Kind

FINAL_ALLOWANCE_MS = 300  # the design's bound for a final with twenty speaking at once
MOST_FINALS = 256
MOST_FINALS_OF_ONE = 64  # utterances of a minute that arrive at once, and some
MOST_PARTIALS = 64
SPEED_ALLOWED = 2


class Job(Struct, frozen=True):
    """`key` is unique in its queue; `audio_ms` the length of the audio."""

    key: int
    session: str
    kind: Kind
    audio_ms: int


class _Waiting(Struct, frozen=True):
    deadline_ms: int
    job: Job

    @property
    def rank(self) -> tuple[int, int]:
        return self.deadline_ms, self.job.key


class Offered(Struct, frozen=True):
    """What became of an offer: taken or not, and the partial that it displaced."""

    is_taken: bool
    displaced: Job | None = None


class Queue:
    """The line in front of `lanes` equal carriers; how many there are may become known later."""

    def __init__(self, lanes: int = 1) -> None:
        self.lanes = lanes
        self._finals: dict[int, _Waiting] = {}
        self._partials: dict[str, _Waiting] = {}
        self._paid_until_ms: dict[str, int] = {}

    @property
    def waiting_finals(self) -> int:
        return len(self._finals)

    @property
    def waiting_partials(self) -> int:
        return len(self._partials)

    def offer(self, job: Job, now_ms: int) -> Offered:
        """This will put `job` in the line, or refuse it where the line is full."""
        return self._offer_final(job, now_ms) if job.kind == "final" else self._offer_partial(job, now_ms)

    def put_back(self, job: Job, now_ms: int) -> None:
        """This will put a job that has to be tried again in front of what came after it."""
        self._finals[job.key] = _Waiting(now_ms - FINAL_ALLOWANCE_MS, job)

    def take(self, running_partials: int) -> Job | None:
        """This will hand out what a free lane is to do now, given how many lanes work on partials."""
        if self._finals:
            first = min(self._finals.values(), key=lambda waiting: waiting.rank)
            del self._finals[first.job.key]
            return first.job
        if not self._partials or running_partials >= max(1, self.lanes - 1):
            return None
        first = min(self._partials.values(), key=lambda waiting: waiting.rank)
        del self._partials[first.job.session]
        return first.job

    def remove(self, job: Job) -> bool:
        """This will take back a job that is no longer wanted; False where it is not waiting any more."""
        if job.kind == "final" and self._finals.pop(job.key, None) is not None:
            # A speculation that did not hold costs its session nothing.
            if job.session in self._paid_until_ms:
                self._paid_until_ms[job.session] -= job.audio_ms // SPEED_ALLOWED
            return True
        waiting = self._partials.get(job.session)
        if waiting is None or waiting.job.key != job.key:
            return False
        del self._partials[job.session]
        return True

    def drain(self) -> list[Job]:
        """This will empty the line and give what was in it."""
        jobs = [waiting.job for waiting in (*self._finals.values(), *self._partials.values())]
        self._finals.clear()
        self._partials.clear()
        self._paid_until_ms.clear()
        return jobs

    def _offer_final(self, job: Job, now_ms: int) -> Offered:
        own = sum(waiting.job.session == job.session for waiting in self._finals.values())
        if own >= MOST_FINALS_OF_ONE or len(self._finals) >= MOST_FINALS:
            return Offered(is_taken=False)
        self._forget_the_quiet(now_ms)
        starts_ms = max(now_ms, self._paid_until_ms.get(job.session, now_ms))
        self._paid_until_ms[job.session] = starts_ms + job.audio_ms // SPEED_ALLOWED
        self._finals[job.key] = _Waiting(starts_ms + FINAL_ALLOWANCE_MS, job)
        # A partial that waits while the final of the same session waits would tell nothing new.
        superseded = self._partials.pop(job.session, None)
        return Offered(is_taken=True, displaced=superseded.job if superseded else None)

    def _offer_partial(self, job: Job, now_ms: int) -> Offered:
        older = self._partials.get(job.session)
        if older is None and len(self._partials) >= MOST_PARTIALS:
            return Offered(is_taken=False)
        self._partials[job.session] = _Waiting(older.deadline_ms if older else now_ms, job)
        return Offered(is_taken=True, displaced=older.job if older else None)

    def _forget_the_quiet(self, now_ms: int) -> None:
        for session in [name for name, until in self._paid_until_ms.items() if until <= now_ms]:
            del self._paid_until_ms[session]
