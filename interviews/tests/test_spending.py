"""What sessions cost: added up off the event loop, shown to members, lost for nobody who only waits."""

import threading
from typing import Any

import pytest
from msgspec.structs import replace

from interviews.language_model import Spent
from interviews.models import ModelUse, Session
from interviews.spending import Cost, cost_of, settle, spend_for

REPLY = Spent("reply", "a-model", input_tokens=1_000, cached_tokens=400, output_tokens=50)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session() -> Session:
    return Session.objects.create(title="A talk")


@pytest.fixture(autouse=True)
def _prices(settings: Any) -> None:
    settings.MIND = replace(settings.MIND, price_input=2.0, price_output=8.0)


def test_requests_of_one_purpose_add_up_from_many_threads(session: Session) -> None:
    spend = spend_for(session.pk)
    asking = [threading.Thread(target=spend, args=(REPLY,)) for _ in range(8)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    spend(Spent("evaluation", "a-model", has_failed=True, is_estimate=True))
    assert settle()
    cost = cost_of(session)
    assert cost.models == ("a-model",)
    assert cost.by_purpose["reply"] == Cost(8, 0, 8_000, 3_200, 400, money=0.0192)
    assert cost.by_purpose["evaluation"] == Cost(1, 1, is_estimate=True, money=0.0)
    assert (cost.total.requests, cost.total.money, cost.total.is_estimate) == (9, 0.0192, True)
    assert ModelUse.objects.count() == 2


def test_without_prices_there_is_no_sum_of_money(session: Session, settings: Any) -> None:
    settings.MIND = replace(settings.MIND, price_output=None)
    spend_for(session.pk)(REPLY)
    assert settle()
    assert cost_of(session).total.money is None
    assert cost_of(session).total.output_tokens == 50


def test_a_session_that_is_gone_and_one_that_is_not_there_yet_disturb_nobody(session: Session) -> None:
    spend_for(session.pk + 1_000)(REPLY)
    spend_for(None)(REPLY)
    spend_for(session.pk)(REPLY)
    assert settle()
    assert cost_of(session).total.requests == 1
    assert ModelUse.objects.count() == 1
