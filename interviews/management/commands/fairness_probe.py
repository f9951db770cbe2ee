"""Scores answers again with other names, pronouns, fillers and grammar, and shows what moved."""

import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from interviews.access import find_session
from interviews.evaluating import read_session
from interviews.evaluation import AnswerFacts
from interviews.evaluation.ports import EvaluatorError
from interviews.fairness.probing import Difference, VariantResult, probe
from interviews.kept_evaluations import may_evaluate
from interviews.language_model import Spent
from interviews.mind.choosing import build_mind
from interviews.mind.ports import Mind
from interviews.mind.scripted import ScriptedMind

MOST_POINTS = 5.0  # judged: on 0..100; a smaller movement changes no level and no anchor


class Command(BaseCommand):
    help = (
        "Score the same transcripts again with names and pronouns swapped, fillers removed and grammar "
        "smoothed. Nothing is kept. Exit status 1 when a score moves by more than --most points."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sessions", nargs="+", metavar="SESSION", help="id or UUID")
        parser.add_argument("--scripted", action="store_true", help="with the evaluator that needs no model")
        parser.add_argument("--most", type=float, default=MOST_POINTS, metavar="POINTS")

    def handle(self, *args: Any, **options: Any) -> None:
        answers = [facts for name in options["sessions"] for facts in self._answers(name)]
        mind: Mind = ScriptedMind() if options["scripted"] else build_mind(settings.MIND)
        try:
            results = asyncio.run(_judge(mind, answers))
        except EvaluatorError as error:
            raise CommandError(f"The answers could not be judged: {error}") from error
        for result in results:
            self._show(result)
        most = max((result.most_points for result in results), default=0.0)
        self.stdout.write(f"The largest movement of a score is {most:g} points of 100.")
        if most > options["most"]:
            raise CommandError(f"A score moved by more than {options['most']:g} points.")

    def _answers(self, name: str) -> tuple[AnswerFacts, ...]:
        session = find_session(name)
        if session is None:
            raise CommandError(f"There is no session {name!r}.")
        if not may_evaluate(session):
            raise CommandError(f"Session {name}: its candidate did not agree to an evaluation by a program.")
        return read_session(session).answers

    def _show(self, result: VariantResult) -> None:
        self.stdout.write(
            f"{result.variant:22} {result.answers:4} answers, {result.changed_words:4} with other words, "
            f"{len(result.differences):4} judged otherwise, mean {result.mean_points:+g}"
        )
        for one in result.differences:
            self.stdout.write(f"    {_described(one)}")


def _described(one: Difference) -> str:
    return (
        f"question {one.number}: {one.score} -> {one.other_score}, anchor {one.anchor} -> {one.other_anchor}"
    )


async def _judge(mind: Mind, answers: list[AnswerFacts]) -> tuple[VariantResult, ...]:
    spent: list[Spent] = []
    try:
        return await probe(answers, mind.make_evaluator(spent.append))
    finally:
        await mind.aclose()
