"""The tape gives back what somebody may still ask for."""

import numpy as np

from speech.tape import SLACK_SAMPLES, Tape


def ramp(start: int, end: int) -> bytes:
    return np.arange(start, end).astype("<i2").tobytes()


def test_any_piece_can_be_cut_out() -> None:
    tape = Tape(100)
    tape.append(ramp(100, 150))
    tape.append(ramp(150, 300))
    assert tape.cut(140, 160) == ramp(140, 160)
    assert tape.end == 300


def test_what_lies_outside_is_left_out() -> None:
    tape = Tape(100)
    tape.append(ramp(100, 200))
    assert tape.cut(0, 150) == ramp(100, 150)
    assert tape.cut(190, 500) == ramp(190, 200)
    assert tape.cut(0, 50) == b""


def test_the_past_is_forgotten_in_large_pieces() -> None:
    tape = Tape(0)
    tape.append(bytes(4 * SLACK_SAMPLES))
    tape.forget_before(100)
    assert tape.start == 0
    tape.forget_before(SLACK_SAMPLES + 1)
    assert tape.start == SLACK_SAMPLES + 1
    assert len(tape.cut(0, 4 * SLACK_SAMPLES)) == 2 * (SLACK_SAMPLES - 1)


def test_a_short_gap_reads_as_silence() -> None:
    tape = Tape(0)
    tape.append(ramp(1, 11))
    tape.skip_to(14)
    tape.append(ramp(14, 16))
    assert tape.cut(8, 16) == ramp(9, 11) + bytes(8) + ramp(14, 16)


def test_a_long_gap_costs_no_memory() -> None:
    tape = Tape(0)
    tape.append(ramp(0, 10))
    tape.skip_to(10_000_000)
    assert (tape.start, tape.end) == (10_000_000, 10_000_000)
