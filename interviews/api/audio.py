"""Sends recorded audio in pieces and by ranges, so that a player can jump and no request holds it all."""

import re
import struct
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from interviews.api.streaming import streamed
from interviews.live.recording import BYTES_PER_SAMPLE, SAMPLE_RATE, read_recording
from interviews.models import Session
from interviews.sent_recordings import LINE

PIECE_SAMPLES = 30 * SAMPLE_RATE  # about a megabyte
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class AudioRenderer(BaseRenderer):
    """Lets a client ask for audio; errors still leave as JSON."""

    media_type = "audio/wav"
    format = "wav"
    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> Any:
        context = renderer_context or {}
        if context.get("response") is not None:
            context["response"]["Content-Type"] = "application/json"
        return JSONRenderer().render(data, "application/json", renderer_context)


def audio_response(
    request: Request, session: Session, start: int, end: int, *, side: str = LINE
) -> HttpResponseBase:
    """Samples `start` to `end` of one side as one WAV, or the asked range of its bytes."""
    head = _header(end - start)
    size = len(head) + (end - start) * BYTES_PER_SAMPLE
    wanted = _wanted(request.headers.get("Range", ""), size)
    if wanted is None:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    first, last = wanted
    read = partial(read_recording, session, side=side)
    pieces = _pieces(read, head, (start, end), (first, last + 1))
    response = streamed(request, pieces, "audio/wav")
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(last + 1 - first)
    response["Content-Disposition"] = f'inline; filename="{session.uuid}.wav"'
    response["Cache-Control"] = "private, no-store"
    if (first, last) != (0, size - 1):
        response.status_code = 206
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _wanted(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte; all for no range or one that is not understood, None for one beyond the end."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return 0, size - 1
    first, last = match.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    until = min(int(last), size - 1) if last else size - 1
    return (int(first), until) if int(first) <= until else None


def _pieces(
    read: Callable[..., bytes], head: bytes, span: tuple[int, int], bytes_: tuple[int, int]
) -> Iterator[bytes]:
    """The bytes from `bytes_[0]` to before `bytes_[1]` of header and audio, a piece at a time."""
    first, last = bytes_
    if first < len(head):
        yield head[first : min(last, len(head))]
    for at in range(span[0], span[1], PIECE_SAMPLES):
        begin = len(head) + (at - span[0]) * BYTES_PER_SAMPLE
        until = min(at + PIECE_SAMPLES, span[1])
        if begin + (until - at) * BYTES_PER_SAMPLE <= first or begin >= last:
            continue
        piece = read(start=at, end=until)
        yield piece[max(0, first - begin) : max(0, last - begin)]


def _header(samples: int) -> bytes:
    """A WAV header for audio that follows in pieces: mono, 16 bit."""
    size, rate = samples * BYTES_PER_SAMPLE, SAMPLE_RATE
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, rate * BYTES_PER_SAMPLE, BYTES_PER_SAMPLE, 16)
    return struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE") + form + struct.pack("<4sI", b"data", size)
