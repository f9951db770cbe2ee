"""How long the candidate waited, counted from the last sample they spoke."""

from interviews.live.signals import Latency


class LatencyWatch:
    """Follows one turn's end to the first sentence of its reply; times are the loop's, in seconds."""

    def __init__(self) -> None:
        self._turn_id = 0
        self._spoken_at = 0.0
        self._endpoint_ms = 0
        self._transcribe_ms = 0
        self._first_token_ms: int | None = None
        self._is_open = False

    def turn_ended(self, turn_id: int, *, now: float, since_spoken_ms: int, transcribe_ms: int) -> None:
        """`since_spoken_ms`: how long before now the last spoken sample was heard."""
        self._turn_id = turn_id
        self._spoken_at = now - since_spoken_ms / 1_000
        self._endpoint_ms = since_spoken_ms
        self._transcribe_ms = transcribe_ms
        self._first_token_ms = None
        self._is_open = True

    def token(self, now: float) -> None:
        if self._is_open and self._first_token_ms is None:
            self._first_token_ms = self._since(now)

    def sentence(self, now: float) -> Latency | None:
        """The finished measurement at the first sentence; None at later ones."""
        if not self._is_open:
            return None
        self._is_open = False
        total = self._since(now)
        return Latency(
            turn_id=self._turn_id,
            endpoint=self._endpoint_ms,
            transcribe=self._transcribe_ms,
            first_token=total if self._first_token_ms is None else self._first_token_ms,
            first_sentence=total,
            total=total,
        )

    def _since(self, now: float) -> int:
        return int((now - self._spoken_at) * 1_000)
