"""Has a language model write questions; only what the bank's linter finds fit to ask comes through."""

import asyncio
import hashlib
import unicodedata
from collections.abc import Sequence

from msgspec.structs import replace

from interviews.bank.lint import find_faults
from interviews.language_model import LanguageModel, LanguageModelError, Spend
from interviews.plan import PlannedQuestion
from interviews.planning.cleaning import is_order, plain
from interviews.planning.form import QuestionForm, question_of
from interviews.planning.ports import QuestionWish, WriterError
from interviews.planning.probes import without_given_away_cues
from interviews.planning.prompts import writer_prompt
from interviews.protected import find_protected_topic

MOST_WRITTEN = 5  # for one plan; each is a request of its own, about 600 tokens long
MOST_TRIES = 2
FACETS = ("Doing the work well", "Working with others", "Problem solving", "Organising work", "Learning")


class LanguageModelQuestionWriter:
    """Belongs to one plan, whose cost goes to `spend`."""

    name = "language_model"

    def __init__(self, model: LanguageModel, spend: Spend) -> None:
        self._model = model
        self._spend = spend

    async def write(self, wish: QuestionWish) -> tuple[PlannedQuestion, ...]:
        """See QuestionWriter. Asks once more for what was unfit, then does with what there is."""
        count = min(wish.count, MOST_WRITTEN)
        fit: list[PlannedQuestion] = []
        complaints: list[str] = []
        for _ in range(MOST_TRIES):
            if len(fit) < count:
                written = await self._ask_for(wish, range(len(fit), count), complaints, fit)
                complaints = _sift(written, fit, _avoided(wish))
        return tuple(fit)

    async def _ask_for(
        self, wish: QuestionWish, places: range, complaints: list[str], fit: list[PlannedQuestion]
    ) -> list[PlannedQuestion]:
        """One question for each place, all at once. Raises WriterError when there is none at all."""
        known = replace(wish, avoid=(*(one.text for one in fit), *wish.avoid))
        about = wish.competencies or FACETS
        answers = await asyncio.gather(
            *(self._ask(known, about[place % len(about)], complaints) for place in places),
            return_exceptions=True,
        )
        written = [answer for answer in answers if isinstance(answer, PlannedQuestion)]
        for answer in answers:
            if isinstance(answer, BaseException) and not isinstance(answer, WriterError):
                raise answer
            if isinstance(answer, WriterError) and not (written or fit):
                raise answer
        return written

    async def _ask(self, wish: QuestionWish, competency: str, complaints: list[str]) -> PlannedQuestion:
        prompt = writer_prompt(wish, competency, complaints)
        try:
            form = await self._model.fill(prompt, QuestionForm, purpose="plan", spend=self._spend)
        except LanguageModelError as error:
            raise WriterError(str(error), permanent=error.permanent) from error
        return without_given_away_cues(question_of(form, _key(form.text)))


def _sift(
    written: list[PlannedQuestion], fit: list[PlannedQuestion], avoided: tuple[PlannedQuestion, ...]
) -> list[str]:
    """Add to `fit` what may be asked; give back what was wrong with the rest."""
    complaints: list[str] = []
    for question in written:
        faults = unfitness(question, (*fit, *avoided))
        complaints += faults
        if not faults:
            fit.append(question)
    return complaints


def unfitness(question: PlannedQuestion, others: Sequence[PlannedQuestion] = ()) -> list[str]:
    """Why `question` may not be asked, in sentences; empty for one that may."""
    own = [fault.removeprefix(f"{question.key}: ") for fault in find_faults([question])]
    shown = (*_words_of(question), *question.anchors.values(), question.competency)
    if any(find_protected_topic(text) for text in shown):
        own.append("it touches on a protected topic")
    if any(is_order(text) or not _is_plain(text) for text in _words_of(question)):
        own.append("it holds a link, markup or an order")
    if own:
        return own
    of_others = [fault for fault in find_faults([*others, question]) if "nearly the same" in fault]
    return (
        ["it is nearly the same as another question"] if any(question.key in one for one in of_others) else []
    )


def _is_plain(text: str) -> bool:
    """Whether it is heard just as it is written: no markup, no link, nothing hidden."""
    return plain(text) == unicodedata.normalize("NFKC", text)


def _words_of(question: PlannedQuestion) -> tuple[str, ...]:
    points = tuple(
        text for point in question.expected_points for text in (point.text, point.topic, point.probe)
    )
    return (question.text, question.rephrase, question.help, *question.follow_ups, *points)


def _avoided(wish: QuestionWish) -> tuple[PlannedQuestion, ...]:
    return tuple(PlannedQuestion(key=f"avoid-{at}", text=text) for at, text in enumerate(wish.avoid))


def _key(text: str) -> str:
    return f"written-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
