"""What the miniature Whisper made of worse copies of the labelled answers, judged by the thresholds.

degraded_recordings.json holds its words, their certainty and their distance from the noise, with the word
error rate against what was really said. `python -m bench degraded` makes it anew.
"""

import json
from pathlib import Path

import pytest

from interviews.bank import get_question
from interviews.evaluation import AnswerFacts, SaidUtterance, evaluate_answer, is_poorly_recognised

COPIES = json.loads(Path(__file__).with_name("degraded_recordings.json").read_text(encoding="utf-8"))
TOO_MANY_ERRORS = 0.3
FEW_ERRORS = 0.1


def heard(copy: dict) -> tuple[SaidUtterance, ...]:
    return tuple(SaidUtterance(**utterance) for utterance in copy["utterances"])


@pytest.mark.parametrize(
    "copy",
    [copy for copy in COPIES if copy["word_error_rate"] > TOO_MANY_ERRORS],
    ids=lambda copy: f"{copy['recording']}, {copy['how']}",
)
def test_no_answer_with_three_in_ten_words_wrong_is_scored(copy):
    evaluation = evaluate_answer(AnswerFacts(get_question("backend-migration"), heard(copy)))
    assert evaluation.score is None
    assert is_poorly_recognised(heard(copy)) or evaluation.status == "skipped"


def test_nearly_all_answers_that_were_heard_well_are_taken_as_they_are():
    well = [copy for copy in COPIES if copy["word_error_rate"] < FEW_ERRORS]
    lost = [copy for copy in well if is_poorly_recognised(heard(copy))]
    assert len(well) >= 70
    assert len(lost) <= 6
    assert not [copy for copy in lost if copy["how"] == "none"]


def test_there_are_copies_of_every_kind():
    assert len({copy["how"] for copy in COPIES}) >= 15
    assert len({copy["recording"] for copy in COPIES}) >= 13
