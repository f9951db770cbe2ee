"""What a reader is told about how a session was scored."""

from typing import Any

import pytest
from msgspec.structs import replace

from interviews.bank import get_question
from interviews.evaluation import AnswerEvaluation, AnswerFacts, SaidUtterance, evaluate_answer
from interviews.evaluation.notes import CHANGED_SINCE, EVALUATOR_FAILED, LEXICAL_NOTE, NO_SCORE_NOTE, notes_on
from interviews.evaluation.results import Judgement, Origin

SAID = SaidUtterance("I would add an index on the user id column.", channel="typed")
BY_WORDS = evaluate_answer(AnswerFacts(get_question("backend-index"), (SAID,)))
SKIPPED = evaluate_answer(AnswerFacts(get_question("backend-index"), is_skipped=True))


def by_model(**more: Any) -> AnswerEvaluation:
    origin = Origin(model="m-1", host="10.0.0.5", prompt_version="judge-1")
    return replace(BY_WORDS, evaluator="language_model", origin=origin, **more)


def failed(reason: str) -> AnswerEvaluation:
    return replace(BY_WORDS, origin=replace(BY_WORDS.origin, fallback_reason=reason))


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([], [NO_SCORE_NOTE]),
        ([SKIPPED], [NO_SCORE_NOTE]),
        ([BY_WORDS, SKIPPED], [LEXICAL_NOTE]),
        ([by_model()], ["Scored by the language model m-1 at 10.0.0.5 (prompt judge-1)."]),
        (
            [by_model(), BY_WORDS],
            ["the language model m-1", "The answer to question 2 was scored by words alone"],
        ),
        (
            [BY_WORDS, by_model(), BY_WORDS],
            ["m-1", "The answers to questions 1 and 3 were scored by words alone"],
        ),
        ([by_model(), failed("Server 10.0.0.5 said 404.")], ["m-1", "question 2", EVALUATOR_FAILED]),
        ([by_model(), failed(CHANGED_SINCE)], ["m-1", "question 2", CHANGED_SINCE]),
        (
            [by_model(quotes_struck=1)],
            ["m-1", "1 of the evaluator's quotes is not in the transcript and was struck."],
        ),
        ([by_model(quotes_struck=2)], ["m-1", "2 of the evaluator's quotes are not"]),
        (
            [by_model(judgements=(Judgement(40, 2), Judgement(60, 3), Judgement(90, 5)))],
            [
                "m-1",
                "judged 3 times; the scores lie up to 50 apart",
                "question 1 was judged more than one anchor apart",
            ],
        ),
        (
            [replace(BY_WORDS, evaluator="engine", origin=Origin(host="10.0.0.7"))],
            ["the evaluator engine at 10.0.0.7."],
        ),
    ],
)
def test_notes(answers: list[AnswerEvaluation], told: list[str]) -> None:
    notes = notes_on(answers)
    assert len(notes) == len(told)
    for note, part in zip(notes, told, strict=True):
        assert part in note
