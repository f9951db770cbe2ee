"""The commands that hold dialogues and probe fairness, as an operator runs them."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import msgspec
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from msgspec.structs import replace

from interviews.bank import get_question
from interviews.language_model.tests.server import KEY, MODEL, Asked, Fails, ModelServer
from interviews.live import events as ev
from interviews.live.log import append
from interviews.mind.settings import MindSettings
from interviews.models import Session
from interviews.plan import Plan

ONE = "half an answer is asked for one missing point"


@pytest.fixture
def hold_interview(transactional_db: None) -> Callable[..., Session]:
    """A session in which one question was asked and answered."""

    def hold(said: str, *, ai_evaluation: bool = True) -> Session:
        plan = Plan(role="Backend engineer", questions=(get_question("backend-migration"),))
        session = Session.objects.create(plan=msgspec.to_builtins(plan))
        events = (
            ev.SessionOpened(plan=plan, duration_ms=1_800_000),
            ev.ConsentChanged(
                notice_version="1", ai_evaluation=ai_evaluation, recording=False, listening=False
            ),
            ev.LineStarted(),
            ev.QuestionStarted(number=1, total=1, text="?", kind="behavioral"),
            ev.TurnStarted(turn_id=1, question=1),
            ev.TranscriptFinal(
                turn_id=1, utterance_id=1, text=said, start_ms=0, end_ms=9_000, confidence=0.9
            ),
            ev.TurnEnded(turn_id=1, text=said, reason="endpoint", question=1, start_ms=0, end_ms=9_000),
        )
        append(session.pk, session.epoch, [replace(event, at=timezone.now()) for event in events])
        session.refresh_from_db()
        return session

    return hold


def run(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def served_by(server: ModelServer) -> MindSettings:
    return MindSettings(
        choice="openai", openai_api_key=KEY, openai_base_url=server.address, openai_model=MODEL, timeout_s=2.0
    )


def test_the_scripted_interviewer_holds_all_dialogues_without_a_fault() -> None:
    told = run("eval_interviewer")
    assert "Interviewer: scripted" in told
    assert "faulty" not in told


def test_replies_are_shown_on_request() -> None:
    assert "candidate:   I would add an index" in run("eval_interviewer", "--only", ONE, "--show")


def test_an_unknown_dialogue_is_told() -> None:
    with pytest.raises(CommandError, match="holds “nonsense”"):
        run("eval_interviewer", "--only", "nonsense")


def talks(asked: Asked) -> str | dict[str, Any]:
    if asked.schema is not None:
        return {"stated": []}
    return "You spoke about finding rows faster. How would you make sure that you have found the cause?"


def test_a_model_is_held_against_the_same_dialogues(settings: Any) -> None:
    with ModelServer(talks) as server:
        settings.MIND = served_by(server)
        told = run("eval_interviewer", "--only", ONE)
    assert f"Interviewer: openai {MODEL} 127.0.0.1" in told
    assert "1 of 1 dialogues without a fault" in told
    assert "requests (0 failed)" in told


def test_a_model_that_fails_has_faults(settings: Any) -> None:
    with ModelServer(lambda asked: Fails(401)) as server:
        settings.MIND = served_by(server)
        with pytest.raises(CommandError, match="1 of 1 dialogues have faults"):
            run("eval_interviewer", "--only", ONE)


@pytest.mark.django_db(transaction=True)
def test_the_probe_finds_nothing_where_words_alone_judge(hold_interview: Callable[..., Session]) -> None:
    session = hold_interview(
        "Um, James and me, we moved the data in small, uh, batches, so nobody lost any orders."
    )
    told = run("fairness_probe", str(session.uuid), str(session.pk), "--scripted")
    assert "other names" in told
    assert "The largest movement of a score is 0 points of 100." in told


@pytest.mark.django_db(transaction=True)
def test_without_consent_nothing_is_probed(hold_interview: Callable[..., Session]) -> None:
    session = hold_interview("We moved the data.", ai_evaluation=False)
    with pytest.raises(CommandError, match="did not agree"):
        run("fairness_probe", str(session.pk), "--scripted")
    with pytest.raises(CommandError, match="no session"):
        run("fairness_probe", "987654", "--scripted")
