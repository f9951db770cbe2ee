"""Prints word errors and cost of short and full windows on a folder of recordings with their words."""

import asyncio
import contextlib
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from speech.backends.options import EngineOptions
from speech.decoding import DecodingError
from speech.engines import Choice, choose
from speech.evaluation import Outcome, Spoken, add_up, read_folder, run
from speech.settings import SpeechSettings
from speech.transcript import EngineError, Transcript
from speech.workers import ProcessLane

LONGEST_MS = 30_000
COLUMNS = "{:<8} {:>7} {:>6} {:>6} {:>9} {:>6} {:>11} {:>13}"
HEAD = ("window", "errors", "wrong", "lost", "invented", "words", "s per clip", "of real time")
WINDOWS: tuple[Literal["tight", "full"], ...] = ("tight", "full")


class Command(BaseCommand):
    help = "Recognise a folder of recordings and compare with their words, with short and with full windows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="holds answers.json, transcripts.tsv or NAME.txt files")
        parser.add_argument("--model", default="", help="a model's name or directory, not WHISPER_MODEL")
        parser.add_argument("--engine", default="", help="an engine, not SPEECH_ENGINE")
        parser.add_argument("--language", default="en", help="what is spoken (en)")
        parser.add_argument(
            "--texts", action="store_true", help="print every text that differs from the truth"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = _settings(options["engine"], options["model"])
        try:
            choice = choose(chosen)
            if choice.is_remote:
                raise CommandError("speech_eval measures engines on this machine; set --engine.")
            found = read_folder(options["folder"])
            spoken = [item for item in found if item.clip.audio_ms <= LONGEST_MS]
            if len(spoken) < len(found):
                self.stdout.write(f"{len(found) - len(spoken)} left out: longer than 30 s, cut them first")
            self.stdout.write(choice.banner or f"{choice.label}, {len(spoken)} clips, one at a time")
            self.stdout.write(COLUMNS.format(*HEAD))
            for window in WINDOWS if choice.engine == "faster_whisper" else WINDOWS[1:]:
                engine = EngineOptions(settings=chosen, label=choice.label, model=choice.model, window=window)
                with _recogniser(choice, engine, options["language"]) as recognise:
                    self._write_row(window, list(run(spoken, recognise)), with_texts=options["texts"])
        except (EngineError, DecodingError, OSError) as error:
            raise CommandError(str(error)) from None

    def _write_row(self, window: str, outcomes: list[Outcome], *, with_texts: bool) -> None:
        total = add_up(outcomes)
        errors = total.errors
        per_clip = f"{total.decode_ms / max(1, total.clips) / 1000:.3f}"
        counts = (errors.wrong, errors.missing, errors.extra, errors.words)
        self.stdout.write(
            COLUMNS.format(window, f"{errors.rate:.1%}", *counts, per_clip, f"{total.cost:.3f}")
        )
        for outcome in outcomes if with_texts else ():
            if outcome.errors.total:
                self._write_difference(outcome.spoken, outcome.text)

    def _write_difference(self, spoken: Spoken, text: str) -> None:
        self.stdout.write(f"  {spoken.name}\n    said:  {spoken.clip.text}\n    heard: {text}")


def _settings(engine: str, model: str) -> SpeechSettings:
    """What the server uses, where it says so, with the options of this call in front."""
    given: SpeechSettings = getattr(settings, "SPEECH", SpeechSettings())
    return msgspec.structs.replace(
        given, engine=engine or given.engine, whisper_model=model or given.whisper_model
    )


@contextlib.contextmanager
def _recogniser(
    choice: Choice, options: EngineOptions, language: str
) -> Iterator[Callable[[bytes], Transcript]]:
    """One worker process, called from this thread."""
    with asyncio.Runner() as runner:
        lane = ProcessLane(choice.module, options)
        try:
            runner.run(lane.start())
            yield lambda pcm: runner.run(lane.transcribe(pcm, language=language, is_partial=False))
        finally:
            runner.run(lane.close())
