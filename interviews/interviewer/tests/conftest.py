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
    model = connect(
        ModelOptions(
            model=MODEL, base_url=server.address, api_key=KEY,
            timeout_s=0.5, first_delta_s=0.4, between_deltas_s=0.2, back_off_s=0.01,
        )
    )  # fmt: skip
    yield model
    await model.aclose()


@pytest.fixture
def bill() -> list[Spent]:
    return []
