"""The queue in which everything a listener finds out waits its turn, in the order of the audio. Pure."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec import Struct

from speech.endpointing import UtteranceClosed
from speech.heard import EndReason, Heard, UtteranceEmpty, UtteranceHeard, UtteranceLost
from speech.sample_clock import ms_of
from speech.transcript import Transcript, Word
from speech.turn_watch import Pause


class Recognised(Struct, frozen=True):
    """What became of a final: a transcript, or the reason why there is none."""

    transcript: Transcript | None
    message: str
    took_ms: int


@dataclass
class UtteranceReport:
    """A closed utterance; `heard` comes when it was recognised."""

    closed: UtteranceClosed
    utterance_id: int
    pause_samples: int  # the pause inside the turn that lies before it, 0 where there was none
    heard: Heard | None = None

    def set_empty(self) -> None:
        """There were no words in it."""
        self.heard = UtteranceEmpty(self.utterance_id, ms_of(self.closed.first), ms_of(self.closed.end))

    def set_recognised(self, found: Recognised) -> None:
        """Its final has come, or failed for good."""
        transcript, start_ms, end_ms = found.transcript, ms_of(self.closed.first), ms_of(self.closed.end)
        if transcript is None:
            self.heard = UtteranceLost(self.utterance_id, start_ms, end_ms, found.message)
        elif not transcript.text.strip():
            self.set_empty()
        else:
            self.heard = UtteranceHeard(
                utterance_id=self.utterance_id,
                start_ms=start_ms,
                end_ms=end_ms,
                text=transcript.text.strip(),
                confidence=transcript.confidence,
                words=_on_line(transcript.words, ms_of(self.closed.start)),
                engine=transcript.engine,
                transcribe_ms=found.took_ms,
                snr_db=self.closed.snr_db,
            )


def _on_line(words: tuple[Word, ...], at_ms: int) -> tuple[Word, ...]:
    return tuple(Word(word.text, at_ms + word.start_ms, at_ms + word.end_ms) for word in words)


@dataclass
class PauseReport:
    """A pause that may end the turn."""

    pause: Pause


@dataclass
class EndReport:
    """The turn ends here, whatever the pauses say."""

    reason: EndReason
    at: int
    decided_at_s: float


@dataclass
class HeardReport:
    """Something that is known at once but has to wait for a judgement before it."""

    value: Heard


Report = UtteranceReport | PauseReport | EndReport | HeardReport


class ReportQueue:
    def __init__(self) -> None:
        self._waiting: deque[Report] = deque()
        self._judgements = 0

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def head(self) -> Report | None:
        return self._waiting[0] if self._waiting else None

    @property
    def holds_judgement(self) -> bool:
        """Whether an end of the turn may still come out of this queue."""
        return self._judgements > 0

    def put(self, report: Report) -> None:
        self._judgements += isinstance(report, PauseReport | EndReport)
        self._waiting.append(report)

    def pop(self) -> None:
        self._judgements -= isinstance(self._waiting.popleft(), PauseReport | EndReport)

    def utterances(self) -> Iterator[UtteranceReport]:
        """Those that are not yet reported, in the order of the audio."""
        return (one for one in self._waiting if isinstance(one, UtteranceReport))

    def oldest_utterance(self) -> int | None:
        """Where the first utterance that is not yet reported begins."""
        return next((one.closed.start for one in self.utterances()), None)
