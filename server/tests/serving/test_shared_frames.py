"""Frames that many observers share, read by somebody else's WebSocket library."""

import pytest
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from server.serving import SharedFrames


def read(frame: bytes) -> Frame:
    reader = StreamReader()
    reader.feed_data(frame)
    reader.feed_eof()
    parsing = Frame.parse(reader.read_exact, mask=False)
    try:
        while True:
            next(parsing)
    except StopIteration as done:
        found: Frame = done.value
    return found


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
def test_each_length_reads_as_it_was_sent(size: int) -> None:
    text = read(SharedFrames().of("é" + "n" * size))
    assert (text.opcode, bytes(text.data).decode(), text.fin) == (Opcode.TEXT, "é" + "n" * size, True)
    sound = read(SharedFrames().of(b"\xff" * size))
    assert (sound.opcode, bytes(sound.data)) == (Opcode.BINARY, b"\xff" * size)


def test_the_same_message_is_framed_once_and_few_are_kept() -> None:
    frames = SharedFrames(kept=2)
    first = "the first"
    assert frames.of(first) is frames.of(first)
    before = frames.of(first)
    for number in range(3):
        frames.of(f"another {number}")
    assert frames.of(first) is not before
    assert frames.of(first) == before
