"""Turns what came over a socket into messages, strictly, and messages into what goes over it."""

import json
import re
import struct
from collections.abc import Iterable
from typing import Any, NoReturn, Union

import msgspec
from msgspec import Struct

from consumers.wire import (
    CANDIDATE_MESSAGES,
    LIST_MESSAGES,
    MAX_TEXT_BYTES,
    OBSERVER_MESSAGES,
    ClientMessage,
    CloseCode,
)
from interviews.live.events import Event, type_of
from speech.line import MAX_CHUNK_SAMPLES, OFFSET_BYTES, ChunkError, decode_chunk

_SERVER_AUDIO = struct.Struct("<II")  # reply_id, sample rate
_PATH = re.compile(r" - at `([^`]*)`$")


class WireError(Exception):
    """What came is no message of this protocol. With `close_code` the stream can't be trusted any more."""

    def __init__(self, code: str, message: str, close_code: CloseCode | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.close_code = close_code

    @property
    def fatal(self) -> bool:
        return self.close_code is not None


class _Typed(Struct):
    type: str


_TYPED = msgspec.json.Decoder(_Typed)


class TextDecoder:
    """Reads the text messages of one kind of socket."""

    def __init__(self, messages: Iterable[type[ClientMessage]]) -> None:
        known = tuple(messages)
        union: Any = Union[known]  # noqa: UP007 (a union of a tuple)
        self._decoder = msgspec.json.Decoder(union)
        self._types = frozenset(str(cls.__struct_config__.tag) for cls in known)

    def decode(self, text: str) -> ClientMessage:
        """This will give the message in `text`. Raises WireError."""
        if len(text) > MAX_TEXT_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_TEXT_BYTES:
            raise WireError("too_large", "A text message may have 64 KiB at most.", CloseCode.TOO_LARGE)
        try:
            message: ClientMessage = self._decoder.decode(text)
        except msgspec.ValidationError as error:
            self._refuse(text, error)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            raise WireError("bad_message", "That is not JSON.", CloseCode.BAD_MESSAGE) from None
        if _has_nul(message):
            raise WireError("bad_message", "Text may not contain the null character.", CloseCode.BAD_MESSAGE)
        return message

    def _refuse(self, text: str, error: msgspec.ValidationError) -> NoReturn:
        try:
            name = _TYPED.decode(text).type
        except (msgspec.DecodeError, RecursionError):
            raise WireError(
                "bad_message", "A message is a JSON object with a `type`.", CloseCode.BAD_MESSAGE
            ) from None
        if name not in self._types:
            raise WireError("unknown_type", f"There is no message {name[:40]!r} here.") from None
        raise WireError("bad_message", f"{name}: {_explain(str(error))}") from None


def _explain(error: str) -> str:
    where = _PATH.search(error)
    if where is None:
        return error
    field = where.group(1).removeprefix("$.")
    return f"{field}: {error[: where.start()]}"


def _has_nul(message: ClientMessage) -> bool:
    return any(isinstance(value, str) and "\x00" in value for value in msgspec.structs.astuple(message))


decode_candidate_text = TextDecoder(CANDIDATE_MESSAGES).decode
decode_observer_text = TextDecoder(OBSERVER_MESSAGES).decode
decode_list_text = TextDecoder(LIST_MESSAGES).decode


def decode_audio(data: bytes) -> tuple[int, bytes]:
    """This will give the offset and the PCM of one binary message. Raises WireError."""
    try:
        return decode_chunk(data)
    except ChunkError as error:
        is_large = len(data) > OFFSET_BYTES + 2 * MAX_CHUNK_SAMPLES
        close_code = CloseCode.TOO_LARGE if is_large else CloseCode.BAD_MESSAGE
        raise WireError("too_large" if is_large else "bad_chunk", str(error), close_code) from None


def encode(message: Struct) -> str:
    """This will give the JSON of a socket's own message, a signal or a snapshot."""
    return msgspec.json.encode(message).decode()


def encode_event(event: Event, seq: int) -> str:
    """This will give the JSON of a logged event, with its number and time, defaults included."""
    return msgspec.json.encode(event_fields(event, seq)).decode()


def event_fields(event: Event, seq: int) -> dict[str, Any]:
    """This will give what a logged event is on the wire; the log itself leaves defaults out."""
    fields = {
        wire_name: getattr(event, name)
        for name, wire_name in zip(event.__struct_fields__, event.__struct_encode_fields__, strict=True)
    }
    return {"type": type_of(event), "seq": seq, **fields}


def encode_server_audio(reply_id: int, rate_hz: int, pcm: bytes) -> bytes:
    """This will frame audio that the server speaks: 4 bytes reply, 4 bytes rate, then s16le PCM."""
    return _SERVER_AUDIO.pack(reply_id, rate_hz) + pcm


def decode_server_audio(data: bytes) -> tuple[int, int, bytes]:
    """This will give reply, rate and PCM. Raises WireError when the frame is cut off."""
    if len(data) < _SERVER_AUDIO.size or len(data) % 2:
        raise WireError("bad_chunk", "Server audio has 8 bytes before its samples of 2 bytes each.")
    reply_id, rate_hz = _SERVER_AUDIO.unpack_from(data)
    return reply_id, rate_hz, data[_SERVER_AUDIO.size :]


def close_reason(code: str, *, retry_after_s: int | None = None) -> str:
    """This will give the reason of a close frame, which may have 123 bytes: a word, or JSON with the wait."""
    return code if retry_after_s is None else json.dumps({"code": code, "retry_after_s": retry_after_s})
