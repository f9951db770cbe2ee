"""Judging again over REST, comparing, the summary on request and the Job Fit Score; and who may."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import msgspec
import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.core.management import CommandError, call_command
from django.test import AsyncClient

from accounts.models import Role, User
from hiring.models import Job
from interviews.background.kinds import GiveUpError
from interviews.evaluation.ports import EvaluatorError
from interviews.language_model.tests.server import KEY, MODEL, Asked, Fails, ModelServer
from interviews.live.process import get_process
from interviews.mind.choosing import build_mind
from interviews.mind.settings import MindSettings
from interviews.models import Evaluation, Session, Task
from interviews.plan import Plan
from interviews.rejudging import carry_out

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = (
    "First we moved the data in small batches, because nobody should lose orders. For example, last year a "
    "script compared every row in both databases, and in the end we had zero downtime."
)


class Judge:
    """Fills in whatever form is asked for; every answer states its first point."""

    accuracy = 90.0

    def __call__(self, asked: Asked) -> dict[str, Any]:
        fields = set(asked.schema["properties"])
        if "suggestions" in fields:
            return {"suggestions": ["Tell one change from start to end."] * 5}
        if "sentences" in fields:
            return {"sentences": ["The data was moved in small batches.", "There were 77 people."]}
        return {
            "gist": "The data was moved in small batches.",
            "points": [{"number": 1, "is_stated": True, "quote": "we moved the data in small batches"}],
            "accuracy": self.accuracy,
            "clarity": 70,
            "depth": 60,
            "anchor": 3,
            "strengths": [],
            "improvements": [],
            "keywords": ["small batches"],
            "feedback": "The steps are clear.",
            "candidate_feedback": "Thank you, the steps were easy to follow.",
        }


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(Judge()) as running:
        yield running


@pytest.fixture
def with_model(server: ModelServer, settings: Any, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    settings.MIND = MindSettings(
        choice="openai", openai_base_url=server.address, openai_api_key=KEY, openai_model=MODEL, timeout_s=3.0
    )
    monkeypatch.setattr(get_process(), "mind", build_mind(settings.MIND))
    return server


@pytest.fixture
def over(hiring: Any) -> Any:
    """A session of the recruiter's with two answers, ended."""
    assert hiring.candidate.post(f"{hiring.path}start/").status_code == 200
    for question in hiring.recruiter.get(f"{hiring.path}questions/").json()["results"]:
        address = f"{hiring.path}questions/{question['id']}/answer/"
        assert hiring.candidate.post(address, {"answer": WORDS}).status_code == 201
    assert hiring.recruiter.post(f"{hiring.path}end/").status_code == 200
    return hiring


def session_of(hiring: Any) -> Session:
    return Session.objects.get(pk=hiring.made["id"])


def test_a_second_run_and_what_it_changed(over: Any, told: Any, with_model: ModelServer) -> None:
    before = told(over.recruiter.get(f"{over.path}score/"), 200)
    first = told(over.recruiter.post(f"{over.path}evaluate/", {}), 200)
    assert first["run"] == 2
    assert first["changes"]["changed"] == [1, 2]
    assert first["changes"]["overall_score"] == [before["overall_score"], first["overall_score"]]
    assert [one["model"] for one in first["changes"]["answers"][0]["made_with"]] == ["", MODEL]
    with_model.brain.accuracy = 10.0
    second = told(over.recruiter.post(f"{over.path}evaluate/", {"numbers": [2]}), 200)
    assert second["changes"]["changed"] == [2]
    assert second["changes"]["answers"][1]["score_change"] < 0
    runs = told(over.recruiter.get(f"{over.path}evaluations/"), 200)
    assert [(one["run"], one["is_current"], one["asked_by"]) for one in runs["runs"]] == [
        (1, False, ""),
        (2, False, "Rita"),
        (3, True, "Rita"),
    ]
    assert runs["changes"] == second["changes"]
    both = told(over.recruiter.get(f"{over.path}evaluations/?from=1&to=2"), 200)
    assert both["changes"] == first["changes"]
    score = told(over.recruiter.get(f"{over.path}score/"), 200)
    assert score["overall_score"] == second["overall_score"]
    shown = score["question_scores"][0]
    assert (shown["model"], shown["gist"]) == (MODEL, "The data was moved in small batches.")


def test_words_alone_may_judge_instead(over: Any, told: Any, with_model: ModelServer) -> None:
    told(over.recruiter.post(f"{over.path}evaluate/", {}), 200)
    asked = len(with_model.requests)
    again = told(over.recruiter.post(f"{over.path}evaluate/", {"evaluator": "words"}), 200)
    assert [one["evaluator"] for one in again["changes"]["answers"][0]["made_with"]] == [
        "language_model",
        "lexical",
    ]
    assert len(with_model.requests) == asked


def test_a_model_that_fails_changes_nothing(over: Any, told: Any, with_model: ModelServer) -> None:
    before = told(over.recruiter.get(f"{over.path}score/"), 200)
    with_model.brain = lambda asked: Fails(401)
    error = told(over.recruiter.post(f"{over.path}evaluate/", {}), 503)
    assert error["code"] == "evaluator_unavailable"
    assert KEY not in error["message"]
    assert told(over.recruiter.get(f"{over.path}score/"), 200) == before
    assert len(told(over.recruiter.get(f"{over.path}evaluations/"), 200)["runs"]) == 1


def test_a_summary_is_written_when_asked_for(over: Any, told: Any, with_model: ModelServer) -> None:
    told(over.recruiter.post(f"{over.path}evaluate/", {}), 200)
    asked = len(with_model.requests)
    plain = told(over.recruiter.get(f"{over.path}score/"), 200)["overall_summary"]
    assert (
        told(over.recruiter.get(f"{over.path}score/?generate_summary=false"), 200)["overall_summary"] is None
    )
    assert len(with_model.requests) == asked
    for _ in range(2):
        written = told(over.recruiter.get(f"{over.path}score/?generate_summary=true"), 200)["overall_summary"]
        assert written == f"{plain} The data was moved in small batches."
    assert len(with_model.requests) == asked + 1
    assert told(over.recruiter.get(f"{over.path}score/"), 200)["overall_summary"] == written


def test_candidates_read_nothing_of_it(guest: Any, told: Any, with_model: ModelServer) -> None:
    guest.post(f"{guest.path}start/")
    for question in guest.get(f"{guest.path}questions/").json()["results"]:
        guest.post(f"{guest.path}questions/{question['id']}/answer/", {"answer": WORDS})
    guest.post(f"{guest.path}end/")
    asked = len(with_model.requests)
    score = told(guest.get(f"{guest.path}score/?generate_summary=true"), 200)
    assert len(with_model.requests) == asked
    assert score["job_fit_score"] is None
    assert {one["gist"] for one in score["question_scores"]} == {""}
    assert told(guest.post(f"{guest.path}evaluate/", {}), 200)["changes"] is None
    told(guest.get(f"{guest.path}evaluations/"), 403)


def test_the_candidates_words_come_from_what_was_checked(
    over: Any, told: Any, with_model: ModelServer
) -> None:
    told(over.recruiter.post(f"{over.path}evaluate/", {}), 200)
    Session.objects.filter(pk=over.made["id"]).update(purpose=Session.Purpose.PRACTICE)
    shown = told(over.candidate.get(f"{over.path}score/"), 200)["question_scores"][0]
    assert shown["feedback"] == "Thank you, the steps were easy to follow."
    points = [point for row in session_of(over).questions.all() for point in row.expected_points]
    assert not [point for point in points if point in str(shown)]


def test_who_may(over: Any, told: Any, make_user: Any, as_user: Any, stranger: Any, anyone: Any) -> None:
    observer = as_user(make_user("olga", Role.OBSERVER))
    told(observer.post(f"{over.path}evaluate/", {}), 403)
    told(observer.get(f"{over.path}evaluations/"), 200)
    told(stranger.post(f"{over.path}evaluate/", {}), 404)
    told(stranger.get(f"{over.path}evaluations/"), 404)
    told(over.candidate.post(f"{over.path}evaluate/", {}), 403)
    told(anyone.post(f"{over.path}evaluate/", {}), 401)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"numbers": [9]}, "no_such_question"),
        ({"numbers": [0]}, "invalid"),
        ({"numbers": "1"}, "invalid"),
        ({"numbers": [1] * 500}, "invalid"),
        ({"evaluator": "oracle"}, "invalid"),
        ({"rubric": 7}, "invalid"),
    ],
)
def test_wishes_that_are_none(over: Any, told: Any, body: dict[str, Any], code: str) -> None:
    assert told(over.recruiter.post(f"{over.path}evaluate/", body), 400)["code"] == code


def test_not_before_the_end_and_not_without_consent(hiring: Any, told: Any) -> None:
    error = told(hiring.recruiter.post(f"{hiring.path}evaluate/", {}), 409)
    assert error["code"] == "not_over"
    assert told(hiring.recruiter.get(f"{hiring.path}evaluations/"), 200) == {
        "runs": [],
        "changes": None,
        "is_sealed": True,
    }
    Session.objects.filter(pk=hiring.made["id"]).update(status=Session.Status.COMPLETED, consent={})
    assert told(hiring.recruiter.post(f"{hiring.path}evaluate/", {}), 409)["code"] == "not_agreed"


@pytest.mark.parametrize("query", ["from=9", "to=77", "from=1&to=9"])
def test_runs_that_do_not_exist(over: Any, told: Any, query: str) -> None:
    told(over.recruiter.get(f"{over.path}evaluations/?{query}"), 404)
    told(over.recruiter.get(f"{over.path}evaluations/?from=two"), 400)


def test_the_job_fit_score_is_the_panels(over: Any, told: Any) -> None:
    session = session_of(over)
    names = [one.competency for one in msgspec.convert(session.plan, Plan).questions]
    wanted = [{"name": names[0], "weight": 4}, {"name": "Piloting helicopters", "weight": 2}]
    session.job = Job.objects.create(organisation=session.organisation, title="E", competencies=wanted)
    session.save()
    score = told(over.recruiter.get(f"{over.path}score/"), 200)
    assert 0 <= score["job_fit_score"] <= 100
    Session.objects.filter(pk=session.pk).update(purpose=Session.Purpose.PRACTICE)
    assert told(over.candidate.get(f"{over.path}score/"), 200)["job_fit_score"] is None


def run(*words: str) -> str:
    out = StringIO()
    call_command("evaluate", *words, stdout=out)
    return out.getvalue()


def test_the_command_judges_again_and_compares(over: Any, with_model: ModelServer) -> None:
    reference = str(over.made["session_id"])
    assert f"language model {MODEL}" in run(reference)
    with pytest.raises(CommandError, match="no two runs"):
        run(reference, "--compare")
    told = run(reference, "--again", "--words")
    assert "Run 2" in told
    assert f"{MODEL} -> lexical" in told
    assert "Run 2 beside run 1" in run(reference, "--compare")
    assert "Run 3" in run(reference, "--again", "--rubric", "bank", "--numbers", "1")
    assert Evaluation.objects.get(session__uuid=reference, number=1, is_current=True).model == MODEL
    with pytest.raises(CommandError, match="knows no such model"):
        run(reference, "--again", "--model", "another-model")
    with pytest.raises(CommandError, match="no question 9"):
        run(reference, "--again", "--numbers", "9")
    with_model.brain = lambda asked: Fails(401)
    with pytest.raises(CommandError, match="nothing changed"):
        run(reference, "--again")


def test_the_command_refuses_what_is_not_there(hiring: Any) -> None:
    with pytest.raises(CommandError, match="no session"):
        run("999999")
    with pytest.raises(CommandError, match="not over"):
        run(str(hiring.made["id"]))


def test_in_the_background(over: Any, told: Any, with_model: ModelServer) -> None:
    body = {"in_background": True, "numbers": [1], "evaluator": "usual"}
    assert told(over.recruiter.post(f"{over.path}evaluate/", body), 202)["run"] is None
    error = told(over.recruiter.post(f"{over.path}evaluate/", {**body, "numbers": [9]}), 400)
    assert error["code"] == "no_such_question"
    task = Task.objects.get(kind="judge.again")
    with_model.brain = lambda asked: Fails(503)
    with pytest.raises(EvaluatorError):
        async_to_sync(carry_out)(task.payload, get_process().mind)
    with_model.brain = lambda asked: Fails(401)
    with pytest.raises(GiveUpError):
        async_to_sync(carry_out)(task.payload, get_process().mind)
    assert len(told(over.recruiter.get(f"{over.path}evaluations/"), 200)["runs"]) == 1
    with_model.brain = Judge()
    async_to_sync(carry_out)(task.payload, get_process().mind)
    runs = told(over.recruiter.get(f"{over.path}evaluations/"), 200)
    assert runs["changes"]["changed"] == [1]
    assert runs["runs"][-1]["asked_by"] == "Rita"
    Session.objects.filter(pk=over.made["id"]).delete()
    with pytest.raises(GiveUpError):
        async_to_sync(carry_out)(task.payload, get_process().mind)


async def test_under_a_server_the_model_is_asked_on_its_loop(
    over: Any, told: Any, with_model: ModelServer, browser: AsyncClient
) -> None:
    user = await sync_to_async(User.objects.get)(username="rita")
    await sync_to_async(browser.force_login)(user)
    for run_number in (2, 3):
        rerun = told(await browser.post(f"{over.path}evaluate/", {}, content_type="application/json"), 200)
        assert rerun["run"] == run_number
    summary = told(await browser.get(f"{over.path}score/?generate_summary=true"), 200)["overall_summary"]
    assert summary.endswith("The data was moved in small batches.")
    await get_process().mind.aclose()
