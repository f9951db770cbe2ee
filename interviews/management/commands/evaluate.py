"""Judges a session that is over, or judges it again: `manage.py evaluate SESSION [--again] [--compare]`."""

from argparse import ArgumentParser
from typing import Any

from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from msgspec.structs import replace

from interviews.access import find_session
from interviews.evaluation.changes import AnswerChange, Changes, compare
from interviews.evaluation.ports import EvaluatorError
from interviews.judging import judge_session
from interviews.kept_evaluations import may_evaluate, read_runs
from interviews.mind.choosing import build_mind
from interviews.mind.ports import Mind
from interviews.mind.scripted import ScriptedMind
from interviews.models import Session
from interviews.rejudging import NotEvaluableError, run_again


class Command(BaseCommand):
    help = "Judge what nobody has judged yet of a session that is over; with --again all of it, as a new run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("session", metavar="SESSION", help="id or UUID")
        parser.add_argument("--again", action="store_true", help="judge anew and say what changed")
        parser.add_argument("--compare", action="store_true", help="say what the newest run changed")
        parser.add_argument("--model", default="", help="another model than OPENAI_MODEL")
        parser.add_argument("--words", action="store_true", help="without a language model")
        parser.add_argument("--rubric", choices=("asked", "bank"), default="asked")
        parser.add_argument("--numbers", type=int, nargs="*", default=(), help="of the questions to judge")

    def handle(self, *args: Any, **options: Any) -> None:
        session = find_session(options["session"])
        if session is None:
            raise CommandError(f"There is no session {options['session']!r}.")
        if not session.is_over:
            raise CommandError("The interview is not over yet.")
        if not may_evaluate(session):
            raise CommandError("The candidate did not agree to an evaluation by a program.")
        if options["again"]:
            self._again(session, options)
        elif not options["compare"]:
            self._judge(session, options)
        if options["compare"] and not options["again"]:
            self._compare(session)

    def _judge(self, session: Session, options: dict[str, Any]) -> None:
        try:
            async_to_sync(_with_mind)(options, lambda mind: judge_session(session.pk, mind))
        except EvaluatorError as error:
            raise CommandError(f"Words alone had to do for some answers: {error}") from None
        newest = read_runs(session)[-1]
        self.stdout.write(f"{newest.evaluation.summary}")
        for note in newest.evaluation.notes:
            self.stdout.write(f"  {note}")

    def _again(self, session: Session, options: dict[str, Any]) -> None:
        wish = {"numbers": options["numbers"], "rubric": options["rubric"]}
        try:
            rerun = async_to_sync(_with_mind)(options, lambda mind: run_again(session.pk, mind, **wish))
        except NotEvaluableError as error:
            raise CommandError(error.message) from None
        except EvaluatorError as error:
            raise CommandError(f"The evaluator failed, nothing changed: {error}") from None
        self.stdout.write(f"Run {rerun.run}")
        self._tell(rerun.changes)

    def _compare(self, session: Session) -> None:
        runs = read_runs(session)
        if len(runs) < 2:
            raise CommandError("There are no two runs to compare. --again makes another.")
        self.stdout.write(f"Run {runs[-1].number} beside run {runs[-2].number}")
        self._tell(compare(runs[-2].evaluation, runs[-1].evaluation))

    def _tell(self, changes: Changes) -> None:
        before, after = changes.overall
        self.stdout.write(f"overall      {_figure(before)} -> {_figure(after)}")
        for one in changes.answers:
            self.stdout.write(_line(one))
            for sign, texts in (("+", one.points_gained), ("-", one.points_lost)):
                for text in texts:
                    self.stdout.write(f"    {sign} {text}")


async def _with_mind(options: dict[str, Any], work: Any) -> Any:
    """A mind of this command's own, closed afterwards on the same event loop."""
    mind = _build(options)
    try:
        return await work(mind)
    finally:
        await mind.aclose()


def _build(options: dict[str, Any]) -> Mind:
    if options["words"]:
        return ScriptedMind()
    chosen = settings.MIND
    return build_mind(replace(chosen, openai_model=options["model"]) if options["model"] else chosen)


def _line(one: AnswerChange) -> str:
    scores = f"{_figure(one.score[0])} -> {_figure(one.score[1])}"
    anchors = f"{_figure(one.anchor[0])} -> {_figure(one.anchor[1])}"
    return f"question {one.number:<3} {scores:<16} anchor {anchors:<8} {_maker(one, 0)} -> {_maker(one, 1)}"


def _maker(one: AnswerChange, side: int) -> str:
    made = one.made_with[side]
    return made.model or made.evaluator


def _figure(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"
