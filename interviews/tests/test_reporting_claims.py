"""What the report says of claims, gaps, cost and judges, and that it claims no more than words show."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from accounts.models import Organisation
from hiring.models import Job
from hiring.models import Plan as KeptPlan
from interviews.bank import get_question
from interviews.evaluating import read_session
from interviews.evaluation.lexical import evaluate_answer
from interviews.evaluation.results import Judgement
from interviews.kept_evaluations import Judged, keep_answer
from interviews.live import events as ev
from interviews.live.log import append
from interviews.models import ModelUse, Session
from interviews.plan import Claim, Plan
from interviews.progress import Move
from interviews.reporting import report_content
from interviews.reporting.claims import without_example
from interviews.reporting.policy import candidate_policy
from reports.content import CandidatePolicy, Question, ReportContent
from reports.json_twin import render_json

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SAID = "I would look at the logs. We had zero downtime during the whole thing."


@pytest.fixture
def session() -> Session:
    """One question answered, one about a résumé that was put and left open, one that was never reached."""
    organisation = Organisation.objects.create(name="Acme")
    competencies = [{"name": "Data and storage", "weight": 3}, {"name": "Mentoring", "weight": 1}]
    job = Job.objects.create(organisation=organisation, title="Engineer", competencies=competencies)
    own = msgspec.structs.replace(get_question("backend-queue"), is_core=False, reason="The résumé names it.")
    plan = Plan(
        role="Engineer",
        version=4,
        questions=(get_question("backend-index"), own, get_question("backend-cache")),
        claims=(
            Claim("Moved work into queues", question_key="backend-queue"),
            Claim("Cached prices", question_key="backend-cache"),
            Claim("Led a team of eight"),
        ),
    )
    session = Session.objects.create(
        organisation=organisation, job=job, job_role="Engineer", plan=msgspec.to_builtins(plan)
    )
    append(session.pk, session.epoch, list(stamped(plan)))
    session.refresh_from_db()
    return session


def stamped(plan: Plan):
    for second, event in enumerate(told(plan)):
        yield msgspec.structs.replace(event, at=START + timedelta(seconds=10 * second))


def told(plan: Plan) -> list[ev.Event]:
    return [
        ev.SessionOpened(plan=plan, duration_ms=1_800_000),
        ev.ConsentChanged(notice_version="1", ai_evaluation=True, recording=False, listening=False),
        ev.CandidateConnected(),
        ev.LineStarted(),
        ev.StateChanged(state="thinking"),
        ev.ReplyPlanned(reply_id=1, move=Move("greeting", 0)),
        ev.ReplyStarted(reply_id=1, kind="greeting", question=1),
        ev.QuestionStarted(number=1, total=3, text="?", kind="technical"),
        ev.ReplyFinished(reply_id=1, text="Hello."),
        ev.TurnStarted(turn_id=1, question=1),
        ev.TurnEnded(turn_id=1, text=SAID, reason="typed", question=1),
        ev.ReplyPlanned(reply_id=2, move=Move("question", 1)),
        ev.ReplyStarted(reply_id=2, kind="question", question=2),
        ev.QuestionStarted(number=2, total=3, text="?", kind="technical"),
        ev.ReplyFinished(reply_id=2, text="The next one."),
        ev.SessionEnded(reason="ended_by_candidate"),
        ev.StateChanged(state="ended", reason="ended_by_candidate"),
    ]


@pytest.fixture
def content(session: Session) -> ReportContent:
    return report_content(session, "panel")


def first(content: ReportContent) -> Question:
    assert content.questions[0].answer is not None
    return content.questions[0]


def test_claims_are_probed_when_their_question_was_put(content: ReportContent) -> None:
    probed, unreached, unasked = content.resume_claims
    assert (probed.was_probed, probed.question_number) == (True, 2)
    assert probed.note == "It was asked about and not answered."
    assert (unreached.was_probed, unreached.note) == (False, "Question 3 was meant for it and not reached.")
    assert (unasked.was_probed, unasked.note) == (False, "")


def test_questions_of_this_candidates_own_are_marked_and_counted(content: ReportContent) -> None:
    assert [one.is_personal for one in content.questions] == [False, True, False]
    assert content.questions[1].asked_because == "The résumé names it."
    assert content.provenance.plan == (
        "Version 4: 2 questions that everybody is asked, 1 of this candidate's own."
    )


def test_time_is_counted_from_a_question_to_the_next(content: ReportContent) -> None:
    assert first(content).took_ms == 60_000
    assert content.questions[2].took_ms is None


def test_covered_points_stand_with_their_words_and_what_is_missing_says_what_was_said_there(
    content: ReportContent,
) -> None:
    answer = first(content).answer
    assert answer is not None
    assert [(one.text, one.quote.text if one.quote else "") for one in answer.covered] == [
        ("Measures first, with the query plan or the slow query log.", "I would look at the logs.")
    ]
    assert answer.anchor is not None
    assert answer.anchor.is_estimate
    probe = content.things_to_probe[0]
    assert probe.text.startswith("Not heard: ")
    assert probe.is_said_there
    assert probe.quote is not None
    assert probe.quote.text == "I would look at the logs."
    assert not any("easier to follow" in one.text for one in content.things_to_probe)


def test_gaps_have_a_severity_what_was_missing_and_what_was_said(content: ReportContent) -> None:
    gap = content.skill_gaps[0]
    assert (gap.skill, gap.severity) == ("Data and storage", "medium")
    assert len(gap.missing) == 3
    assert [quote.text for quote in gap.evidence] == ["I would look at the logs."]


def test_the_job_fit_rests_on_what_was_assessed(content: ReportContent) -> None:
    assert content.job_fit is not None
    assert (content.job_fit.assessed_weight, content.job_fit.total_weight) == (3, 4)
    assert content.job_fit_score == content.job_fit.score


def test_each_answer_says_what_it_was_judged_with(content: ReportContent) -> None:
    answer = first(content).answer
    assert answer is not None
    assert answer.judged_with is not None
    assert answer.judged_with.evaluator == "lexical"
    assert len(answer.judged_with.inputs_digest) == 64
    assert ("Interviewer", "worded 2 of 2 replies") in [
        (one.role, one.version) for one in content.provenance.engines
    ]


def test_what_a_language_model_judged_says_so_and_shows_its_spread(session: Session) -> None:
    facts = read_session(session).answers[0]
    by_words = evaluate_answer(facts)
    judged = msgspec.structs.replace(
        by_words,
        evaluator="language_model",
        gist="Looks at the logs.",
        judgements=(Judgement(40.0, 2), Judgement(80.0, 4)),
        attention=("A person should read it.",),
        quotes_struck=2,
        origin=msgspec.structs.replace(by_words.origin, model="m-7b", host="models.acme.example"),
    )
    assert keep_answer(session.pk, Judged(1, judged))
    content = report_content(session, "panel")
    answer = first(content).answer
    assert answer is not None
    assert answer.gist == "Looks at the logs."
    assert [one.anchor for one in answer.judgements] == [2, 4]
    assert (answer.attention, answer.quotes_struck) == (("A person should read it.",), 2)
    assert answer.anchor is not None
    assert not answer.anchor.is_estimate
    assert content.overall.basis.startswith("Judged by m-7b")
    assert "m-7b at models.acme.example" in " ".join(one.version for one in content.provenance.engines)
    assert any("struck" in limit for limit in content.provenance.limits)


def test_what_a_language_model_cost_is_said_once(session: Session) -> None:
    assert report_content(session, "panel").provenance.model_use is None
    ModelUse.objects.create(
        session=session,
        purpose="reply",
        model="m",
        requests=3,
        failures=1,
        input_tokens=900,
        output_tokens=40,
    )
    use = report_content(session, "panel").provenance.model_use
    assert use is not None
    assert (use.models, use.requests, use.failures, use.input_tokens) == (("m",), 3, 1, 900)


def test_the_candidate_reads_none_of_it(session: Session) -> None:
    twin = render_json(report_content(session, "candidate")).decode()
    for hidden in ("Led a team of eight", "The résumé names it", "Job", "medium", "rubric", "Not heard"):
        assert hidden not in twin


@pytest.mark.parametrize(
    ("feedback", "shown"), [("none", (False, False)), ("words", (False, True)), ("scores", (True, True))]
)
def test_the_kept_plan_says_what_the_candidate_reads(feedback: str, shown: tuple[bool, bool]) -> None:
    organisation = Organisation.objects.create(name="Acme")
    old = KeptPlan.objects.create(organisation=organisation, name="P", content={}, is_current=False)
    kept = KeptPlan.objects.create(
        organisation=organisation,
        name="P",
        content={},
        first=old,
        version=2,
        is_current=False,
        feedback=feedback,
    )
    policy = candidate_policy(Plan(role="Engineer", plan_id=kept.number, version=2))
    assert (policy.shows_scores, policy.shows_feedback) == shown
    assert candidate_policy(Plan(role="Engineer", plan_id=kept.number, version=7)) == CandidatePolicy()
    assert candidate_policy(Plan(role="Engineer")) == CandidatePolicy()


@pytest.mark.parametrize(
    ("point", "claim"),
    [
        ("Says what they did wrong, for instance that they deleted a table.", "Says what they did wrong."),
        ("Names the tools they work in, such as Python or Go.", "Names the tools they work in."),
        ("Knows the price.", "Knows the price."),
    ],
)
def test_an_example_of_the_bank_is_not_claimed_of_anybody(point: str, claim: str) -> None:
    assert without_example(point) == claim
