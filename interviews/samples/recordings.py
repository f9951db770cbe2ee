"""The labelled spoken answers that are shipped with the miniature Whisper, by name."""

import json
from functools import lru_cache

from msgspec import Struct

from speech.clips import ANSWERS
from speech.decoding import decode


class Recording(Struct, frozen=True):
    """One answer as s16le PCM of 16 kHz, what is said in it, and where the speaker really ends."""

    name: str
    text: str
    pcm: bytes
    turn_end_ms: int


@lru_cache(maxsize=16)
def load_recording(name: str) -> Recording:
    """This will raise KeyError where no recording has that name."""
    for label in json.loads((ANSWERS / "answers.json").read_text()):
        if label["file"] == f"{name}.flac":
            pcm = decode((ANSWERS / label["file"]).read_bytes()).pcm
            return Recording(name, label["text"], pcm, label["turn_end_ms"])
    raise KeyError(name)
