"""What the miniature Whisper made of the labelled answers in noise, judged by the thresholds.

degraded_recordings.json holds its words and confidences (2026-11-21) with the word error rate against what
was really said; `noise_db` is speech over noise, null is clean.
"""

import json
from pathlib import Path

import pytest

from interviews.bank import get_question
from interviews.evaluation import AnswerFacts, SaidUtterance, evaluate_answer, is_poorly_recognised

ANSWERS = json.loads(Path(__file__).with_name("degraded_recordings.json").read_text(encoding="utf-8"))
TOO_MANY_ERRORS = 0.3


def heard(answer: dict) -> tuple[SaidUtterance, ...]:
    return tuple(SaidUtterance(*utterance) for utterance in answer["utterances"])


@pytest.mark.parametrize(
    "answer",
    [answer for answer in ANSWERS if answer["word_error_rate"] > TOO_MANY_ERRORS],
    ids=lambda answer: f"{answer['recording']} at {answer['noise_db']} dB",
)
def test_no_answer_with_three_in_ten_words_wrong_is_scored(answer):
    evaluation = evaluate_answer(AnswerFacts(get_question("backend-migration"), heard(answer)))
    assert evaluation.score is None
    assert is_poorly_recognised(heard(answer)) or evaluation.status == "skipped"


def test_nearly_all_answers_that_were_heard_well_are_scored():
    well = [answer for answer in ANSWERS if answer["word_error_rate"] < 0.1]
    lost = [answer for answer in well if is_poorly_recognised(heard(answer))]
    assert len(well) >= 30
    assert len(lost) <= 2
