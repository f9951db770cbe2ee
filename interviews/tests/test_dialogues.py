"""Every dialogue of dialogues.yaml, played against the rules."""

from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace

from interviews.bank import get_question
from interviews.coverage import cover
from interviews.intents import detect_intent
from interviews.moves import Move, Progress, TurnFacts, after, next_move, with_coverage
from interviews.plan import Plan

DIALOGUES = yaml.safe_load(Path(__file__).with_name("dialogues.yaml").read_text(encoding="utf-8"))


def written(move: Move) -> str:
    detail = move.offer or (str(move.point_index + 1) if move.kind == "follow_up" else "") or move.reason
    return f"{move.kind} {detail}".strip()


def plan_for(dialogue: dict) -> Plan:
    question = replace(get_question(dialogue["question"]), mode=dialogue.get("mode", "adaptive"))
    rest = () if dialogue.get("is_last") else (get_question("general-introduction"),)
    return Plan(role="Backend engineer", questions=(question, *rest))


def play(dialogue: dict) -> list[Move]:
    plan, index, progress = plan_for(dialogue), 0, Progress()
    answer, moves = "", []
    for turn in dialogue["turns"]:
        question = plan.question_at(index)
        if detect_intent(turn["say"]) == "answer" and progress.phase == "question":
            answer = f"{answer} {turn['say']}"
            progress = with_coverage(progress, cover(question, answer))
        facts = TurnFacts(turn["say"], is_poorly_recognised=turn.get("is_poor", False))
        move = next_move(plan, index, progress, facts)
        progress = after(progress, move)
        moves.append(move)
    return moves


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue["name"])
def test_each_turn_brings_the_expected_move(dialogue):
    expected = [turn["expect"] for turn in dialogue["turns"]]
    assert [written(move) for move in play(dialogue)] == expected


def test_there_are_dialogues_for_every_kind_of_turn():
    kinds = {turn["expect"].split()[0] for dialogue in DIALOGUES for turn in dialogue["turns"]}
    assert len(DIALOGUES) >= 15
    assert kinds >= {
        "acknowledge_and_next", "answer_candidate", "ask_again", "clarify", "closing", "closing_invite",
        "follow_up", "help", "offer", "offer_accepted", "person", "question", "repeat", "rephrase", "resume",
    }  # fmt: skip
