"""Which answers have no score, whoever judges: not asked, skipped, wordless or recognised too badly."""

from msgspec.structs import replace

from interviews.evaluation.digests import origin_of
from interviews.evaluation.facts import AnswerFacts, SaidUtterance
from interviews.evaluation.quotes import answer_text
from interviews.evaluation.recognition import find_problem, measure
from interviews.evaluation.results import AnswerEvaluation, AnswerStatus
from interviews.intents import detect_intent

EVALUATOR = "rules"  # nobody judged: there was nothing to judge
VERSION = "1"


def answering(utterances: tuple[SaidUtterance, ...]) -> tuple[SaidUtterance, ...]:
    """Without the turns that only asked for something, such as to hear the question again."""
    turns: dict[int, list[SaidUtterance]] = {}
    for said in utterances:
        turns.setdefault(said.turn_id, []).append(said)
    kept = {turn for turn, parts in turns.items() if detect_intent(answer_text(parts)) in {"answer", "empty"}}
    return tuple(said for said in utterances if said.turn_id in kept)


def find_unscored(facts: AnswerFacts) -> AnswerEvaluation | None:
    """The evaluation of an answer that can't have a score, with the reason; None where it is to be judged."""
    if not facts.is_asked:
        return _unscored(facts, "not_asked", "The question was not reached.")
    said = answering(facts.utterances)
    if not answer_text(said):
        return _without_words(facts, said)
    if (problem := find_problem(measure(said))) is not None:
        return _unscored(facts, "not_scorable", problem)
    if not facts.question.expected_points:
        return _unscored(facts, "not_scorable", "Nothing was agreed that an answer to it should hold.")
    return None


def blank(facts: AnswerFacts, status: AnswerStatus) -> AnswerEvaluation:
    """An evaluation with what is known before anybody judges."""
    question = facts.question
    return AnswerEvaluation(
        question_key=question.key,
        kind=question.kind,
        competency=question.competency,
        difficulty=question.difficulty,
        status=status,
        time_taken_s=facts.time_taken_s,
        origin=origin_of(facts),
    )


def _without_words(facts: AnswerFacts, said: tuple[SaidUtterance, ...]) -> AnswerEvaluation:
    if facts.is_skipped or not facts.utterances:
        return _unscored(facts, "skipped", "The question was left open.")
    if said:
        return _unscored(facts, "not_scorable", "There was speech in which no words could be recognised.")
    return _unscored(facts, "skipped", "The candidate gave no answer to it.")


def _unscored(facts: AnswerFacts, status: AnswerStatus, reason: str) -> AnswerEvaluation:
    return replace(
        blank(facts, status),
        reason=reason,
        feedback=reason,
        recognition=measure(facts.utterances) if facts.utterances else None,
        evaluator=EVALUATOR,
        version=VERSION,
    )
