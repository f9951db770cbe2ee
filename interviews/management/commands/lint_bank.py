"""Reads questions as a careful colleague would: `manage.py lint_bank [FILE …]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from interviews.bank import BankError, RoleFile, find_questions, load_bank, read_role_file
from interviews.bank.lint import find_faults, find_gaps


class Command(BaseCommand):
    help = "Find faults in the given files of questions, or in the whole bank; fails when there are any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = [read_role_file(path) for path in options["files"]] or list(load_bank())
        except BankError as error:
            raise CommandError(str(error)) from error
        faults = _faults_of(files)
        for file in files:
            gaps = find_gaps(entry.question for entry in file.questions)
            self.stdout.write(f"{file.role}: {len(file.questions)} questions. {'; '.join(gaps)}".rstrip())
        for fault in faults:
            self.stdout.write(f"  {fault}")
        if faults:
            raise CommandError(f"{len(faults)} faults.")


def _faults_of(files: list[RoleFile]) -> list[str]:
    """Also of being too like a question of the bank that is not in `files`."""
    own = {entry.question.key: entry.question for file in files for entry in file.questions}
    listed = [entry.question for file in files for entry in file.questions]
    others = [entry.question for entry in find_questions() if entry.question.key not in own]
    known = set(find_faults(others))
    return [fault for fault in find_faults([*listed, *others]) if fault not in known]
