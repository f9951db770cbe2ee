"""Of the sentences that state a point, the one that says most is quoted."""

from interviews.bank import get_question
from interviews.coverage import cover
from interviews.evaluation import AnswerFacts, SaidUtterance
from interviews.evaluation.lexical import evaluate_answer
from interviews.evaluation.proofs import proofs
from interviews.plan import ExpectedPoint, PlannedQuestion

QUESTION = PlannedQuestion(
    key="q",
    text="?",
    expected_points=(
        ExpectedPoint(text="Adds an index.", cues=("an index", "indexes")),
        ExpectedPoint(text="Knows the price.", cues=("slower", "more space")),
        ExpectedPoint(text="Measures.", cues=("measur*",)),
    ),
)


def shown(text: str) -> list[str]:
    return [text[one.start : one.end] for one in proofs(QUESTION, text)]


def test_the_sentence_that_states_most_is_shown_for_each_point_in_it() -> None:
    text = "I would add an index. With indexes every write gets slower, so I measure first."
    assert shown(text) == ["indexes", "slower", "measure"]


def test_among_equals_the_plainest_cue_is_shown() -> None:
    assert shown("Indexes help. I would add an index.")[0] == "an index"


def test_the_same_points_are_found_as_without_choosing() -> None:
    question = get_question("backend-migration")
    text = "I led it. We did not use small batches. We moved rows in small batches with zero downtime."
    found = [one.is_covered for one in proofs(question, text)]
    assert found == [one.is_covered for one in cover(question, text).points]
    assert any(found)
    assert not all(found)


def test_nothing_said_shows_nothing() -> None:
    assert not any(one.is_covered for one in proofs(QUESTION, ""))


def test_an_answer_quotes_the_sentence_that_says_most() -> None:
    text = "I would add an index. With indexes every write gets slower, so I measure first."
    said = SaidUtterance(text=text, start_ms=0, end_ms=9_000, confidence=0.9)
    judged = evaluate_answer(AnswerFacts(QUESTION, (said,)))
    quotes = {finding.quote.text for finding in judged.covered_points if finding.quote}
    assert quotes == {"With indexes every write gets slower, so I measure first."}
