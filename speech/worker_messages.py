"""The words between the server and a worker process: length-prefixed MessagePack over a socket pair."""

import struct
from collections.abc import Callable

import msgspec
from msgspec import Struct

from speech.backends.options import EngineOptions
from speech.transcript import Transcript

LENGTH = struct.Struct("<I")
LONGEST = 4 * 1024 * 1024  # 30 s of audio are under 1 MB


class Load(Struct, frozen=True, tag=True):
    """First message to a worker: the module whose `load` gives the engine."""

    module: str
    options: EngineOptions


class Recognise(Struct, frozen=True, tag=True):
    job: int
    pcm: bytes
    language: str
    is_partial: bool


class Loaded(Struct, frozen=True, tag=True):
    name: str


class Recognised(Struct, frozen=True, tag=True):
    job: int
    transcript: Transcript


class Failed(Struct, frozen=True, tag=True):
    """Answers Load (`job` 0) or Recognise."""

    message: str
    permanent: bool
    job: int = 0


ToWorker = Load | Recognise
FromWorker = Loaded | Recognised | Failed

_encode = msgspec.msgpack.Encoder().encode
decode_to_worker: Callable[[bytes], ToWorker] = msgspec.msgpack.Decoder(ToWorker).decode
decode_from_worker: Callable[[bytes], FromWorker] = msgspec.msgpack.Decoder(FromWorker).decode


def framed(message: ToWorker | FromWorker) -> bytes:
    payload = _encode(message)
    return LENGTH.pack(len(payload)) + payload
