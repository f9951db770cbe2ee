"""How a session was scored and what a reader should bear in mind, as sentences."""

from collections.abc import Sequence

from interviews.evaluation.lexical import EVALUATOR as LEXICAL
from interviews.evaluation.results import AnswerEvaluation

LEXICAL_NOTE = (
    "Scored by comparing the words of each answer with the points that were expected. Coverage and "
    "clarity were judged; accuracy and depth were not. Whether what was said is true is for a person to "
    "judge."
)
MODEL_NOTE = (
    "Scored by {judges}. Coverage is counted by code from points with a quote that is "
    "really in the transcript; accuracy, clarity, depth and anchors are its judgement, held to what those "
    "points can carry."
)
CHANGED_SINCE = (
    "An answer was corrected after it had been judged; until it is judged again, its words alone count."
)
EVALUATOR_FAILED = "The chosen evaluator could not be had for every answer; words alone stood in for it."
NO_SCORE_NOTE = "Nothing could be scored, so there is no overall score."


def notes_on(answers: Sequence[AnswerEvaluation]) -> tuple[str, ...]:
    """What to say of these evaluations, whoever made them."""
    scored = [(number, one) for number, one in enumerate(answers, 1) if one.score is not None]
    by_words = [number for number, one in scored if one.evaluator == LEXICAL]
    by_model = [one for _, one in scored if one.evaluator != LEXICAL]
    notes = []
    if by_model:
        notes.append(MODEL_NOTE.format(judges=_listed(dict.fromkeys(_judge(one) for one in by_model))))
    if scored and len(by_words) == len(scored):
        notes.append(LEXICAL_NOTE)
    elif by_words:
        notes.append(f"{_questions(by_words)} scored by words alone, without accuracy and depth.")
    notes += _instead(answers)
    apart = [number for number, one in scored if not one.is_core]
    if apart:
        notes.append(f"{_questions(apart)} left out of the overall score: nobody else is asked that.")
    notes += _doubts(scored)
    return tuple(notes) if scored else (*notes, NO_SCORE_NOTE)


def _instead(answers: Sequence[AnswerEvaluation]) -> list[str]:
    """Why words alone stood in, without what only those who run the program understand."""
    reasons = {one.origin.fallback_reason for one in answers} - {""}
    told = [CHANGED_SINCE] if CHANGED_SINCE in reasons else []
    return [*told, EVALUATOR_FAILED] if reasons - {CHANGED_SINCE} else told


def _doubts(scored: Sequence[tuple[int, AnswerEvaluation]]) -> list[str]:
    notes = []
    struck = sum(one.quotes_struck for _, one in scored)
    if struck:
        notes.append(
            f"{struck} of the evaluator's quotes {'is' if struck == 1 else 'are'} not in the transcript "
            f"and {'was' if struck == 1 else 'were'} struck."
        )
    times = max((len(one.judgements) for _, one in scored), default=0)
    if times > 1:
        widest = max(one.score_spread for _, one in scored)
        notes.append(f"Each answer was judged {times} times; the scores lie up to {widest:g} apart.")
    disputed = [number for number, one in scored if one.is_disputed]
    if disputed:
        notes.append(f"{_questions(disputed)} judged more than one anchor apart: a person should decide.")
    return notes


def _judge(one: AnswerEvaluation) -> str:
    origin = one.origin
    name = f"the language model {origin.model}" if origin.model else f"the evaluator {one.evaluator}"
    host = f" at {origin.host}" if origin.host else ""
    return f"{name}{host} (prompt {origin.prompt_version})" if origin.prompt_version else f"{name}{host}"


def _questions(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"The answer to question {numbers[0]} was"
    return f"The answers to questions {_listed([str(number) for number in numbers])} were"


def _listed(names: Sequence[str] | dict[str, None]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
