"""What a judgement by words tells the candidate: their own words, kindly, and nothing that was expected."""

import pytest

from interviews.bank import get_question
from interviews.candidate_words import LEFT_OPEN, NOTHING_RECOGNISED, feedback_for_candidate
from interviews.evaluation import AnswerFacts, SaidUtterance
from interviews.evaluation.lexical import evaluate_answer

QUESTION = get_question("backend-index")


def feedback(*texts: str, is_skipped: bool = False) -> str:
    said = tuple(
        SaidUtterance(text=text, start_ms=9_000 * n, end_ms=9_000 * n + 8_000, channel="typed", turn_id=1)
        for n, text in enumerate(texts)
    )
    return feedback_for_candidate(evaluate_answer(AnswerFacts(QUESTION, said, is_skipped=is_skipped)))


def test_what_was_heard_is_said_in_the_candidates_own_words() -> None:
    told = feedback("I would add an index on the user id column.", "Then I would have a cup of tea.")
    assert told.startswith("Part of what was listened for was heard, most clearly here:")
    assert "“I would add an index on the user id column.”" in told
    assert "There may be more in it" in told


def test_an_answer_of_which_nothing_was_recognised_is_told_so_kindly() -> None:
    told = feedback("We once had a lovely picnic by the sea with all of the team and their children.")
    assert told.startswith(NOTHING_RECOGNISED)
    assert "Little structure" not in told


def test_a_question_left_open_is_not_spoken_of_in_the_third_person() -> None:
    assert feedback(is_skipped=True) == LEFT_OPEN
    assert feedback("Could you repeat the question?") == LEFT_OPEN


@pytest.mark.parametrize(
    "said", ["I would add an index.", "A picnic by the sea.", "Let me look at the query plan."]
)
def test_it_names_nothing_that_was_expected(said: str) -> None:
    told = feedback(said)
    assert not [point.text for point in QUESTION.expected_points if point.text in told]
    assert not [
        cue for point in QUESTION.expected_points for cue in point.cues if cue in told and cue not in said
    ]
    assert not any(text and text in told for text in QUESTION.anchors.values())
