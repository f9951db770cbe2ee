"""An interview led and judged by a language model behind a real server, which fails in the middle of it."""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from consumers.candidate_client import CandidateClient
from e2e.faults.talk import eventually
from e2e.served import Served
from interviews.bank import get_question
from interviews.language_model.tests.server import KEY, MODEL, Asked, Fails, ModelServer

KEYS = ("backend-generator", "backend-index", "backend-mistake")
THANKS = "Thank you for speaking about the generator."
ANSWER = (
    "A generator yields one value after the other and holds only one in memory, while a comprehension builds "
    "the whole list at once. For big files that saves memory, but it can only be walked through once."
)
GIST = "Explains that a generator yields values one by one."


def mind(asked: Asked) -> str | dict[str, Any]:
    if asked.schema is None:
        return THANKS
    fields = asked.schema["properties"]
    if "stated" in fields:
        return {"stated": []}
    if "suggestions" in fields:
        return {"suggestions": []}
    return {
        "gist": GIST,
        "points": [{"number": 1, "is_stated": True, "quote": "holds only one in memory"}],
        "accuracy": 80, "clarity": 70, "depth": 60, "anchor": 4,
        "strengths": [], "improvements": [], "keywords": ["generator"],
        "feedback": "Clear.", "candidate_feedback": "Clear and in order.",
    }  # fmt: skip


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with ModelServer(mind) as running:
        yield running


@pytest.fixture(scope="module")
def server(miniature: Path, model: ModelServer) -> Iterator[Served]:
    settings = {
        "INTERVIEWER": "openai",
        "OPENAI_BASE_URL": model.address,
        "OPENAI_API_KEY": KEY,
        "OPENAI_MODEL": MODEL,
        "OPENAI_PRICE_INPUT": "1",
        "OPENAI_PRICE_OUTPUT": "2",
    }
    with Served(miniature, **settings) as running:
        yield running


class Recruiter:
    """Reads over REST what people of the organisation may read."""

    def __init__(self, server: Served, user: str, password: str) -> None:
        self._site = f"http://127.0.0.1:{server.port}"
        self._token = ""
        signed_in = self.post("/api/auth/login/", {"username": user, "password": password})
        self._token = signed_in["access"]

    def get(self, path: str) -> Any:
        return self._ask(path)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self._ask(path, body)

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = json.dumps(body).encode() if body is not None else None
        request = Request(self._site + path, data, headers)  # noqa: S310 (our own server)
        with urlopen(request, timeout=20) as answer:  # noqa: S310
            return json.load(answer)


@pytest.fixture
async def candidate(server: Served) -> AsyncIterator[tuple[CandidateClient, dict[str, str]]]:
    made = server.make("interview", *KEYS)
    address = f"ws://127.0.0.1:{server.port}/ws/interviews/{made['uuid']}/"
    client = CandidateClient(address, made["token"], voice_speed=50)
    yield client, made
    await client.close()


async def answer(client: CandidateClient, text: str) -> str:
    """Type `text` when it is our turn and give the whole reply to it."""
    await client.until(lambda: client.state == "listening")
    before = len(client.of("reply.finished"))
    await client.send({"type": "answer.text", "text": text})
    await client.until(lambda: len(client.of("reply.finished")) > before)
    return str(client.of("reply.finished")[-1]["text"])


async def test_a_model_leads_judges_in_the_background_and_may_fail(
    server: Served, model: ModelServer, candidate: tuple[CandidateClient, dict[str, str]]
) -> None:
    client, made = candidate
    recruiter = Recruiter(server, made["user"], made["password"])
    session = f"/api/sessions/{made['uuid']}"
    await client.start()
    await client.begin()

    reply = await answer(client, ANSWER)
    while get_question(KEYS[1]).text not in reply:  # the words alone may ask for a point that is missing
        reply = await answer(client, "It gives one element at a time, so nothing is kept.")
    assert reply.startswith(THANKS)

    sealed = recruiter.get(f"{session}/score/")["question_scores"][0]
    assert (sealed["score"], sealed["model"]) == (None, "")
    recruiter.post(f"{session}/ratings/", {"number": 1, "score": 3})

    def judged() -> Any:
        score = recruiter.get(f"{session}/score/")["question_scores"][0]
        return score if score["model"] == MODEL else None

    first = await eventually(judged, "the first answer's evaluation while the interview goes on")
    assert first["gist"] == GIST
    assert recruiter.get(f"{session}/")["status"] == "in_progress"

    model.brain = lambda asked: Fails(503)
    asked_before = len(model.requests)
    reply = await answer(
        client, "I would add an index on the user id, measure first, and keep an eye on writes."
    )
    assert THANKS not in reply
    assert "?" in reply or get_question(KEYS[2]).text in reply
    assert len(model.requests) > asked_before
    model.brain = mind

    await client.send({"type": "session.end"})
    await client.until(lambda: client.state == "ended")
    evaluated = await eventually(
        lambda: (
            (score := recruiter.get(f"{session}/score/"))["question_scores"][1]["model"] == MODEL and score
        ),
        "the second answer's evaluation, once the model is back",
    )
    assert evaluated["overall_score"] > 0
    use = recruiter.get(f"{session}/")["model_use"]
    assert use["input_tokens"] > 0
    report = recruiter.get(f"/api/reports/{made['uuid']}/json/")
    engines = json.dumps(report["report"]["provenance"]["engines"])
    assert MODEL in engines
    assert "scripted" in engines
    assert KEY not in json.dumps(report)
    assert KEY not in server.log()
    assert ANSWER[:40] not in server.log()
