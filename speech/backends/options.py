"""What a back end is told when it is loaded."""

from typing import Literal

from msgspec import Struct

from speech.settings import SpeechSettings


class EngineOptions(Struct, frozen=True, kw_only=True):
    """`model` is a directory or a remote model's name, `label` what transcripts give as their engine."""

    settings: SpeechSettings
    label: str
    model: str = ""
    window: Literal["tight", "full"] = "tight"

    @property
    def threads(self) -> int:
        return self.settings.threads_per_worker
