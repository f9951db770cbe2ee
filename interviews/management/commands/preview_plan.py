"""Prints which questions a plan would ask, how long they take and what they leave out."""

import asyncio
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from interviews.mind.choosing import build_mind
from interviews.mind.ports import Mind
from interviews.mind.scripted import ScriptedMind
from interviews.plan import Plan
from interviews.planning.completing import complete_plan
from interviews.planning.drafting import LEVELS, PlanWish, read_wish
from interviews.planning.preview import preview_lines, preview_plan
from interviews.spending import spend_for

MOST_FILE_BYTES = 1024 * 1024
TYPES = ("mixed", "technical", "behavioral", "coding", "system_design")


class Command(BaseCommand):
    help = "Drafts a plan and prints it; nothing is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", default="", help="Else the one that the job description names.")
        parser.add_argument("--level", choices=LEVELS, default="")
        parser.add_argument("--type", choices=TYPES, default="mixed")
        parser.add_argument("--count", type=int, help="Questions for everybody; else what fits the time.")
        parser.add_argument("--minutes", type=int, default=30)
        parser.add_argument("--mode", choices=("adaptive", "verbatim"), default="adaptive")
        parser.add_argument("--job-description", type=Path, help="A text file.")
        parser.add_argument("--resume", type=Path, help="A text file.")
        parser.add_argument(
            "--competency", action="append", default=[], help="That the job wants; repeat it."
        )
        parser.add_argument("--scripted", action="store_true", help="Ask no language model.")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        wish = _wish(options)
        plan = asyncio.run(_draft(wish, is_scripted=options["scripted"]))
        preview = preview_plan(plan, read_wish(wish).competencies)
        if options["json"]:
            self.stdout.write(json.dumps(msgspec.to_builtins(preview), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(preview_lines(preview)))


def _wish(options: dict[str, Any]) -> PlanWish:
    count, minutes = options["count"], options["minutes"]
    if count is not None and not 1 <= count <= 40:
        raise CommandError("--count is 1 to 40.")
    if not 5 <= minutes <= 180:
        raise CommandError("--minutes is 5 to 180.")
    return PlanWish(
        role=options["role"],
        level=options["level"],
        type=options["type"],
        count=count,
        duration_minutes=minutes,
        mode=options["mode"],
        job_description=_read(options["job_description"]),
        resume=_read(options["resume"]),
        competencies=tuple(options["competency"]),
    )


def _read(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        with path.open("rb") as file:
            text = file.read(MOST_FILE_BYTES).decode("utf-8", errors="ignore")
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.") from None
    if text.startswith(("%PDF", "PK\x03\x04")):
        raise CommandError(f"{path} is no plain text. Copy its words into a text file.")
    return text


async def _draft(wish: PlanWish, *, is_scripted: bool) -> Plan:
    mind: Mind = ScriptedMind() if is_scripted else build_mind(settings.MIND)
    try:
        return await complete_plan(wish, mind.make_question_writer(spend_for(None)))
    finally:
        await mind.aclose()
