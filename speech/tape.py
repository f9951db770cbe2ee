"""The recent past of an audio line, as much of it as somebody may still ask for."""

from speech.sample_clock import BYTES_PER_SAMPLE

SLACK_SAMPLES = 16_000 * 4  # how much may be forgotten late, so that bytes are moved rarely


class Tape:
    """Holds the samples in [start, end) of a line; what lies before `start` is forgotten."""

    def __init__(self, offset: int) -> None:
        self.start = offset
        self._pcm = bytearray()

    @property
    def end(self) -> int:
        return self.start + len(self._pcm) // BYTES_PER_SAMPLE

    def append(self, pcm: bytes) -> None:
        self._pcm += pcm

    def skip_to(self, offset: int) -> None:
        """The line goes on at `offset`; what lies between reads as silence, what lies before stays."""
        gap = offset - self.end
        if gap > SLACK_SAMPLES:
            self._pcm.clear()
            self.start = offset
        else:
            self._pcm += bytes(gap * BYTES_PER_SAMPLE)

    def cut(self, start: int, end: int) -> bytes:
        """The samples in [start, end), as far as they are still there."""
        low = max(0, start - self.start) * BYTES_PER_SAMPLE
        high = max(0, end - self.start) * BYTES_PER_SAMPLE
        return bytes(self._pcm[low:high])

    def forget_before(self, offset: int) -> None:
        surplus = offset - self.start
        if surplus > SLACK_SAMPLES:
            del self._pcm[: surplus * BYTES_PER_SAMPLE]
            self.start = offset
