"""Holds every dialogue with the interviewer of the settings and says what a reader would object to."""

import asyncio
import time
from statistics import median
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from msgspec import Struct

from interviews.dialogues.checks import find_faults
from interviews.dialogues.loading import Dialogue, load_dialogues
from interviews.dialogues.playing import PlayedTurn, play, written
from interviews.interviewer.ports import InterviewerError
from interviews.language_model import Spent
from interviews.mind.choosing import build_mind
from interviews.mind.ports import Mind


class Held(Struct, frozen=True):
    dialogue: Dialogue
    turns: tuple[PlayedTurn, ...]
    faults: tuple[str, ...]


class Command(BaseCommand):
    help = (
        "Hold the test dialogues with the interviewer of the settings (INTERVIEWER, OPENAI_…) and check them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", default="", metavar="WORDS", help="dialogues whose name holds WORDS")
        parser.add_argument(
            "--show", action="store_true", help="print every reply, not only those with faults"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = [one for one in load_dialogues() if options["only"].lower() in one.name.lower()]
        if not chosen:
            raise CommandError(f"No dialogue's name holds “{options['only']}”.")
        faulty = asyncio.run(self._hold(chosen, shows_all=options["show"]))
        if faulty:
            raise CommandError(f"{faulty} of {len(chosen)} dialogues have faults.")

    async def _hold(self, chosen: list[Dialogue], *, shows_all: bool) -> int:
        mind = build_mind(settings.MIND)
        spent: list[Spent] = []
        self.stdout.write(f"Interviewer: {mind.facts.name} {mind.facts.model} {mind.facts.host}".rstrip())
        faulty = 0
        try:
            for number, dialogue in enumerate(chosen, 1):
                began = time.perf_counter()
                held = await self._one(mind, dialogue, spent)
                faulty += bool(held.faults)
                mark = "faulty" if held.faults else "good"
                took_s = time.perf_counter() - began
                self.stdout.write(f"{number:3}/{len(chosen)} {mark:6} {took_s:5.1f} s  {dialogue.name}")
                self._show(held, shows_all=shows_all)
        finally:
            await mind.aclose()
        self._sum_up(len(chosen) - faulty, len(chosen), spent)
        return faulty

    async def _one(self, mind: Mind, dialogue: Dialogue, spent: list[Spent]) -> Held:
        interviewer = mind.make_interviewer(spent.append)
        judge = mind.make_coverage_judge(spent.append)
        try:
            turns = await play(dialogue, interviewer, judge)
        except InterviewerError as error:
            return Held(dialogue, (), (f"no reply could be had: {error}",))
        return Held(dialogue, turns, tuple(find_faults(turns)))

    def _show(self, held: Held, *, shows_all: bool) -> None:
        for fault in held.faults:
            self.stdout.write(f"      {fault}")
        if held.faults or shows_all:
            for turn in held.turns:
                self.stdout.write(f"        candidate:   {turn.said.say}")
                self.stdout.write(f"        interviewer: {turn.reply}   [{written(turn.move)}]")

    def _sum_up(self, good: int, total: int, spent: list[Spent]) -> None:
        self.stdout.write(f"{good} of {total} dialogues without a fault.")
        if spent:
            taken = sorted(one.took_ms for one in spent)
            tokens = sum(one.input_tokens + one.output_tokens for one in spent)
            failed = sum(one.has_failed for one in spent)
            self.stdout.write(
                f"{len(spent)} requests ({failed} failed), {tokens} tokens; "
                f"median {median(taken):.0f} ms, slowest {taken[-1]} ms."
            )
