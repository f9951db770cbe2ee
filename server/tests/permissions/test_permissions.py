"""Every operation of the schema, asked by everybody: who is let in, and who learns nothing."""

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.core.cache import cache as throttles
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator

from accounts.models import Organisation, User
from server.tests.permissions.rules import ACCOUNT, ANYBODY, expected, rule_of_each
from server.tests.permissions.world import EMAIL, NAME, PHONE, RESUME, World, build

pytestmark = pytest.mark.django_db(transaction=True)
KEPT_OUT = frozenset({401, 403, 404})
SENT_AS_FORMS = frozenset({"POST /api/sms/webhook/"})
THE_SAME_FOR_ALL = frozenset({"GET /api/question-bank/"})
OF_THEIR_OWN = frozenset({"GET /api/team/"})  # everybody belongs somewhere
EMPTY_HERE = frozenset({"GET /api/skill-gaps/", "GET /api/skill-gaps/summary/"})


@cache
def operations() -> tuple[str, ...]:
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return tuple(
        f"{method.upper()} {path}" for path, methods in schema["paths"].items() for method in methods
    )


@pytest.fixture
def world(organisation: Organisation, make_user: Callable[..., User], settings: Any) -> World:
    settings.GUESTS, settings.REGISTRATION = False, True
    return build(organisation, make_user)


def ask(world: World, who: str, operation: str, **sent: Any) -> Any:
    """As `who`, with the real object in the address. Whatever it changed is taken back."""
    method, path = operation.split()
    names = world.names | next((new for start, new in world.named.items() if path.startswith(start)), {})
    address = re.sub(r"\{(\w+)\}", lambda found: str(names[found[1]]), path)
    throttles.clear()
    with transaction.atomic():
        answer = world.people[who].generic(method, address, **sent)
        transaction.set_rollback(True)
    return answer


def body_for(world: World, operation: str) -> dict[str, Any]:
    if operation in SENT_AS_FORMS:
        return {"content_type": "application/x-www-form-urlencoded"}
    is_empty = operation.startswith("GET ")
    return {} if is_empty else as_json(json.dumps(world.bodies.get(operation, {})))


def as_json(text: str) -> dict[str, Any]:
    return {"data": text, "content_type": "application/json"}


def test_every_operation_has_a_rule_and_no_rule_is_left_over() -> None:
    assert set(rule_of_each()) == set(operations())


def test_everybody_gets_what_the_rules_say(world: World) -> None:
    wrong = []
    for operation, rule in rule_of_each().items():
        for who in world.people:
            wanted = expected(rule, who)
            answer = ask(world, who, operation, **body_for(world, operation))
            is_right = answer.status_code == wanted if wanted else is_let_in(answer)
            if not is_right:
                wrong.append(f"{operation} by {who}: {answer.status_code}, not {wanted or 'let in'}")
    assert not wrong, "\n".join(wrong)


def is_let_in(answer: Any) -> bool:
    if answer.status_code == 404:  # nobody spoke, so there is nothing to hear
        return str(answer.json()["error"]["code"]) == "no_recording"
    is_refused = answer.status_code in KEPT_OUT or answer.status_code >= 500
    return answer.status_code == 503 or not is_refused  # no engine is started


def test_nobodys_words_are_not_read(world: World) -> None:
    """What is wrong with them tells which fields there are, and reading costs."""
    read = []
    for operation, rule in rule_of_each().items():
        if operation.startswith("GET ") or rule.is_blind:
            continue
        answer = ask(world, "nobody", operation, **as_json("{"))
        if answer.status_code != 401:
            read.append((operation, answer.status_code))
    assert not read, read


@pytest.mark.parametrize("who", ["stranger", "other_link"])
def test_an_outsider_reads_no_word_of_ours(world: World, who: str) -> None:
    assert told_to(world, who, (NAME, EMAIL, PHONE, RESUME, str(world.session.uuid))) == []


def test_an_observer_reads_nothing_that_leads_to_the_person(world: World) -> None:
    assert told_to(world, "observer", (EMAIL, PHONE, RESUME)) == []
    assert told_to(world, "reviewer", (EMAIL, PHONE, RESUME)) != []


def told_to(world: World, who: str, words: tuple[str, ...]) -> list[tuple[str, str]]:
    asked = ((one, ask(world, who, one)) for one in rule_of_each() if one.startswith("GET "))
    read = [(one, getattr(answer, "content", b"").decode("utf-8", "replace")) for one, answer in asked]
    return [(one, word) for one, text in read for word in words if word in text]


def test_a_stranger_has_empty_lists_where_a_member_has_full_ones(world: World) -> None:
    for operation, rule in rule_of_each().items():
        if rule not in {ACCOUNT, ANYBODY} or not operation.startswith("GET "):
            continue
        told = ask(world, "stranger", operation).json()
        if "count" in told and operation not in THE_SAME_FOR_ALL | OF_THEIR_OWN:
            assert told["count"] == 0, operation
            wanted = 0 if operation in EMPTY_HERE else 1
            assert ask(world, "observer", operation).json()["count"] >= wanted, operation
    assert ask(world, "stranger", "GET /api/dashboard/").json()["total_sessions"] == 0
    assert ask(world, "stranger", "GET /api/interviews/dashboard-stats/").json()["total"] == 0
