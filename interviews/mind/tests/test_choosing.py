"""Which mind the settings bring, and what it says of itself."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviews.interviewer.coverage_judge import LanguageModelCoverageJudge
from interviews.interviewer.language_model import LanguageModelInterviewer
from interviews.language_model.tests.dialects import LLAMA_CPP
from interviews.language_model.tests.server import KEY, MODEL, Asked, Fails, ModelServer
from interviews.mind.choosing import build_mind
from interviews.mind.facts import facts_of
from interviews.mind.ports import Mind, MindFacts
from interviews.mind.settings import MindSettings


def answers(asked: Asked) -> str | dict[str, object]:
    return "Hello." if asked.schema is None else {"colour": "green", "number": 7}


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(answers) as running:
        yield running


def mind_at(server: ModelServer) -> Mind:
    return build_mind(
        MindSettings(openai_api_key=KEY, openai_model=MODEL, openai_base_url=server.address, timeout_s=2.0)
    )


def test_without_a_key_nobody_is_asked() -> None:
    mind = build_mind(MindSettings())
    assert mind.facts == MindFacts("scripted")
    assert mind.make_coverage_judge(lambda spent: None) is None
    assert mind.make_interviewer(lambda spent: None).is_worth_preparing is False


def test_an_engine_is_known_by_its_address() -> None:
    mind = build_mind(MindSettings(choice="external", engine_url="http://ada:secret@engine.example:8001/v"))
    assert mind.facts == MindFacts("external", host="engine.example")


def test_the_address_of_an_engine_is_enough_to_have_it_asked() -> None:
    address = "http://127.0.0.1:8001"
    assert MindSettings(engine_url=address).resolved == "external"
    assert MindSettings(engine_url=address, openai_api_key=KEY).resolved == "external"
    assert MindSettings(engine_url=address, choice="scripted").resolved == "scripted"


@pytest.mark.parametrize(
    "settings",
    [
        MindSettings(),
        MindSettings(openai_api_key=KEY),
        MindSettings(openai_model="llama3.1", openai_base_url="http://127.0.0.1:11434/v1"),
        MindSettings(choice="external", engine_url="http://engine.example:8001/v"),
    ],
)
def test_what_people_are_told_is_what_answers(settings: MindSettings) -> None:
    assert facts_of(settings) == build_mind(settings).facts


async def test_a_model_words_and_judges(server: ModelServer) -> None:
    mind = mind_at(server)
    assert mind.facts == MindFacts("openai", MODEL, "127.0.0.1")
    assert isinstance(mind.make_interviewer(lambda spent: None), LanguageModelInterviewer)
    assert isinstance(mind.make_coverage_judge(lambda spent: None), LanguageModelCoverageJudge)
    await mind.aclose()


def test_the_usual_model_is_openai_s() -> None:
    assert build_mind(MindSettings(openai_api_key=KEY)).facts == MindFacts(
        "openai", "gpt-4.1-mini", "api.openai.com"
    )


def test_a_probe_tells_what_was_found_out(server: ModelServer) -> None:
    server.dialect = LLAMA_CPP
    mind = mind_at(server)
    found = asyncio.run(mind.probe())
    assert found.is_ok
    assert "streaming" in found.capabilities
    assert "strict schemas" not in found.capabilities
    assert "strict schemas" in found.detail
    again = asyncio.run(mind.probe())
    assert again.capabilities == found.capabilities


def test_a_probe_of_a_model_that_fails_says_why(server: ModelServer) -> None:
    server.will(Fails(401))
    found = asyncio.run(mind_at(server).probe())
    assert not found.is_ok
    assert "401" in found.detail
    assert "secret" not in found.detail


def test_the_scripted_mind_loads_no_client(repo_root: Path) -> None:
    made = (
        "from interviews.mind.choosing import build_mind; from interviews.mind.settings import MindSettings"
    )
    asked = (
        "import sys; build_mind(MindSettings()); sys.exit('openai' in sys.modules or 'httpx2' in sys.modules)"
    )
    program = f"{made}; {asked}"
    done = subprocess.run([sys.executable, "-c", program], cwd=repo_root, check=False, timeout=60)
    assert done.returncode == 0
