"""Reports leave in the order of the audio, each once, and what they call back does no harm."""

from speech.delivery import Delivery
from speech.endpointing import UtteranceClosed
from speech.heard import Heard, SpeechStarted, UtteranceEmpty, UtteranceHeard
from speech.listening_settings import ListeningSettings
from speech.reports import PauseReport, Recognised, UtteranceReport
from speech.transcript import Transcript, Word
from speech.turn_watch import Pause, TurnWatch


def utterance(start: int) -> UtteranceReport:
    closed = UtteranceClosed(
        start=start,
        end=start + 16_000,
        first=start + 1_600,
        last=start + 12_800,
        speech_samples=11_200,
        is_speech=True,
    )
    return UtteranceReport(closed, utterance_id=start // 16, pause_samples=0)


def delivery() -> tuple[Delivery, list[Heard]]:
    out: list[Heard] = []
    return Delivery(TurnWatch(ListeningSettings(), "en"), out.append), out


def test_the_second_waits_for_the_first() -> None:
    one, out = delivery()
    first, second = utterance(0), utterance(32_000)
    one.queue.put(first)
    one.queue.put(second)
    second.set_recognised(Recognised(Transcript("second"), "", 1))
    one.pump()
    assert out == []
    first.set_empty()
    one.pump()
    assert [type(value) for value in out] == [UtteranceEmpty, UtteranceHeard]
    assert one.queue.oldest_utterance() is None


def test_what_needs_no_words_overtakes_them() -> None:
    one, out = delivery()
    one.queue.put(utterance(0))
    one.tell(SpeechStarted(2_000))
    assert out == [SpeechStarted(2_000)]


def test_nothing_overtakes_a_pause_that_may_end_the_turn() -> None:
    one, out = delivery()
    one.queue.put(utterance(0))
    one.queue.put(PauseReport(Pause(16_000)))
    one.tell(SpeechStarted(2_000))
    assert out == []


def test_whoever_listens_may_call_back() -> None:
    out: list[Heard] = []
    turn = TurnWatch(ListeningSettings(), "en")
    one: Delivery

    def listen(value: Heard) -> None:
        out.append(value)
        one.pump()

    one = Delivery(turn, listen)
    for start in (0, 32_000):
        report = utterance(start)
        report.set_empty()
        one.queue.put(report)
    one.pump()
    assert [value.utterance_id for value in out if isinstance(value, UtteranceEmpty)] == [0, 2_000]


def test_words_and_bounds_are_given_on_the_line() -> None:
    report = utterance(160_000)
    report.set_recognised(Recognised(Transcript(" yes ", 0.7, (Word("yes", 100, 300),), "mini"), "", 12))
    assert report.heard == UtteranceHeard(
        10_000, 10_100, 11_000, "yes", 0.7, (Word("yes", 10_100, 10_300),), "mini", transcribe_ms=12
    )
