"""What an operator may set about hearing and speaking, as one value built from the environment."""

from pathlib import Path
from typing import Literal

from msgspec import Struct

Window = Literal["auto", "tight", "full"]
VoiceChoice = Literal["browser", "openai"]
ENGINE_NAMES = ("auto", "faster_whisper", "pocketsphinx", "openai", "scripted")


class SpeechSettings(Struct, frozen=True, kw_only=True):
    """`engine` is one of ENGINE_NAMES or the dotted path of a callable like those under `speech.backends`.

    `whisper_model` is a name (`base`, `small.en`, `owner/repository`) or a directory. `capacity` None means
    measured at start. `cache_dir` keeps downloaded models and findings, `run_dir` the places taken on this
    machine; the processes of one machine should share both.
    """

    engine: str = "auto"
    whisper_model: str = "base"
    window: Window = "auto"
    capacity: int | None = None
    workers: int = 2  # two of one thread beat one of two: docs/decisions/recogniser-workers.md
    threads_per_worker: int = 1
    cache_dir: str = "var/speech"
    run_dir: str = "var/run"
    load_timeout_s: float = 120.0
    job_timeout_s: float = 20.0  # a 12 s utterance decoded twice with `small` on a busy core takes under 8
    openai_api_key: str = ""
    openai_base_url: str = ""
    openai_model: str = "whisper-1"
    openai_timeout_s: float = 10.0
    openai_connections: int = 8
    voice: VoiceChoice = "browser"
    voice_base_url: str = ""
    voice_model: str = "gpt-4o-mini-tts"
    voice_name: str = "alloy"
    script: tuple[str, ...] = ("This is what the scripted recogniser hears.",)

    @property
    def cache_path(self) -> Path:
        return Path(self.cache_dir).resolve()

    @property
    def run_path(self) -> Path:
        return Path(self.run_dir).resolve()
