"""The client against a real server on a socket that speaks the chat API, well and badly, in many dialects."""

import asyncio

import pytest
from msgspec import Struct

from interviews.language_model import LanguageModelError, Prompt, Spent
from interviews.language_model.backends.openai import OpenAILanguageModel, connect
from interviews.language_model.tests.conftest import PROMPT, options_for
from interviews.language_model.tests.dialects import ALL, Dialect
from interviews.language_model.tests.server import Asked, Fails, ModelServer, Says


class Card(Struct, frozen=True):
    colour: str
    number: int


async def said(model: OpenAILanguageModel, bill: list[Spent], prompt: Prompt = PROMPT) -> list[str]:
    return [delta async for delta in model.stream(prompt, purpose="reply", spend=bill.append)]


def thinks(asked: Asked) -> Says | dict[str, object]:
    if asked.schema is not None:
        return Says({"colour": "red", "number": 7}, thoughts="Which colour?")
    return Says("Thank you. Go on, please.", thoughts="Be kind.")


async def test_words_are_streamed_and_counted(
    model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.will(Says("Thank you. Go on, please.", pieces=5))
    deltas = await said(model, bill)
    assert "".join(deltas) == "Thank you. Go on, please."
    assert len(deltas) == 5
    asked = server.requests[0]
    assert (asked.path, asked.key, asked.system, asked.user) == (
        "/v1/chat/completions", "sk-test", "You are kind.", "Hello there.",
    )  # fmt: skip
    (spent,) = bill
    assert (spent.purpose, spent.model, spent.output_tokens) == ("reply", "a-model", 5)
    assert spent.input_tokens > spent.cached_tokens > 0
    assert not spent.is_estimate
    assert not spent.has_failed


@pytest.mark.parametrize("dialect", ALL, ids=lambda dialect: dialect.name)
async def test_every_kind_of_server_answers_and_is_remembered(
    dialect: Dialect, model: OpenAILanguageModel, server: ModelServer, bill: list[Spent]
) -> None:
    server.dialect, server.brain = dialect, thinks
    for _ in range(2):
        assert "".join(await said(model, bill)) == "Thank you. Go on, please."
        assert await model.fill(PROMPT, Card, purpose="evaluation", spend=bill.append) == Card("red", 7)
    before = len(server.requests)
    await said(model, bill)
    await model.fill(PROMPT, Card, purpose="evaluation", spend=bill.append)
    assert len(server.requests) == before + 2
    assert len(bill) == before + 2
    assert not bill[-1].has_failed
    assert all("You are kind." in asked.text for asked in server.requests)


@pytest.mark.parametrize(
    ("status", "is_permanent", "tries"),
    [(401, True, 1), (403, True, 1), (404, True, 1), (429, False, 3), (500, False, 3), (503, False, 3)],
)
async def test_a_refusal_is_met_by_what_it_means(
    status: int,
    is_permanent: bool,
    tries: int,
    model: OpenAILanguageModel,
    server: ModelServer,
    bill: list[Spent],
) -> None:
    server.will(*[Fails(status)] * 9)
    with pytest.raises(LanguageModelError, match=str(status)) as raised:
        await said(model, bill)
    assert raised.value.permanent == is_permanent
    assert "secret" not in repr(raised.value) + repr(raised.value.__dict__)
    assert len(server.requests) == len(bill) == tries
    assert all(spent.has_failed and spent.input_tokens == 0 for spent in bill)


async def test_no_server_at_all(free_port: int, server: ModelServer, bill: list[Spent]) -> None:
    model = connect(options_for(server, base_url=f"http://127.0.0.1:{free_port}/v1"))
    with pytest.raises(LanguageModelError, match="can't be reached"):
        await said(model, bill)
    await model.aclose()


def test_it_works_on_whichever_loop_asks(server: ModelServer, bill: list[Spent]) -> None:
    model = connect(options_for(server))
    for _ in range(2):
        assert "".join(asyncio.run(said(model, bill)))
    assert len(server.requests) == 2
