"""The audio line gives the original samples whatever the network does to their chunks."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.line import (
    MAX_CHUNK_SAMPLES,
    Accepted,
    AudioLine,
    ChunkError,
    Duplicate,
    ResendFrom,
    decode_chunk,
    encode_chunk,
)


def pcm_of(start: int, end: int) -> bytes:
    """Samples that name their own position, so that a wrong order shows."""
    return b"".join((at % 30_000).to_bytes(2, "little") for at in range(start, end))


def test_a_chunk_survives_its_way() -> None:
    assert decode_chunk(encode_chunk(2**40, b"\x01\x02")) == (2**40, b"\x01\x02")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(7),
        bytes(8),
        bytes(9),
        bytes(8 + 3),
        bytes(8 + 2 * MAX_CHUNK_SAMPLES + 2),
        b"\xff" * 8 + bytes(2),
    ],
    ids=["nothing", "half an offset", "empty", "half a sample", "odd", "over a second", "beyond all time"],
)
def test_what_is_no_chunk_is_refused(data: bytes) -> None:
    with pytest.raises(ChunkError):
        decode_chunk(data)


def test_a_second_of_audio_is_still_a_chunk() -> None:
    assert len(decode_chunk(bytes(8 + 2 * MAX_CHUNK_SAMPLES))[1]) == 2 * MAX_CHUNK_SAMPLES


@pytest.mark.parametrize("offset", [-1, 2**53 + 1])
def test_impossible_offsets_are_not_sent(offset: int) -> None:
    with pytest.raises(ChunkError):
        encode_chunk(offset, b"\0\0")


def test_chunks_in_order_are_taken() -> None:
    line = AudioLine()
    assert line.accept(0, pcm_of(0, 5)) == Accepted(pcm_of(0, 5))
    assert line.accept(5, pcm_of(5, 9)) == Accepted(pcm_of(5, 9))
    assert line.expected == 9


def test_what_is_known_is_taken_once() -> None:
    line = AudioLine(10)
    assert line.accept(0, pcm_of(0, 10)) == Duplicate()
    assert line.accept(6, pcm_of(6, 14)) == Accepted(pcm_of(10, 14))


def test_a_gap_is_asked_for_once() -> None:
    line = AudioLine()
    assert line.accept(5, pcm_of(5, 9)) == ResendFrom(0)
    assert line.accept(9, pcm_of(9, 12)) == Duplicate()
    assert line.accept(0, pcm_of(0, 5)) == Accepted(pcm_of(0, 5))
    assert line.accept(9, pcm_of(9, 12)) == ResendFrom(5)


def test_a_new_connection_may_be_asked_again() -> None:
    line = AudioLine()
    line.accept(5, pcm_of(5, 9))
    line.reconnected()
    assert line.accept(5, pcm_of(5, 9)) == ResendFrom(0)


def test_missing_audio_is_passed_over() -> None:
    line = AudioLine(4)
    assert line.missing(2, 8)
    assert line.expected == 8
    assert line.accept(8, pcm_of(8, 9)) == Accepted(pcm_of(8, 9))


@pytest.mark.parametrize(("start", "end"), [(0, 4), (5, 9), (4, 4), (9, 5)])
def test_a_hole_elsewhere_changes_nothing(start: int, end: int) -> None:
    line = AudioLine(4)
    assert not line.missing(start, end)
    assert line.expected == 4


@given(
    sizes=st.lists(st.integers(1, 40), min_size=1, max_size=25),
    seed=st.integers(0, 2**32),
    loss=st.floats(0, 0.6),
    doubling=st.floats(0, 0.6),
)
def test_any_disorder_followed_by_resends_gives_the_original(
    sizes: list[int], seed: int, loss: float, doubling: float
) -> None:
    chance = random.Random(seed)
    total = sum(sizes)
    line, out, requests = AudioLine(), b"", [0]
    while line.expected < total:
        chunks = _cut_again(requests.pop(), total, sizes, chance)
        for offset, end in _disturb(chunks, chance, loss, doubling):
            taken = line.accept(offset, pcm_of(offset, end))
            if isinstance(taken, Accepted):
                out += taken.pcm
            elif isinstance(taken, ResendFrom):
                assert taken.offset == line.expected
        line.reconnected()  # whatever was asked for in vain is asked again
        requests.append(line.expected)
        loss *= 0.9
    assert out == pcm_of(0, total)


def _cut_again(start: int, total: int, sizes: list[int], chance: random.Random) -> list[tuple[int, int]]:
    chunks, at = [], start
    while at < total:
        end = min(total, at + chance.choice(sizes))
        chunks.append((at, end))
        at = end
    return chunks


def _disturb(
    chunks: list[tuple[int, int]], chance: random.Random, loss: float, doubling: float
) -> list[tuple[int, int]]:
    kept = [chunk for chunk in chunks if chance.random() >= loss]
    kept += [chunk for chunk in kept if chance.random() < doubling]
    if chance.random() < 0.5:
        chance.shuffle(kept)
    return kept
