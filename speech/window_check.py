"""Finds out, once per model directory, whether a window as short as the utterance costs words.

The miniature reads short windows better than padded ones; real weights have repeated or dropped words in them
(faster-whisper #1006, whisper.cpp #1951). So some shipped clips are decoded both ways and compared with what
is said in them. The finding is kept beside the downloaded models and shown in health.
"""

import hashlib
import logging
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from speech.backends.options import EngineOptions
from speech.clips import Clip, shipped_clips
from speech.engines import Choice
from speech.settings import SpeechSettings
from speech.transcript import EngineError
from speech.word_errors import WordErrors, count_errors
from speech.workers import ProcessLane

CLIPS = 6  # about 60 words: one word in fifty is seen, and `small` takes 15 s for them in full windows
TOLERANCE = 0.02  # of the words; below it the difference is the model's own noise
VERSION = 1  # raised when the comparison changes, so that old findings are made anew

logger = logging.getLogger(__name__)
UsedWindow = Literal["tight", "full"]


class Finding(Struct, frozen=True, kw_only=True):
    """What was found for one model: word error rates and seconds of work for a second of audio, both ways."""

    window: UsedWindow
    tight_errors: float
    full_errors: float
    tight_cost: float
    full_cost: float


async def find_window(settings: SpeechSettings, choice: Choice) -> tuple[UsedWindow, Finding | None]:
    """This will give the window to use and, where it was checked, what was found. Raises EngineError."""
    if settings.window != "auto":
        return settings.window, None
    kept = settings.cache_path / "windows" / f"{_digest(Path(choice.model))}.json"
    finding = _read(kept)
    if finding is None:
        logger.info("checking once how %s reads short windows; this takes some seconds", choice.label)
        finding = await _check(settings, choice)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(msgspec.json.encode(finding))
    return finding.window, finding


def judge(tight: WordErrors, full: WordErrors) -> UsedWindow:
    """This will choose the short window unless it costs words beyond the tolerance."""
    return "tight" if tight.rate <= full.rate + TOLERANCE else "full"


async def _check(settings: SpeechSettings, choice: Choice) -> Finding:
    clips = shipped_clips(CLIPS)
    tight, tight_cost = await _measure(settings, choice, "tight", clips)
    full, full_cost = await _measure(settings, choice, "full", clips)
    return Finding(
        window=judge(tight, full),
        tight_errors=round(tight.rate, 4),
        full_errors=round(full.rate, 4),
        tight_cost=round(tight_cost, 4),
        full_cost=round(full_cost, 4),
    )


async def _measure(
    settings: SpeechSettings, choice: Choice, window: UsedWindow, clips: list[Clip]
) -> tuple[WordErrors, float]:
    options = EngineOptions(settings=settings, label=choice.label, model=choice.model, window=window)
    lane = ProcessLane(choice.module, options)
    errors, decode_ms = WordErrors(), 0
    try:
        await lane.start()
        for clip in clips:
            transcript = await lane.transcribe(clip.pcm, language="en", is_partial=False)
            errors += count_errors(clip.text, transcript.text)
            decode_ms += transcript.decode_ms
    finally:
        await lane.close()
    return errors, decode_ms / max(1, sum(clip.audio_ms for clip in clips))


def _digest(folder: Path) -> str:
    """Names a model directory as it is now: another file under the same path is another model."""
    try:
        stat = (folder / "model.bin").stat()
    except FileNotFoundError:
        raise EngineError(f"There is no model in {folder} any more.", permanent=True) from None
    told = f"{VERSION}:{folder.resolve()}:{stat.st_size}:{stat.st_mtime_ns}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _read(path: Path) -> Finding | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Finding)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
