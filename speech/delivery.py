"""Hands a listener's reports out in the order of the audio, as soon as each is ready and nothing before it
waits.
"""

import asyncio
from collections.abc import Callable

from speech.heard import Heard, PauseLearned, TurnEndHeard, UtteranceHeard, UtteranceLost
from speech.reports import (
    EndReport,
    HeardReport,
    PauseReport,
    Recognised,
    Report,
    ReportQueue,
    UtteranceReport,
)
from speech.sample_clock import ms_of
from speech.turn_watch import Pause, TurnWatch, Verdict


class Delivery:
    """Whoever changes something that a waiting report depends on calls `pump()` afterwards."""

    def __init__(self, turn: TurnWatch, emit: Callable[[Heard], None]) -> None:
        self.queue = ReportQueue()
        self.is_closed = False
        self._turn = turn
        self._emit_outside = emit
        self._is_pumping = False

    def tell(self, value: Heard) -> None:
        """Report at once what waits for no words, but never before an end of the turn that lies before it."""
        if self.queue.holds_judgement:
            self.queue.put(HeardReport(value))
        else:
            self.emit(value)

    def emit(self, value: Heard) -> None:
        if not self.is_closed:
            self._emit_outside(value)

    def pump(self) -> None:
        """Report what is ready, in order. What is reported may call back and make more ready."""
        if self._is_pumping:
            return
        self._is_pumping = True
        try:
            while (head := self.queue.head) is not None and self._deliver(head):
                pass
        finally:
            self._is_pumping = False

    def give_up(self) -> None:
        """Report what has no words yet as lost: nobody can wait for them any longer."""
        for report in self.queue.utterances():
            if report.heard is None:
                report.set_recognised(Recognised(None, "the interview ended before its words were known", 0))
        self.pump()

    def _deliver(self, report: Report) -> bool:
        """Report it and take it off the queue; False where it is not ready."""
        match report:
            case UtteranceReport():
                return self._deliver_utterance(report)
            case PauseReport():
                return self._deliver_judgement(report.pause)
            case EndReport():
                self._deliver_end(report)
            case HeardReport():
                self.queue.pop()
                self.emit(report.value)
        return True

    def _deliver_utterance(self, report: UtteranceReport) -> bool:
        heard = report.heard
        if heard is None:
            return False
        self.queue.pop()
        has_learned = False
        if isinstance(heard, UtteranceHeard):
            has_learned = self._turn.words_came(heard.text, report.closed.end, report.pause_samples)
        elif isinstance(heard, UtteranceLost):
            self._turn.words_came(None, report.closed.end, 0)
        self.emit(heard)
        if has_learned:
            self.emit(PauseLearned(self._turn.learner.patience))
        return True

    def _deliver_judgement(self, pause: Pause) -> bool:
        judgement = self._turn.judge(pause)
        if judgement.verdict is Verdict.NOT_YET:
            return False
        self.queue.pop()
        pause.is_queued = False
        if judgement.verdict is Verdict.ENDS_TURN:
            needed = judgement.needed_samples
            pause.is_void = True
            self._turn.ended(pause.since + needed)
            self.emit(
                TurnEndHeard(
                    at_ms=ms_of(pause.since),
                    silence_ms=ms_of(needed),
                    reason="endpoint",
                    endpoint_ms=ms_of(pause.samples),
                    transcribe_ms=_ms_since(pause.reached_at_s(needed)),
                )
            )
        return True

    def _deliver_end(self, report: EndReport) -> None:
        self.queue.pop()
        if self._turn.is_open:
            self._turn.ended(report.at)
            waited_ms = _ms_since(report.decided_at_s)
            self.emit(TurnEndHeard(ms_of(report.at), 0, report.reason, transcribe_ms=waited_ms))


def _ms_since(at_s: float | None) -> int:
    return 0 if at_s is None else int((asyncio.get_running_loop().time() - at_s) * 1_000)
