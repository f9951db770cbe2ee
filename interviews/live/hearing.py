"""One audio line of a session: puts chunks in order, listens, and keeps what may be kept."""

from collections.abc import Callable
from math import log10
from typing import Any, Protocol

import numpy as np

from interviews.live import inputs as inp
from interviews.live.recording import Recorder
from interviews.live.vocabulary import Patience, Word
from speech import listening as heard
from speech.line import Accepted, AudioLine, ResendFrom
from speech.patience import Patience as SpeechPatience

SAMPLES_PER_MS = 16
SILENT_DBFS = -96.0
CLOCK_SLACK_SAMPLES = 120_000 * SAMPLES_PER_MS  # a page's clock and ours may differ by two minutes


class Ear(Protocol):
    """What a line needs of a `speech.listening.Listener`."""

    def push(self, pcm: bytes) -> None: ...
    def skip_to(self, offset: int) -> None: ...
    def open_turn(self, *, has_spoken: bool) -> None: ...
    def close_turn(self) -> None: ...
    def hold(self, ms: int) -> None: ...
    def finish(self) -> None: ...
    def pause(self) -> None: ...
    def set_enough(self, is_enough: bool) -> None: ...
    def set_patience(self, patience: SpeechPatience) -> None: ...
    def allow_turn_end(self, is_allowed: bool) -> None: ...
    async def hear_out(self, within_s: float) -> None: ...
    async def aclose(self) -> None: ...


class Overhear(Protocol):
    """Told of all audio that was taken; `is_owed` while the page holds newer audio already."""

    def __call__(self, offset: int, pcm: bytes, *, is_owed: bool) -> None: ...


class Hearing:
    """Feeds one audio line to one ear. `is_practice` lines are neither recorded nor remembered."""

    def __init__(
        self,
        ear: Ear,
        *,
        offset: int,
        listens_from: int = 0,
        is_practice: bool,
        may_record: bool,
        resend: Callable[[int], None],
        overheard: Overhear | None = None,
    ) -> None:
        """`listens_from`: the words of what lies before it are known already; it is only recorded."""
        self.ear = ear
        self.is_practice = is_practice
        self.recorder = Recorder(is_allowed=may_record and not is_practice)
        self.acked = offset
        self.is_held = False
        self._line = AudioLine(offset)
        self._listens_from = listens_from
        self._resend = resend
        self._overheard = None if is_practice else overheard
        self._squares = 0.0
        self._measured = 0
        self._owed_to: int | None = None

    @property
    def expected(self) -> int:
        return self._line.expected

    def ask_again(self) -> None:
        """After a new connection or a pause: what was asked for before may never come."""
        self._line.reconnected()

    def owe(self, until: int | None) -> bool:
        """Until the page has sent what it said it holds, no turn ends. Gives whether anything is owed."""
        self._owed_to = until if until is not None and until > self.expected else None
        self.ear.allow_turn_end(self._owed_to is None)
        return self._owed_to is not None

    def push(self, offset: int, pcm: bytes) -> bool:
        """Take a chunk from the page; True when the last owed audio has just arrived."""
        before = self.expected
        taken = self._line.accept(offset, pcm)
        if isinstance(taken, ResendFrom):
            self._resend(taken.offset)
        elif isinstance(taken, Accepted):
            self._measure(taken.pcm)
            self.recorder.add(before, taken.pcm)
            if self._overheard is not None:
                self._overheard(before, taken.pcm, is_owed=self._owed_to is not None)
            known = max(0, self._listens_from - before)
            if known * 2 < len(taken.pcm):
                self.ear.push(taken.pcm[known * 2 :])
        return self._is_settled_now()

    def miss(self, from_offset: int, to_offset: int) -> bool:
        """The page no longer has this audio; True when with it the last owed audio is accounted for."""
        if not self._line.missing(from_offset, to_offset):
            return False
        self.ear.skip_to(self.expected)
        return self._is_settled_now()

    def may_have_come_to(self, offset: int, clock_ms: int) -> bool:
        """An offset is also a time: no page can miss audio of a time that has not come."""
        clock = 0 if self.is_practice else clock_ms * SAMPLES_PER_MS
        return offset <= max(self.expected, clock) + CLOCK_SLACK_SAMPLES

    def _is_settled_now(self) -> bool:
        if self._owed_to is None or self.expected < self._owed_to:
            return False
        self.owe(None)
        return True

    def _measure(self, pcm: bytes) -> None:
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32)
        self._squares += float(np.dot(samples, samples))
        self._measured += len(samples)

    def level_dbfs(self) -> float | None:
        """Loudness since the last call in dB below full scale; None while less than a second was heard."""
        if self._measured < 1_000 * SAMPLES_PER_MS:
            return None
        mean = self._squares / self._measured / 32_768**2
        self._squares, self._measured = 0.0, 0
        return round(10 * log10(mean), 1) if mean > 0 else SILENT_DBFS


def as_input(value: heard.Heard) -> inp.Input | None:
    """What the ear reports, as the machine knows it; None for what only concerns the runner."""
    make = _INPUTS.get(type(value))
    return None if make is None else make(value)


def patience_of(patience: SpeechPatience) -> Patience:
    return Patience(patience.short_ms, patience.medium_ms, patience.long_ms)


def _utterance(value: heard.UtteranceHeard) -> inp.UtteranceHeard:
    return inp.UtteranceHeard(
        utterance_id=value.utterance_id,
        text=value.text,
        start_ms=value.start_ms,
        end_ms=value.end_ms,
        confidence=value.confidence,
        words=tuple(Word(word.text, word.start_ms, word.end_ms) for word in value.words),
        engine=value.engine,
        snr_db=value.snr_db,
    )


_INPUTS: dict[type[heard.Heard], Callable[[Any], inp.Input]] = {
    heard.SpeechStarted: lambda value: inp.CandidateSpeechStarted(at_ms=value.at_ms),
    heard.SpeechStopped: lambda value: inp.CandidateSpeechStopped(
        at_ms=value.at_ms, speech_ms=value.speech_ms
    ),
    heard.PartialHeard: lambda value: inp.SpeechPartlyHeard(
        utterance_id=value.utterance_id, text=value.text, stable_chars=value.stable_chars
    ),
    heard.UtteranceHeard: _utterance,
    heard.UtteranceEmpty: lambda value: inp.UtteranceWasEmpty(
        utterance_id=value.utterance_id, start_ms=value.start_ms, end_ms=value.end_ms
    ),
    heard.UtteranceLost: lambda value: inp.UtteranceWasLost(
        utterance_id=value.utterance_id, start_ms=value.start_ms, end_ms=value.end_ms
    ),
    heard.TurnEndHeard: lambda value: inp.TurnWentSilent(at_ms=value.at_ms, reason=value.reason),
    heard.PauseLearned: lambda value: inp.PauseLearned(patience=patience_of(value.patience)),
}
