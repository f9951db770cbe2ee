"""Every dialogue, held with the scripted interviewer: the moves, and what a reader would say to the words."""

import pytest
from msgspec.structs import replace

from interviews.dialogues.checks import find_faults
from interviews.dialogues.loading import Dialogue, Said, load_dialogues
from interviews.dialogues.playing import play, written
from interviews.interviewer.backends.scripted import ScriptedInterviewer
from interviews.interviewer.brief import ReplyBrief

DIALOGUES = load_dialogues()


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue.name)
async def test_each_turn_brings_the_expected_move_in_fitting_words(dialogue):
    turns = await play(dialogue, ScriptedInterviewer())
    assert [written(turn.move) for turn in turns] == [said.expect for said in dialogue.turns]
    assert find_faults(turns) == []


def test_there_are_dialogues_for_every_kind_of_turn():
    kinds = {said.expect.split()[0] for dialogue in DIALOGUES for said in dialogue.turns}
    assert len(DIALOGUES) >= 40
    assert len({dialogue.name for dialogue in DIALOGUES}) == len(DIALOGUES)
    assert kinds >= {
        "acknowledge_and_next", "answer_candidate", "ask_again", "clarify", "closing", "closing_invite",
        "follow_up", "help", "offer", "offer_accepted", "person", "question", "repeat", "rephrase", "resume",
    }  # fmt: skip


HALF = Dialogue(
    "half an answer",
    "backend-index",
    (
        Said("I would add an index on the user id column.", "follow_up 3"),
        Said("Nothing more comes to my mind there.", "acknowledge_and_next"),
    ),
)


class Saying:
    """Says the same to every move but the greeting, whatever it is."""

    name = "saying"
    is_worth_preparing = False

    def __init__(self, reply: str) -> None:
        self._reply = reply

    async def compose(self, brief: ReplyBrief):
        yield "Hello." if brief.move.kind == "greeting" else self._reply


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        ("", "nothing is said"),
        ("Thank you.", "the question is not asked in its own words"),
        ("How do you feel? And what is the time?", "holds 2 questions"),
        ("Is there something about the weather?", "does not name what is missing"),
        ("Is it that writes get slower with an index?", "gives away"),
        ("Thank you. " * 40, "too many to follow by ear"),
    ],
)
async def test_bad_words_are_found(reply, fault):
    assert any(fault in found for found in find_faults(await play(HALF, Saying(reply))))


async def test_words_said_twice_are_found():
    faults = find_faults(await play(HALF, Saying("I see what you mean.")))
    assert "turn 2: said before: “i see what you mean”" in faults


async def test_a_wrong_move_is_found():
    wrong = replace(HALF, turns=(replace(HALF.turns[0], expect="closing"),))
    faults = find_faults(await play(wrong, ScriptedInterviewer()))
    assert faults == ["turn 1: the move is “follow_up 3”, expected was “closing”"]


class KnowsAll:
    async def judge(self, question, text):
        return tuple(range(len(question.expected_points)))


async def test_what_a_judge_understands_counts_as_said():
    turns = await play(HALF, ScriptedInterviewer(), KnowsAll())
    assert written(turns[0].move) == "acknowledge_and_next"
