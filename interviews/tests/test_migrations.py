"""Rows that were there before a migration are there after it."""

from collections.abc import Iterator

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db(transaction=True)
APP = "interviews"
BEFORE_RUNS = (APP, "0002_model_use")


def migrate(target: tuple[str, str]) -> Apps:
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return MigrationExecutor(connection).loader.project_state([target]).apps


@pytest.fixture
def newest() -> Iterator[tuple[str, str]]:
    target = next(leaf for leaf in MigrationExecutor(connection).loader.graph.leaf_nodes() if leaf[0] == APP)
    yield target
    migrate(target)


def test_evaluations_of_whole_sessions_become_the_first_run(newest: tuple[str, str]) -> None:
    before = migrate(BEFORE_RUNS)
    session = before.get_model(APP, "Session").objects.create()
    content = {"overall_score": 71.5, "basis": "abc"}
    before.get_model(APP, "Evaluation").objects.create(
        session=session, content=content, evaluator="lexical 1", overall=71.5, head_hash="f" * 64
    )
    after = migrate(newest)
    kept = after.get_model(APP, "Evaluation").objects.get(session_id=session.pk)
    assert (kept.number, kept.run, kept.is_current, kept.asked_by) == (0, 1, True, None)
    assert (kept.content, kept.overall, kept.head_hash) == (content, 71.5, "f" * 64)
    assert (kept.model, kept.judgements) == ("", 1)
