"""GET /api/test/ai/: who answers, whether it does, and what failed; for people with an account."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from interviews.engine.tests.local_engine import LocalEngine, fails, says
from interviews.language_model.tests.server import KEY, MODEL, Asked, Fails, ModelServer
from interviews.live.process import get_process
from interviews.mind.choosing import build_mind
from interviews.mind.settings import MindSettings
from interviews.models import ModelUse, Session

pytestmark = pytest.mark.django_db(transaction=True)


def polite(asked: Asked) -> str | dict[str, Any]:
    return "Hello." if asked.schema is None else {"colour": "green", "number": 7}


@pytest.fixture
def use(monkeypatch):
    def choose(**chosen: Any) -> None:
        monkeypatch.setattr(get_process(), "mind", build_mind(MindSettings(timeout_s=2.0, **chosen)))

    return choose


def test_without_a_model_the_scripted_interviewer_says_so(use, as_user, make_user):
    use()
    told = as_user(make_user("ada")).get("/api/test/ai/").json()
    assert (told["status"], told["interviewer"], told["model"], told["host"]) == (
        "connected",
        "scripted",
        "",
        "",
    )
    assert "no language model" in told["response"]


def test_a_model_that_answers(use, as_user, make_user):
    with ModelServer(polite) as server:
        use(openai_api_key=KEY, openai_model=MODEL, openai_base_url=server.address)
        told = as_user(make_user("ada")).get("/api/test/ai").json()
    assert (told["status"], told["model"], told["host"]) == ("connected", MODEL, "127.0.0.1")
    assert told["capabilities"]
    assert KEY not in str(told)


def test_a_model_that_refuses_the_key(use, as_user, make_user):
    with ModelServer(polite) as server:
        server.will(Fails(401), Fails(401))
        use(openai_api_key="wrong", openai_model=MODEL, openai_base_url=server.address)
        answer = as_user(make_user("ada")).get("/api/test/ai/")
    assert answer.status_code == 200
    assert answer.json()["status"] == "failed"
    assert answer.json()["error"]
    assert "secret" not in str(answer.json())


def test_an_engine(use, as_user, make_user):
    with LocalEngine({"/health": [says({"name": "mine"}), fails(404)]}) as engine:
        use(choice="external", engine_url=engine.address)
        client = as_user(make_user("ada"))
        assert client.get("/api/test/ai/").json()["response"] == "mine at 127.0.0.1 answers."
        assert client.get("/api/test/ai/").json()["error"] == "The engine answered 404."


def test_what_failed_of_late_is_ones_own(use, as_user, make_user, organisation):
    use()
    session = Session.objects.create(organisation=organisation)
    strange = Session.objects.create()
    ModelUse.objects.create(session=session, purpose="reply", model=MODEL, requests=9, failures=2)
    ModelUse.objects.create(session=strange, purpose="reply", model=MODEL, requests=50, failures=50)
    old = ModelUse.objects.create(session=session, purpose="evaluation", model=MODEL, requests=1)
    ModelUse.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=2))
    told = as_user(make_user("ada")).get("/api/test/ai/").json()
    assert told["recent"] == [{"purpose": "reply", "requests": 9, "failures": 2}]


def test_strangers_ask_nobody(use, anyone):
    use()
    assert anyone.get("/api/test/ai/").status_code == 401
