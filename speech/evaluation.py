"""Reads a folder of recordings and their words, and measures what an engine makes of them."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from speech.clips import Clip, cut_clips
from speech.decoding import decode
from speech.transcript import Transcript
from speech.word_errors import WordErrors, count_errors

SOUNDS = (".flac", ".wav", ".mp3", ".ogg", ".opus", ".webm", ".m4a")


class Spoken(Struct, frozen=True):
    """One recording or labelled stretch of one; `name` is for people."""

    name: str
    clip: Clip


class Outcome(Struct, frozen=True):
    """What became of one clip; `cost` is seconds of work for a second of audio."""

    spoken: Spoken
    text: str
    errors: WordErrors
    decode_ms: int

    @property
    def cost(self) -> float:
        return self.decode_ms / max(1, self.spoken.clip.audio_ms)


class Total(Struct, frozen=True):
    """The sum of many outcomes."""

    errors: WordErrors
    decode_ms: int
    audio_ms: int
    clips: int

    @property
    def cost(self) -> float:
        return self.decode_ms / max(1, self.audio_ms)


def read_folder(folder: Path) -> list[Spoken]:
    """This will read `answers.json`, else `transcripts.tsv`, else `NAME.txt` beside each recording.

    Raises FileNotFoundError where there is none of them, and DecodingError for a damaged recording.
    """
    if (folder / "answers.json").is_file():
        return _from_answers(folder)
    if (folder / "transcripts.tsv").is_file():
        return _from_table(folder)
    found = [
        _whole(path, path.with_suffix(".txt").read_text())
        for path in _recordings(folder)
        if path.with_suffix(".txt").is_file()
    ]
    if not found:
        raise FileNotFoundError(
            f"{folder} holds neither answers.json nor transcripts.tsv nor recordings with a .txt beside them."
        )
    return found


def run(spoken: Iterable[Spoken], recognise: Callable[[bytes], Transcript]) -> Iterator[Outcome]:
    """This will recognise one clip after the other."""
    for item in spoken:
        transcript = recognise(item.clip.pcm)
        errors = count_errors(item.clip.text, transcript.text)
        yield Outcome(item, transcript.text, errors, transcript.decode_ms)


def add_up(outcomes: Iterable[Outcome]) -> Total:
    listed = list(outcomes)
    return Total(
        errors=sum((outcome.errors for outcome in listed), WordErrors()),
        decode_ms=sum(outcome.decode_ms for outcome in listed),
        audio_ms=sum(outcome.spoken.clip.audio_ms for outcome in listed),
        clips=len(listed),
    )


def _from_answers(folder: Path) -> list[Spoken]:
    spoken = []
    for answer in json.loads((folder / "answers.json").read_text()):
        clips = cut_clips(folder, [answer])
        spoken += [Spoken(f"{answer['file']}#{at}", clip) for at, clip in enumerate(clips, start=1)]
    return spoken


def _from_table(folder: Path) -> list[Spoken]:
    by_stem = {path.stem: path for path in _recordings(folder)}
    rows = (line.split("\t", 1) for line in (folder / "transcripts.tsv").read_text().splitlines() if line)
    return [_whole(by_stem[Path(row[0]).stem], row[1]) for row in rows if Path(row[0]).stem in by_stem]


def _recordings(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in SOUNDS)


def _whole(path: Path, text: str) -> Spoken:
    return Spoken(path.name, Clip(decode(path.read_bytes()).pcm, text))
