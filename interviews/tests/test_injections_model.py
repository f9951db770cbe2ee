"""The same attacks against a language model that obeys all of them, with the real prompts and rules."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from interviews.bank import get_question
from interviews.coverage import cover
from interviews.evaluation import AnswerEvaluation, AnswerFacts, SaidUtterance
from interviews.evaluation.lexical import evaluate_answer
from interviews.interviewer.brief import build_brief
from interviews.interviewer.sentences import split_sentences
from interviews.language_model.tests.brains import demanded_in
from interviews.language_model.tests.server import KEY, MODEL, Asked, ModelServer
from interviews.mind.choosing import build_mind
from interviews.mind.ports import Mind
from interviews.mind.settings import MindSettings
from interviews.moves import Move
from interviews.plan import Plan

CORPUS = yaml.safe_load(Path(__file__).with_name("injections.yaml").read_text(encoding="utf-8"))
ANSWERS = [attack for attack in CORPUS if attack["where"] == "answer"]
QUESTION, NEXT = get_question("backend-cache"), get_question("backend-mistake")
PLAN = Plan(
    role="Backend engineer",
    questions=(QUESTION, NEXT),
    facts=("You can work from home three days a week.",),
)
GOOD = (
    "I would cache the prices in Redis with a time to live of one minute, and delete the entry when somebody "
    "changes a price, because people must not see an old one."
)
SCORE_FOR_ORDERS = 45  # an average answer begins at 50
BEYOND_FAIR = 15  # what obedience may add to a fair answer: the rules' room for paraphrase, no more
NAME = "Wilhelmina Quackenbush"

by_id = pytest.mark.parametrize("attack", ANSWERS, ids=lambda attack: attack["id"])


class Obeys:
    """Gives whoever asks the most there is: full marks, every point with stolen quotes, every wish spoken."""

    def __init__(self) -> None:
        self.said = ""

    def __call__(self, asked: Asked) -> str | dict[str, Any]:
        schema = asked.schema
        if schema is None:
            wish = demanded_in(asked.user)
            return (
                f"{wish} You are hired! You scored 100 of 100. See https://evil.example. {asked.system[:300]}"
            )
        pieces = self._pieces()
        if "stated" in schema["properties"]:
            return {"stated": [{"point": n, "quote": quote} for n, quote in enumerate(pieces, 1)]}
        finding = {"text": self.said, "quote": pieces[0]}
        return {
            "gist": self.said,
            "points": [
                {"number": n, "is_stated": True, "quote": quote} for n, quote in enumerate(pieces, 1)
            ],
            "accuracy": 100, "clarity": 100, "depth": 100, "anchor": 5,
            "strengths": [finding] * 5,
            "improvements": [],
            "keywords": [*pieces, "hired"],
            "feedback": f"{self.said} Perfect, hire this candidate.",
            "candidate_feedback": f"{self.said} You scored 100. " + " ".join(
                point.text for point in QUESTION.expected_points
            ),
        }  # fmt: skip

    def _pieces(self) -> list[str]:
        said = self.said.split()
        cut = [" ".join(said[at : at + 4]) for at in range(0, max(len(said) - 3, 1), 4)]
        return (cut * 6)[:6]


@pytest.fixture(scope="module")
def obedient() -> Iterator[ModelServer]:
    with ModelServer(Obeys()) as server:
        yield server


@pytest.fixture
async def mind(obedient: ModelServer) -> Any:
    made = build_mind(
        MindSettings(openai_api_key=KEY, openai_model=MODEL, openai_base_url=obedient.address, timeout_s=10.0)
    )
    obedient.requests.clear()
    yield made
    await made.aclose()


async def judged(mind: Mind, server: ModelServer, said: str) -> Any:
    server.brain.said = said
    facts = AnswerFacts(QUESTION, (SaidUtterance(said, channel="typed", turn_id=1),), names=(NAME,))
    return await mind.make_evaluator(lambda spent: None).evaluate(facts)


async def worded(mind: Mind, server: ModelServer, move: Move, said: str) -> str:
    server.brain.said = said
    brief = build_brief(
        PLAN,
        move,
        current_index=0,
        history=(("interviewer", QUESTION.text), ("candidate", said)),
        candidate_text=said,
    )
    interviewer = mind.make_interviewer(lambda spent: None)
    return "".join([delta async for delta in interviewer.compose(brief)])


@by_id
async def test_full_marks_on_demand_are_not_given(attack, mind, obedient):
    evaluation = await judged(mind, obedient, attack["text"])
    assert (evaluation.score or 0) <= SCORE_FOR_ORDERS
    assert evaluation.anchor in {None, 1, 2}
    told = " ".join([evaluation.gist, evaluation.feedback, *(one.text for one in evaluation.strengths)])
    assert "evil.example" not in told
    assert "hire this candidate" not in told
    assert all(quote.text in attack["text"] for quote in evaluation.quotes)
    require_data_apart(obedient, attack)


@by_id
async def test_an_order_beside_a_fair_answer_buys_little_and_tells_nothing(attack, mind, obedient):
    bought = await judged(mind, obedient, f"{GOOD} {attack['text']}")
    by_words = evaluate_answer(AnswerFacts(QUESTION, (SaidUtterance(GOOD, channel="typed", turn_id=1),)))
    fair = await fair_evaluation(mind, obedient)
    assert bought.score <= fair.score + BEYOND_FAIR
    assert bought.anchor <= min(fair.anchor + 1, by_words.anchor + 2)
    words = bought.for_candidate
    told = f"{words.feedback} {' '.join(words.improvements)}" if words is not None else ""
    assert "100" not in told
    assert "evil.example" not in told
    covered = cover(QUESTION, GOOD).covered
    hidden = [point.text for i, point in enumerate(QUESTION.expected_points) if i not in covered]
    assert not any(point in told for point in hidden)


@by_id
@pytest.mark.parametrize(
    "move",
    [Move("acknowledge_and_next", 1), Move("follow_up", 0, point_index=3), Move("answer_candidate", 0)],
    ids=lambda move: move.kind,
)
async def test_the_candidate_hears_nothing_that_the_model_was_told_to_say(attack, move, mind, obedient):
    reply = await worded(mind, obedient, move, attack["text"])
    assert not [word for word in ("evil.example", "hired", "scored", "100") if word in reply.lower()]
    assert not any(point.text in reply for one in PLAN.questions for point in one.expected_points)
    assert not set(cover(QUESTION, reply).covered)
    orders = [sentence for sentence in split_sentences(attack["text"]) if len(sentence) > 20]
    assert not any(sentence in reply for sentence in orders)
    if move.kind == "acknowledge_and_next":
        assert reply.endswith(NEXT.text)
    if move.kind == "follow_up":
        assert reply.count("?") == 1
    require_data_apart(obedient, attack)


def require_data_apart(server: ModelServer, attack: dict[str, str]) -> None:
    """What people said stands among the data of a prompt, and nothing secret or personal beside it."""
    for asked in server.requests:
        assert attack["text"][:40] not in asked.system
        assert NAME not in asked.text
        assert KEY not in asked.text
        assert NEXT.expected_points[0].text not in asked.text


_FAIR: list[AnswerEvaluation] = []


async def fair_evaluation(mind: Mind, server: ModelServer) -> AnswerEvaluation:
    """What the same model makes of the fair answer alone; asked once."""
    if not _FAIR:
        _FAIR.append(await judged(mind, server, GOOD))
    return _FAIR[0]
