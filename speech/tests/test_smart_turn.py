"""The turn model gives its weak hint, keeps its queue short, and may be missing."""

import asyncio
import sys

import pytest

from speech.backends.smart_turn import MAX_WAITING, SmartTurnModel, find_smart_turn
from speech.clips import ANSWERS
from speech.decoding_process import read_pcm
from speech.turn_model import NoTurnModel

pytestmark = pytest.mark.skipif(find_smart_turn() is None, reason="the turn model is not installed")


@pytest.fixture(scope="module")
def model() -> SmartTurnModel:
    path = find_smart_turn()
    assert path is not None
    return SmartTurnModel(path)


def until(name: str, ms: int) -> bytes:
    return read_pcm(ANSWERS / f"{name}.flac")[: ms * 32]


async def test_it_hears_an_end(model: SmartTurnModel) -> None:
    found = await model.completeness(until("dont_know", 2_893 + 250))
    assert found is not None
    assert found > 0.9


async def test_it_hears_somebody_going_on(model: SmartTurnModel) -> None:
    found = await model.completeness(until("midsentence", 7_750 + 250))
    assert found is not None
    assert found < 0.1


async def test_any_length_will_do(model: SmartTurnModel) -> None:
    for pcm in (b"", bytes(2), bytes(32_000 * 20)):
        found = await model.completeness(pcm)
        assert found is not None
        assert 0 <= found <= 1


async def test_only_the_last_eight_seconds_count(model: SmartTurnModel) -> None:
    pcm = until("migration", 16_000)
    assert model.ask(pcm) == pytest.approx(model.ask(pcm[-8 * 32_000 :]), abs=1e-4)


async def test_who_asks_too_much_gets_no_opinion(model: SmartTurnModel) -> None:
    pcm = until("yes", 2_000)
    found = await asyncio.gather(*(model.completeness(pcm) for _ in range(MAX_WAITING + 3)))
    assert found.count(None) == 3


def test_the_wheel_is_not_imported(model: SmartTurnModel) -> None:
    assert "pipecat" not in sys.modules
    assert model.describe() == "smart-turn-v3.2-cpu"


async def test_without_it_there_is_no_opinion() -> None:
    model = NoTurnModel("pipecat-ai is not installed")
    assert await model.completeness(b"") is None
    assert "pipecat-ai" in model.describe()
