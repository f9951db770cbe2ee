"""Live audio is told from late audio by how it comes, whatever the clocks say."""

import pytest

from interviews.live.live_edge import LiveEdge

CHUNK_MS = 100.0
FAR_OFF_MS = 5_000_000.0  # the page's line began when it liked


class Line:
    """Chunks of 100 ms and when they come."""

    def __init__(self) -> None:
        self.edge = LiveEdge()
        self.end_ms = 0.0
        self.now_ms = FAR_OFF_MS

    def comes(self, count: int, *, every_ms: float = CHUNK_MS) -> list[bool]:
        verdicts = []
        for _ in range(count):
            self.now_ms += every_ms
            self.end_ms += CHUNK_MS
            verdicts.append(self.edge.is_live(self.now_ms, self.end_ms))
        return verdicts


@pytest.fixture
def line() -> Line:
    line = Line()
    assert all(line.comes(50))
    return line


def test_what_was_held_up_is_left_out_until_it_has_caught_up(line: Line) -> None:
    line.now_ms += 10_000
    caught_up = line.comes(130, every_ms=CHUNK_MS / 8)
    late = caught_up.index(True)
    assert 100 < late < 115  # ten seconds lie behind, and what came while they were sent
    assert all(caught_up[late:])
    assert all(line.comes(50))


def test_a_long_outage_that_takes_long_to_catch_up_with_is_left_out_too(line: Line) -> None:
    line.now_ms += 60_000
    verdicts = line.comes(500, every_ms=CHUNK_MS / 4)
    assert not any(verdicts)


def test_a_short_hiccup_is_heard(line: Line) -> None:
    line.now_ms += 400
    assert all(line.comes(5, every_ms=10))


def test_a_line_that_has_become_slower_is_heard_again_after_two_seconds(line: Line) -> None:
    line.now_ms += 800
    verdicts = line.comes(50)
    assert 18 <= verdicts.index(True) <= 22
    assert all(verdicts[22:])


def test_a_sound_card_that_runs_slow_is_never_late(line: Line) -> None:
    assert all(line.comes(40_000, every_ms=CHUNK_MS * 1.0008))
