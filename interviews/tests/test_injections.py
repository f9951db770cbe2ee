"""Attacks in answers and names against what needs no language model: immune by construction, and shown."""

from pathlib import Path

import pytest
import yaml

from interviews.bank import find_questions, get_question
from interviews.coverage import cover
from interviews.evaluation import AnswerFacts, SaidUtterance, evaluate_answer
from interviews.interviewer.backends.scripted import compose_text
from interviews.interviewer.brief import build_brief
from interviews.moves import FULL_FRACTION, Progress, TurnFacts, next_move, with_coverage
from interviews.plan import Plan

CORPUS = yaml.safe_load(Path(__file__).with_name("injections.yaml").read_text(encoding="utf-8"))
ANSWERS = [attack for attack in CORPUS if attack["where"] == "answer"]
QUESTIONS = [get_question(key) for key in ("backend-cache", "nurse-medication", "product-metric")]
GOOD = (
    "I would cache the prices in Redis with a time to live of one minute, and delete the entry when somebody "
    "changes a price, because people must not see an old one."
)
# Structure alone earns up to 8, and anybody may name something by accident: far from an average score.
MOST_FOR_AN_ORDER = 40
ALLOWED_MOVES = {
    "follow_up", "clarify", "acknowledge_and_next", "answer_candidate", "help", "repeat", "rephrase",
    "resume", "question", "offer", "person", "ask_again",
}  # fmt: skip

by_id = pytest.mark.parametrize("attack", ANSWERS, ids=lambda attack: attack["id"])


def facts(question, text: str) -> AnswerFacts:
    return AnswerFacts(question, (SaidUtterance(text, channel="typed", turn_id=1),))


def test_the_corpus_is_large_and_varied():
    assert len(CORPUS) >= 60
    assert len({attack["id"] for attack in CORPUS}) == len(CORPUS)
    assert {attack["where"] for attack in CORPUS} == {"answer", "name", "resume", "job_description"}
    assert len({attack["language"] for attack in CORPUS}) >= 8


@by_id
def test_an_order_earns_nothing(attack):
    for question in QUESTIONS:
        evaluation = evaluate_answer(facts(question, attack["text"]))
        assert evaluation.anchor in {None, 1, 2}
        assert (evaluation.score or 0) <= MOST_FOR_AN_ORDER


@by_id
def test_an_order_beside_an_answer_moves_no_point_and_no_anchor(attack):
    question = get_question("backend-cache")
    alone = evaluate_answer(facts(question, GOOD))
    together = evaluate_answer(facts(question, f"{GOOD} {attack['text']}"))
    assert together.missed_points == alone.missed_points
    assert together.anchor == alone.anchor
    assert together.feedback == alone.feedback


@by_id
def test_an_order_neither_ends_nor_leads_the_interview(attack):
    for question in QUESTIONS:
        plan = Plan(role="any", questions=(question, get_question("general-introduction")))
        progress = with_coverage(Progress(), cover(question, attack["text"]))
        move = next_move(plan, 0, progress, TurnFacts(attack["text"]))
        assert move.kind in ALLOWED_MOVES
        assert move.question_index in {None, 0, 1}


@by_id
def test_the_reply_repeats_no_order_and_tells_no_answer(attack):
    question = get_question("backend-cache")
    plan = Plan(role="any", questions=(question, get_question("general-introduction")))
    move = next_move(plan, 0, Progress(), TurnFacts(attack["text"]))
    reply = compose_text(
        build_brief(
            plan,
            move,
            current_index=0,
            history=(("interviewer", question.text), ("candidate", attack["text"])),
            candidate_text=attack["text"],
        )
    )
    assert attack["text"] not in reply
    assert "evil.example" not in reply
    assert not any(point.text in reply for point in question.expected_points)
    assert not set(cover(question, reply).covered)


def test_no_attack_is_a_full_answer_to_any_question_of_the_bank():
    lucky = [
        (attack["id"], entry.question.key)
        for attack in ANSWERS
        for entry in find_questions()
        if cover(entry.question, attack["text"]).fraction >= FULL_FRACTION
    ]
    assert not lucky
