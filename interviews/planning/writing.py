"""Has a language model write questions; only what the bank's linter finds fit to ask comes through."""

import hashlib
from collections.abc import Iterable, Sequence

from interviews.bank.lint import find_faults
from interviews.language_model import LanguageModel, LanguageModelError, Spend
from interviews.plan import PlannedQuestion
from interviews.planning.cleaning import is_order, plain
from interviews.planning.form import QuestionsForm, question_of
from interviews.planning.ports import QuestionWish, WriterError
from interviews.planning.probes import without_given_away_cues
from interviews.planning.prompts import writer_prompt
from interviews.protected import find_protected_topic

MOST_AT_ONCE = 4  # a whole question has about 500 tokens; longer forms are more often cut off
MOST_TRIES = 2


class LanguageModelQuestionWriter:
    """Belongs to one plan, whose cost goes to `spend`."""

    name = "language_model"

    def __init__(self, model: LanguageModel, spend: Spend) -> None:
        self._model = model
        self._spend = spend

    async def write(self, wish: QuestionWish) -> tuple[PlannedQuestion, ...]:
        """See QuestionWriter. Asks once more for what was unfit, then does with what there is."""
        fit: list[PlannedQuestion] = []
        complaints: list[str] = []
        for _ in range(MOST_TRIES):
            wanted = min(wish.count - len(fit), MOST_AT_ONCE)
            if wanted <= 0:
                break
            try:
                written = await self._ask(wish, wanted, complaints)
            except WriterError:
                if not fit:
                    raise
                break
            complaints = []
            for question in written:
                faults = unfitness(question, (*fit, *_avoided(wish)))
                complaints += faults
                fit += [] if faults else [question]
        return tuple(fit[: wish.count])

    async def _ask(self, wish: QuestionWish, count: int, complaints: Iterable[str]) -> list[PlannedQuestion]:
        prompt = writer_prompt(wish, count, complaints)
        try:
            form = await self._model.fill(prompt, QuestionsForm, purpose="plan", spend=self._spend)
        except LanguageModelError as error:
            raise WriterError(str(error), permanent=error.permanent) from error
        return [
            without_given_away_cues(question_of(one, _key(one.text))) for one in form.questions[: count * 2]
        ]


def unfitness(question: PlannedQuestion, others: Sequence[PlannedQuestion] = ()) -> list[str]:
    """Why `question` may not be asked, in sentences; empty for one that may."""
    own = [fault.removeprefix(f"{question.key}: ") for fault in find_faults([question])]
    shown = (*_words_of(question), *question.anchors.values(), question.competency)
    if any(find_protected_topic(text) for text in shown):
        own.append("it touches on a protected topic")
    if any(is_order(text) or plain(text) != text for text in _words_of(question)):
        own.append("it holds a link, markup or an order")
    if own:
        return own
    of_others = [fault for fault in find_faults([*others, question]) if "nearly the same" in fault]
    return (
        ["it is nearly the same as another question"] if any(question.key in one for one in of_others) else []
    )


def _words_of(question: PlannedQuestion) -> tuple[str, ...]:
    points = tuple(
        text for point in question.expected_points for text in (point.text, point.topic, point.probe)
    )
    return (question.text, question.rephrase, question.help, *question.follow_ups, *points)


def _avoided(wish: QuestionWish) -> tuple[PlannedQuestion, ...]:
    return tuple(PlannedQuestion(key=f"avoid-{at}", text=text) for at, text in enumerate(wish.avoid))


def _key(text: str) -> str:
    return f"written-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
