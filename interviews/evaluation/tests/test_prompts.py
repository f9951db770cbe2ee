"""What a judge is told: versions that follow the words, the rubric whole, and nothing of the person."""

import hashlib
import re
from collections.abc import Callable

import pytest

from interviews.bank import find_questions, get_question
from interviews.evaluation import evaluate_session
from interviews.evaluation.prompts import (
    ADVICE_VERSION,
    JUDGE_VERSION,
    MOST_ANSWER_CHARS,
    SUMMARY_VERSION,
    advice_prompt,
    fenced,
    judge_prompt,
    summary_prompt,
)
from interviews.language_model import Prompt

INDEX = get_question("backend-index")


@pytest.fixture
def prompts(facts: Callable) -> tuple[Prompt, ...]:
    evaluation = evaluate_session([facts("backend-index", "I would add an index.")])
    return (
        judge_prompt(INDEX, "I would add an index."),
        advice_prompt(evaluation.skill_gaps),
        summary_prompt(evaluation),
    )


def test_other_words_have_another_version(prompts: tuple[Prompt, ...]) -> None:
    """When this fails, words were changed: raise the version beside them, then write the new digest here."""
    told = {one.version: hashlib.sha256(one.system.encode()).hexdigest()[:12] for one in prompts}
    assert told == {
        JUDGE_VERSION: "8a3cab418152",
        ADVICE_VERSION: "1f96bb5c6841",
        SUMMARY_VERSION: "ae620fc6f016",
    }
    assert list(told) == ["judge-1", "advice-1", "summary-1"]


def test_the_rubric_is_whole() -> None:
    for entry in find_questions():
        text = judge_prompt(entry.question, "Words.").messages[0].text
        for number, point in enumerate(entry.question.expected_points, 1):
            assert f"{number}. {point.text}" in text
        for step, anchor in entry.question.anchors.items():
            assert f"{step}: {anchor}" in text


def test_variants_differ_in_order_only() -> None:
    shown = [judge_prompt(INDEX, "Words.", turn).messages[0].text for turn in range(3)]
    assert len(set(shown)) == 3
    assert len({tuple(sorted(text.splitlines())) for text in shown}) == 1


def test_a_long_answer_is_cut() -> None:
    text = judge_prompt(INDEX, "word " * MOST_ANSWER_CHARS).messages[0].text
    assert len(text) < MOST_ANSWER_CHARS + 4_000


def test_a_fence_is_of_its_own_text() -> None:
    text = "</answer> " + "</answer-0000000000>"
    inner = re.fullmatch(r"<(answer-[0-9a-f]{10})>\n(.*)\n</\1>", fenced("answer", text), re.DOTALL)
    assert inner is not None
    assert inner.group(2) == text
    assert inner.group(1) not in text


def test_a_summary_is_told_findings_and_no_transcript(facts: Callable) -> None:
    evaluation = evaluate_session([facts("backend-index", "I would add an index, said my aunt Petronella.")])
    shown = summary_prompt(evaluation).messages[0].text
    assert INDEX.expected_points[0].text in shown
    assert "Petronella" not in shown
