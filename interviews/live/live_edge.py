"""Tells live audio from audio that comes late, without knowing anybody's clock. Pure.

Theory of operation. A chunk's lag is when it came less where on the line it ends; its absolute value means
nothing, because a page begins its line when it likes. The smallest lag seen is the live edge: what comes more
than half a second behind it is old, sent again after the line had stood still. While old audio is caught up
with, each chunk lags less than the one before. Where lateness has stopped shrinking the line itself has
become slower, and that is the new edge.
"""

MAX_BEHIND_MS = 500.0  # issue: "half a second behind at most"
SHRINKS_MS = 20.0  # judged: less than this may be the network's jitter
STEADY_MS = 2_000.0  # judged: longer than a burst, shorter than anybody would put up with silence
DRIFT = 0.001  # sound cards differ by less than 0.1 %


class LiveEdge:
    """One audio line as it arrives."""

    def __init__(self) -> None:
        self._edge_ms: float | None = None
        self._end_ms = 0.0
        self._late_ms = 0.0
        self._late_since_ms: float | None = None

    def is_live(self, now_ms: float, end_ms: float) -> bool:
        """This will judge a chunk that came at `now_ms` (any clock) and ends at `end_ms` on the line."""
        lag_ms = now_ms - end_ms
        if self._edge_ms is not None:
            self._edge_ms += DRIFT * max(0.0, end_ms - self._end_ms)
        self._end_ms = end_ms
        if self._edge_ms is None or lag_ms <= self._edge_ms or self._is_steady(now_ms, lag_ms):
            self._edge_ms = lag_ms
            self._late_since_ms = None
        return lag_ms - self._edge_ms <= MAX_BEHIND_MS

    def _is_steady(self, now_ms: float, lag_ms: float) -> bool:
        if self._edge_ms is None or lag_ms - self._edge_ms <= MAX_BEHIND_MS:
            self._late_since_ms = None
            return False
        if self._late_since_ms is None or lag_ms < self._late_ms - SHRINKS_MS:
            self._late_ms, self._late_since_ms = lag_ms, now_ms
        return now_ms - self._late_since_ms >= STEADY_MS
