"""The audio line: chunks that may come late, twice, in pieces or not at all become one unbroken stream.

A chunk is 8 bytes of little-endian unsigned sample offset, then mono s16le PCM (design section 4). The line
knows which sample comes next. What begins there or before is taken, less what is known already. What begins
later is dropped and asked for again, with one request at a time: the page then sends everything from there
on.
"""

from msgspec import Struct

OFFSET_BYTES = 8
MAX_CHUNK_SAMPLES = 16_000  # design section 4: "1 s the most"
MAX_OFFSET = 2**53  # what the page's numbers hold exactly; eighteen thousand years of audio


class ChunkError(Exception):
    """A binary message is no chunk: odd, empty, too long, or with an offset out of this world."""


class Accepted(Struct, frozen=True):
    """Samples that come next on the line; the line has moved past them."""

    pcm: bytes


class Duplicate(Struct, frozen=True):
    """Nothing to do: known already, or dropped while an answer to a request is awaited."""


class ResendFrom(Struct, frozen=True):
    """Something is missing: ask the page for everything from this offset on."""

    offset: int


def decode_chunk(data: bytes) -> tuple[int, bytes]:
    """This will split a binary message into its sample offset and its PCM. Raises ChunkError."""
    size = len(data) - OFFSET_BYTES
    if size <= 0:
        raise ChunkError("An audio message needs an offset and at least one sample.")
    if size % 2:
        raise ChunkError("Audio is 16 bit: an odd number of bytes can't be right.")
    if size > MAX_CHUNK_SAMPLES * 2:
        raise ChunkError("An audio message holds one second at most.")
    offset = int.from_bytes(data[:OFFSET_BYTES], "little")
    if offset > MAX_OFFSET:
        raise ChunkError("The audio offset is too large.")
    return offset, data[OFFSET_BYTES:]


def encode_chunk(offset: int, pcm: bytes) -> bytes:
    """This will make the binary message that carries `pcm` at sample `offset`. Raises ChunkError."""
    if not 0 <= offset <= MAX_OFFSET:
        raise ChunkError("The audio offset is out of range.")
    data = offset.to_bytes(OFFSET_BYTES, "little") + pcm
    decode_chunk(data)
    return data


class AudioLine:
    """Puts the chunks of one line in order. `expected` is the offset of the sample that comes next."""

    def __init__(self, expected: int = 0) -> None:
        self.expected = expected
        self._is_asking = False

    def accept(self, offset: int, pcm: bytes) -> Accepted | Duplicate | ResendFrom:
        """This will take what is new in a chunk. Only `Accepted` moves the line."""
        end = offset + len(pcm) // 2
        if offset > self.expected:
            return self._ask()
        if end <= self.expected:
            return Duplicate()
        self._is_asking = False
        known = self.expected - offset
        self.expected = end
        return Accepted(pcm[known * 2 :])

    def _ask(self) -> ResendFrom | Duplicate:
        if self._is_asking:
            return Duplicate()
        self._is_asking = True
        return ResendFrom(self.expected)

    def missing(self, from_offset: int, to_offset: int) -> bool:
        """The page no longer has [from, to): the line moves past it. False where that changes nothing.

        A hole that begins only later is not taken: what comes before it may still arrive.
        """
        if from_offset > self.expected or to_offset <= self.expected:
            return False
        self._is_asking = False
        self.expected = to_offset
        return True

    def reconnected(self) -> None:
        """A new connection begins: requests made on the old one are void."""
        self._is_asking = False
