"""The port to voice activity detection: how likely each frame of a line holds speech."""

from typing import Protocol

from speech.transcript import Samples


class SpeechDetector(Protocol):
    """Follows one audio line; what it heard before colours what it hears next."""

    def probabilities(self, samples: Samples) -> list[float]:
        """This will give one probability in 0..1 for each frame of 512 samples (float32, -1..1, 16 kHz).

        `samples` holds whole frames, in order, without a gap.
        """
        ...

    def reset(self) -> None:
        """Forget the past: the line goes on after a gap."""
        ...


class VoiceActivityModel(Protocol):
    """A loaded model, shared by the process."""

    def open(self) -> SpeechDetector: ...
