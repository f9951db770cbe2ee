"""A spoken answer as the file that Chromium takes for a microphone."""

import wave
from pathlib import Path

import av
import numpy as np

RATE_HZ = 48_000  # as a real microphone has it, so that the page's own resampling takes part
ANSWERS = Path(__file__).resolve().parent.parent / "speech" / "miniature" / "answers"


def write_microphone(path: Path, answer: str, *, lead_s: float, tail_s: float = 120.0) -> Path:
    """This will write silence, then the labelled answer of that name, then silence again."""
    spoken = _read(ANSWERS / f"{answer}.flac")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(_silence(lead_s) + spoken + _silence(tail_s))
    return path


def _silence(seconds: float) -> bytes:
    return bytes(2 * int(seconds * RATE_HZ))


def _read(path: Path) -> bytes:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
    with av.open(str(path)) as container:
        frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
        frames += resampler.resample(None)
    return b"".join(frame.to_ndarray().astype(np.int16).tobytes() for frame in frames)
