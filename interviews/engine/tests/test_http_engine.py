"""What the connection does when an engine misbehaves in every way it can."""

import asyncio
import base64

import pytest

from interviews.engine.backends.http import MOST_BYTES, MOST_TRIES, HttpEngine
from interviews.engine.messages import EngineFacts, Judgement, Reply
from interviews.engine.ports import EngineError
from interviews.engine.tests.local_engine import TEXT, Answer, LocalEngine, fails, says, streams


@pytest.fixture
def engine():
    with LocalEngine() as local:
        yield local


async def all_of(http: HttpEngine, path: str = "/v1/reply", within_s: float = 2.0) -> list:
    return [part async for part in http.stream(path, {"a": 1}, Reply, within_s=within_s)]


async def test_an_answer_comes_back_checked(engine):
    engine.will["/health"] = [says({"name": "mine", "version": "2", "more": [1]})]
    http = HttpEngine(engine.address + "/")
    assert await http.get("/health", EngineFacts, within_s=2) == EngineFacts("mine", "2")
    assert http.host == "127.0.0.1"
    await http.aclose()


async def test_a_password_in_the_address_goes_along(engine):
    engine.will["/health"] = [says({"name": "mine"})]
    http = HttpEngine(engine.address.replace("http://", "http://ada:secret@"))
    await http.get("/health", EngineFacts, within_s=2)
    assert engine.asked[0][2] == "Basic " + base64.b64encode(b"ada:secret").decode()
    assert "secret" not in http.host
    await http.aclose()


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
async def test_what_may_pass_is_tried_again(engine, status):
    engine.will["/health"] = [fails(status), says({"name": "mine"})]
    http = HttpEngine(engine.address)
    assert (await http.get("/health", EngineFacts, within_s=5)).name == "mine"
    assert len(engine.asked) == 2
    await http.aclose()


async def test_tries_are_bounded(engine):
    engine.will["/health"] = [fails(500)]
    http = HttpEngine(engine.address)
    with pytest.raises(EngineError, match=r"^The engine answered 500\.$"):
        await http.get("/health", EngineFacts, within_s=5)
    assert len(engine.asked) == MOST_TRIES
    await http.aclose()


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (fails(400), "answered 400"),
        (fails(404), "answered 404"),
        (fails(302), "answered 302"),
        (Answer([b"<html>"]), "is no JSON"),
        (Answer([b"\xff\xfe"]), "is no JSON"),
        (says({"nme": "mine"}), "required field `name`"),
        (says({"name": 3}), r"Expected `str`, got `int` - at `\$.name`"),
        (says([1]), "Expected `object`"),
        (Answer([b'"' + b"x" * MOST_BYTES + b'"']), "too large"),
    ],
)
async def test_what_will_not_pass_is_not_tried_again(engine, answer, message):
    engine.will["/health"] = [answer]
    http = HttpEngine(engine.address)
    with pytest.raises(EngineError, match=message) as caught:
        await http.get("/health", EngineFacts, within_s=5)
    assert caught.value.permanent
    assert "secret" not in str(caught.value)
    assert len(engine.asked) == 1
    await http.aclose()


async def test_scores_out_of_range_are_no_judgement(engine):
    judged = {"points": [], "accuracy": 101, "clarity": 1, "depth": 1, "anchor": 1}
    engine.will["/v1/evaluation"] = [says(judged)]
    http = HttpEngine(engine.address)
    with pytest.raises(EngineError, match=r"\$\.accuracy"):
        await http.ask("/v1/evaluation", {}, Judgement, within_s=5)
    await http.aclose()


async def test_nobody_there():
    http = HttpEngine("http://127.0.0.1:9")
    with pytest.raises(EngineError, match="can't be reached"):
        await all_of(http)
    await http.aclose()


async def test_a_hanging_engine_is_left(engine):
    engine.will["/v1/reply"] = [Answer([b"{}"], pause_s=5)]
    http = HttpEngine(engine.address)
    with pytest.raises(EngineError, match="in time"):
        await all_of(http, within_s=0.2)
    with pytest.raises(EngineError, match=r"too long|in time"):
        await http.ask("/v1/reply", {}, Reply, within_s=0.2)
    await http.aclose()


async def test_words_come_as_they_are_said(engine):
    text = "Thank you for the ïndex. What does it cost?"
    engine.will["/v1/reply"] = [streams(text)]
    http = HttpEngine(engine.address)
    parts = await all_of(http)
    assert "".join(parts).strip() == text
    assert engine.asked[0][1] == {"a": 1}
    await http.aclose()


async def test_one_answer_instead_of_a_stream(engine):
    engine.will["/v1/reply"] = [says({"text": "Thank you."})]
    http = HttpEngine(engine.address)
    assert await all_of(http) == [Reply("Thank you.")]
    await http.aclose()


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer([b"\xff\xfe\x00"], content_type=TEXT), "no text"),
        (Answer([b"half a "], content_type=TEXT, is_whole=False), "broke"),
        (Answer([b"x" * 65_536] * 9, content_type=TEXT), "too large"),
        (fails(503), "answered 503"),
    ],
)
async def test_a_stream_that_fails(engine, answer, message):
    engine.will["/v1/reply"] = [answer]
    http = HttpEngine(engine.address)
    with pytest.raises(EngineError, match=message):
        await all_of(http)
    assert len(engine.asked) == 1
    await http.aclose()


def test_it_may_be_asked_from_one_loop_after_another(engine):
    engine.will["/health"] = [says({"name": "mine"})]
    http = HttpEngine(engine.address)
    for _ in range(2):
        assert asyncio.run(http.get("/health", EngineFacts, within_s=2)).name == "mine"
