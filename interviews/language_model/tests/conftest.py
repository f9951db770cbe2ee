"""A model server and a client for it, for every test here."""

from collections.abc import AsyncIterator, Iterator

import pytest

from interviews.language_model import Prompt, Spent
from interviews.language_model.backends.openai import OpenAILanguageModel, connect
from interviews.language_model.options import ModelOptions
from interviews.language_model.ports import Message
from interviews.language_model.tests.server import KEY, MODEL, ModelServer

PROMPT = Prompt("You are kind.", (Message("user", "Hello there."),), "test-1")


def options_for(server: ModelServer, **changes: object) -> ModelOptions:
    """Like those of an installation, but quick to try again."""
    usual: dict[str, object] = {
        "model": MODEL,
        "base_url": server.address,
        "api_key": KEY,
        "back_off_s": 0.01,
        "longest_back_off_s": 0.1,
    }
    return ModelOptions(**(usual | changes))  # type: ignore[arg-type]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running


@pytest.fixture
async def model(server: ModelServer) -> AsyncIterator[OpenAILanguageModel]:
    model = connect(options_for(server))
    yield model
    await model.aclose()


@pytest.fixture
async def hasty(server: ModelServer) -> AsyncIterator[OpenAILanguageModel]:
    """A client that soon gives a silent server up."""
    model = connect(options_for(server, timeout_s=0.5, first_delta_s=0.5))
    yield model
    await model.aclose()


@pytest.fixture
def bill() -> list[Spent]:
    return []
