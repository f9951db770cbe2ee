"""Decodes one file to PCM, bounded in memory and length; foreign files get a process of their own.

    python -m speech.decoding_process FORMAT MEMORY_BYTES MOST_MS  < FILE  > PCM

Exit status 0, or 3 with `code: message` on standard error.
"""

import io
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import av
import av.error

RATE_HZ = 16_000
BYTES_PER_MS = RATE_HZ * 2 // 1000
REFUSED = 3
# A header may promise any number of channels or any rate; no recording of a person needs more than these.
MOST_CHANNELS = 8
MOST_RATE_HZ = 384_000
PROTOCOLS = "file,pipe"  # a playlist or a cue sheet may name anything


class Refusal(Exception):  # noqa: N818 (not a failure of ours)
    """The file is not decoded; `code` is one of those of speech.decoding.DecodingError."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def decode(source: BinaryIO | Path, demuxer: str, most_ms: int) -> Iterator[bytes]:
    """This will give mono s16le PCM at 16 kHz in pieces. Raises Refusal, before decoding where it can."""
    place = str(source) if isinstance(source, Path) else source
    options = {"protocol_whitelist": PROTOCOLS, "format_whitelist": demuxer}
    try:
        with av.open(place, format=demuxer, options=options, metadata_errors="ignore") as container:
            yield from _pieces(container, most_ms)
    except av.error.FFmpegError as error:
        raise Refusal("damaged", "The file can't be decoded; it may be damaged or cut off.") from error


def _pieces(container: Any, most_ms: int) -> Iterator[bytes]:
    stream = next(iter(container.streams.audio), None)
    if stream is None:
        raise Refusal("no_audio", "There is no sound in this file.")
    if container.duration is not None and container.duration // 1000 > most_ms:
        raise Refusal("too_long", f"The recording is longer than {most_ms // 1000} seconds.")
    if stream.codec_context.channels > MOST_CHANNELS or stream.codec_context.sample_rate > MOST_RATE_HZ:
        raise Refusal("unsupported", "The recording has more channels or a higher rate than speech needs.")
    stream.codec_context.thread_count = 1
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
    left = most_ms * BYTES_PER_MS
    for frame in _frames(container, stream):
        for piece in resampler.resample(frame):
            pcm = piece.to_ndarray().tobytes()
            left -= len(pcm)
            if left < 0:
                raise Refusal("too_long", f"The recording is longer than {most_ms // 1000} seconds.")
            yield pcm


def _frames(container: Any, stream: Any) -> Iterator[Any]:
    """Every frame, then None, which empties the resampler. What follows a damaged part is left out."""
    is_any = False
    try:
        for frame in container.decode(stream):
            is_any = True
            frame.pts = None  # a file's own times may jump; the samples follow each other
            yield frame
    except (av.error.InvalidDataError, av.error.EOFError):
        if not is_any:
            raise
    yield None


def read_pcm(path: Path) -> bytes:
    """This will decode a FLAC or WAV file of our own, in this process and without bounds."""
    demuxer = {".flac": "flac", ".wav": "wav"}[path.suffix]
    return b"".join(decode(path, demuxer, most_ms=3_600_000))


def main() -> int:
    demuxer, memory, most_ms = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source = io.BytesIO(sys.stdin.buffer.read())
    try:
        for piece in decode(source, demuxer, most_ms):
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.code}: {refusal}")
        return REFUSED
    except MemoryError:
        sys.stderr.write("too_large: Decoding this file would take too much memory.")
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
