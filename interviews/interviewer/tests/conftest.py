"""A language model behind a real server, and the material of its replies."""

from collections.abc import AsyncIterator, Iterator

import pytest

from interviews.language_model import Spent
from interviews.language_model.backends.openai import OpenAILanguageModel, connect
from interviews.language_model.options import ModelOptions
from interviews.language_model.tests.server import KEY, MODEL, ModelServer


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running


@pytest.fixture
async def model(server: ModelServer) -> AsyncIterator[OpenAILanguageModel]:
    model = connect(ModelOptions(model=MODEL, base_url=server.address, api_key=KEY, back_off_s=0.01))
    yield model
    await model.aclose()


@pytest.fixture
async def hasty(server: ModelServer) -> AsyncIterator[OpenAILanguageModel]:
    """A model that is soon given up when it falls silent after its first words."""
    options = ModelOptions(
        model=MODEL, base_url=server.address, api_key=KEY, between_deltas_s=0.4, back_off_s=0.01
    )
    model = connect(options)
    yield model
    await model.aclose()


@pytest.fixture
def bill() -> list[Spent]:
    return []
