"""Holds the sample interviews and writes their transcripts and reports: `manage.py sample_interviews`."""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from interviews.samples.script import load_samples
from interviews.samples.staging import hold_interviews
from interviews.samples.writing import write_sample

OWN_DATABASE = "SAMPLES_IN_THIS_PROCESS"  # set for the process that this command starts


class Command(BaseCommand):
    help = "Really interviews three made-up candidates, in a database of its own, and writes what came of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--out", type=Path, default=settings.BASE_DIR / "docs" / "samples", help="a folder"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        out: Path = options["out"].resolve()
        if not os.environ.get(OWN_DATABASE):
            self._in_a_process_of_its_own(out)
            return
        call_command("migrate", interactive=False, verbosity=0)
        samples = load_samples()
        sessions = hold_interviews(samples, self.stdout.write)
        for candidate, session in zip(samples.candidates, sessions, strict=True):
            is_new = write_sample(out, candidate, session)
            self.stdout.write(f"{candidate.file}: {'written' if is_new else 'as it was'}")

    def _in_a_process_of_its_own(self, out: Path) -> None:
        """What is set for this site (database, engines, keys) must not show in samples, nor they there."""
        with tempfile.TemporaryDirectory(prefix="viva-samples-") as folder:
            manage = str(settings.BASE_DIR / "manage.py")
            command = [sys.executable, manage, "sample_interviews", "--out", str(out)]
            done = subprocess.run(command, env=_environment(Path(folder)), check=False)  # noqa: S603
        if done.returncode:
            raise CommandError("The sample interviews could not be held.")


def _environment(folder: Path) -> dict[str, str]:
    from speech.backends.miniature import kept_model  # noqa: PLC0415 (loads what only this command needs)

    return {
        **os.environ,
        OWN_DATABASE: "yes",
        "ENV_FILE": os.devnull,
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "LOCAL": "true",
        "VAR_DIR": str(folder),
        "INTERVIEWER": "scripted",
        "VOICE": "browser",
        "SPEECH_ENGINE": "faster_whisper",
        "SPEECH_WINDOW": "tight",
        "WHISPER_MODEL": str(kept_model(settings.VAR_DIR / "miniature")),
        "LOG_LEVEL": "WARNING",
    }
