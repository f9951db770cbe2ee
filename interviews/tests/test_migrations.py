"""Rows that were there before a migration are there after it."""

from collections.abc import Iterator

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

pytestmark = pytest.mark.django_db(transaction=True)
APP = "interviews"
BEFORE_RUNS = (APP, "0002_model_use")


def migrate(target: tuple[str, str]) -> Apps:
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return MigrationExecutor(connection).loader.project_state([target]).apps


@pytest.fixture
def newest() -> Iterator[tuple[str, str]]:
    """Afterwards every package is whole again: those that build on this one were taken back with it."""
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield next(leaf for leaf in leaves if leaf[0] == APP)
    MigrationExecutor(connection).migrate(leaves)


def test_what_was_there_is_there_afterwards(newest: tuple[str, str]) -> None:
    """In one journey, which takes seconds."""
    before = migrate(BEFORE_RUNS)
    session, turn = before.get_model(APP, "Session"), before.get_model(APP, "Turn")
    now = timezone.now()
    held, begun, waiting = (session.objects.create(started_at=at) for at in (now, now, None))
    for number in (1, 2, 0):
        turn.objects.create(
            session=held, speaker="candidate", number=number, seq=number, question_number=number, at=now
        )
    content = {"overall_score": 71.5, "basis": "abc"}
    before.get_model(APP, "Evaluation").objects.create(
        session=held, content=content, evaluator="lexical 1", overall=71.5, head_hash="f" * 64
    )
    after = migrate(newest)
    the_evaluation_of_a_session_is_the_first_run(after, held.pk, content)
    reached = dict(after.get_model(APP, "Session").objects.values_list("pk", "reached_question"))
    assert reached == {held.pk: 2, begun.pk: 0, waiting.pk: 0}


def the_evaluation_of_a_session_is_the_first_run(after: Apps, pk: int, content: dict[str, object]) -> None:
    kept = after.get_model(APP, "Evaluation").objects.get(session_id=pk)
    assert (kept.number, kept.run, kept.is_current, kept.asked_by) == (0, 1, True, None)
    assert (kept.content, kept.overall, kept.head_hash) == (content, 71.5, "f" * 64)
    assert (kept.model, kept.judgements) == ("", 1)
