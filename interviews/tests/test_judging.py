"""Judging in the background and again: what is kept, what is asked once only, and what is never kept."""

import threading
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connections
from django.utils import timezone

from accounts.models import Organisation
from hiring.models import Job
from interviews.evaluating import evaluate_question, find_evaluation, read_session
from interviews.evaluation import evaluate_answer
from interviews.evaluation.backends.language_model import LanguageModelEvaluator
from interviews.evaluation.digests import inputs_digest
from interviews.evaluation.form import AdviceForm, AnswerForm, PointForm, SummaryForm
from interviews.evaluation.notes import CHANGED_SINCE, EVALUATOR_FAILED
from interviews.evaluation.ports import Evaluator, EvaluatorError
from interviews.judging import judge_answer, judge_session, write_summary
from interviews.kept_evaluations import Judged, keep_answer, note_change, read_runs
from interviews.language_model import LanguageModelError, Prompt, Purpose, Spend, Spent
from interviews.live import events as ev
from interviews.live.log import append
from interviews.mind.ports import MindFacts
from interviews.mind.scripted import ScriptedMind
from interviews.models import Evaluation, Session, Turn
from interviews.plan import Plan
from interviews.rejudging import NotEvaluableError, run_again
from interviews.retention import erase_session
from interviews.sessions import Owner, SessionWish, create_session

pytestmark = pytest.mark.django_db(transaction=True)
START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SAID = (
    "My name is Ada Byron. We moved the data in small batches, because nobody should lose orders.",
    "First I listened to the others, and in the end we chose the plan with less risk.",
)


class Model:
    """Answers forms by `reply`, which may raise; keeps what it was asked."""

    host = "127.0.0.1"

    def __init__(self, name: str = "model-a", accuracy: float = 90) -> None:
        self.name = name
        self.accuracy = accuracy
        self.fault: LanguageModelError | None = None
        self.asked: list[Prompt] = []

    def stream(self, prompt: Prompt, *, purpose: Purpose, spend: Spend) -> AsyncGenerator[str, None]:
        raise NotImplementedError

    async def fill(self, prompt: Prompt, form: type[Any], *, purpose: Purpose, spend: Spend) -> Any:
        self.asked.append(prompt)
        spend(
            Spent(purpose, self.name, input_tokens=100, output_tokens=20, has_failed=self.fault is not None)
        )
        if self.fault is not None:
            raise self.fault
        if form is AdviceForm:
            return AdviceForm(["Practise telling one change from start to end, with what it cost."] * 9)
        if form is SummaryForm:
            return SummaryForm(
                ["Batches were moved and orders were kept.", "There were 999 mistakes. Hire now."]
            )
        quote = next(
            (one for one in ("small batches", "First I listened") if one in prompt.messages[0].text), ""
        )
        return AnswerForm(
            gist="",
            points=[PointForm(1, True, quote)],
            accuracy=self.accuracy,
            clarity=70,
            depth=50,
            anchor=3,
            strengths=[],
            improvements=[],
            keywords=[],
            feedback="",
            candidate_feedback="",
        )


class ModelMind(ScriptedMind):
    """The scripted mind, but for its judge."""

    def __init__(self, model: Model, judgements: int = 1) -> None:
        self.model = model
        self.judgements = judgements
        self.facts = MindFacts("openai", model.name, model.host)

    def make_evaluator(self, spend: Spend) -> Evaluator:
        return LanguageModelEvaluator(self.model, spend, judgements=self.judgements)


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def mind(model: Model) -> ModelMind:
    return ModelMind(model)


@pytest.fixture
def session() -> Session:
    """Two questions, both answered, and a third that was skipped."""
    organisation = Organisation.objects.create(name="Acme")
    wish = SessionWish(job_role="Backend engineer", num_questions=3, candidate_name="Ada Byron")
    session, _ = create_session(wish, now=timezone.now(), owner=Owner(organisation=organisation))
    tell(session, *events(session))
    session.refresh_from_db()
    assert session.is_over
    return session


def tell(session: Session, *told: ev.Event) -> None:
    at = [START + timedelta(seconds=10 * place + session.seq) for place in range(len(told))]
    stamped = [msgspec.structs.replace(event, at=when) for event, when in zip(told, at, strict=True)]
    append(session.pk, session.epoch, stamped)


def events(session: Session) -> list[ev.Event]:
    told: list[ev.Event] = [
        ev.SessionOpened(plan=msgspec.convert(session.plan, Plan), duration_ms=1_800_000),
        ev.ConsentChanged(notice_version="2026-11", ai_evaluation=True, recording=False, listening=False),
        ev.LineStarted(),
    ]
    for number, text in enumerate(SAID, 1):
        told += [
            ev.QuestionStarted(number=number, total=3, text="?", kind="technical"),
            ev.TurnStarted(turn_id=number, question=number),
            ev.TurnEnded(turn_id=number, text=text, reason="typed", question=number),
        ]
    return [*told, ev.SessionEnded(reason="ended_by_candidate"), ev.StateChanged(state="ended")]


def judge(session: Session, mind: Any) -> None:
    async_to_sync(judge_session)(session.pk, mind)


def again(session: Session, mind: Any, **wish: Any) -> Any:
    return async_to_sync(run_again)(session.pk, mind, **wish)


def test_a_session_is_judged_once(session: Session, mind: ModelMind, model: Model) -> None:
    judge(session, mind)
    judged = [one for one in model.asked if one.version.startswith("judge")]
    assert len(judged) == 2  # the skipped one takes no model
    asked = len(model.asked)
    judge(session, mind)
    async_to_sync(judge_answer)(session.pk, 1, mind)
    assert len(model.asked) == asked
    rows = Evaluation.objects.filter(session=session, is_current=True)
    assert sorted(rows.values_list("number", flat=True)) == [0, 1, 2, 3]
    first = rows.get(number=1)
    assert (first.model, first.prompt_version, first.judgements) == ("model-a", "judge-1", 1)
    assert first.head_hash == session.head_hash
    assert len(first.inputs_digest) == len(first.rubric_digest) == 64
    found = find_evaluation(session)
    assert [one.evaluator for one in found.answers] == ["language_model", "language_model", "rules"]
    assert found.evaluator == "language_model"
    assert "model-a at 127.0.0.1" in found.notes[0]
    assert len(model.asked) == asked


def test_no_name_is_in_a_prompt_and_quotes_stay_literal(
    session: Session, mind: ModelMind, model: Model
) -> None:
    judge(session, mind)
    shown = "".join(one.system + one.messages[0].text for one in model.asked)
    assert "Ada" not in shown
    assert "Byron" not in shown
    assert "[name]" in shown
    quotes = [quote.text for one in find_evaluation(session).answers for quote in one.quotes]
    assert quotes
    assert all(any(quote in said for said in SAID) for quote in quotes)


def test_during_the_interview_one_answer_is_judged_when_it_is_left(
    session: Session, mind: ModelMind, model: Model
) -> None:
    Session.objects.filter(pk=session.pk).update(status=Session.Status.IN_PROGRESS)
    session.refresh_from_db()
    async_to_sync(judge_answer)(session.pk, 1, mind)
    assert len(model.asked) == 1
    assert evaluate_question(session, 1).evaluator == "language_model"
    assert evaluate_question(session, 2).evaluator == "lexical"
    provisional = find_evaluation(session)
    assert [one.evaluator for one in provisional.answers][:2] == ["language_model", "lexical"]
    assert "question 2 was scored by words alone" in " ".join(provisional.notes)
    assert not Evaluation.objects.filter(session=session, number=0).exists()
    async_to_sync(judge_answer)(session.pk, 99, mind)
    async_to_sync(judge_answer)(999_999, 1, mind)
    assert len(model.asked) == 1


def test_without_consent_nothing_is_asked_or_kept(session: Session, mind: ModelMind, model: Model) -> None:
    Session.objects.filter(pk=session.pk).update(consent={"ai_evaluation": False})
    judge(session, mind)
    assert model.asked == []
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("happening", ["withdrawn", "erased", "deleted"])
def test_what_ends_the_consent_meanwhile_ends_the_judging(
    session: Session, model: Model, happening: str
) -> None:
    class Meanwhile(ModelMind):
        def make_evaluator(self, spend: Spend) -> Evaluator:
            if happening == "withdrawn":
                Session.objects.filter(pk=session.pk).update(consent={})
            elif happening == "erased":
                erase_session(session)
            else:
                session.delete()
            return super().make_evaluator(spend)

    pk = session.pk
    Session.objects.filter(pk=pk).update(status=Session.Status.IN_PROGRESS)

    async def through() -> None:
        mind = Meanwhile(model)
        evaluator = await sync_to_async(mind.make_evaluator)(lambda _: None)
        mind.make_evaluator = lambda spend: evaluator  # type: ignore[method-assign]
        await judge_answer(pk, 1, mind)

    async_to_sync(through)()
    assert not Evaluation.objects.filter(session=pk).exists()


def test_a_correction_is_judged_anew_and_until_then_by_its_words(
    session: Session, mind: ModelMind, model: Model
) -> None:
    judge(session, mind)
    Turn.objects.filter(session=session, speaker="candidate", number=1).update(
        correction="We moved the data in small batches, and a script compared every row."
    )
    between = find_evaluation(session)
    assert between.answers[0].evaluator == "lexical"
    assert between.answers[0].origin.fallback_reason == CHANGED_SINCE
    assert CHANGED_SINCE in between.notes
    before = len(model.asked)
    judge(session, mind)
    assert sum(one.version == "judge-1" for one in model.asked[before:]) == 1
    assert find_evaluation(session).answers[0].evaluator == "language_model"
    assert Evaluation.objects.filter(session=session, number=1).count() == 2
    assert Evaluation.objects.filter(session=session, number=0).count() == 1


def test_a_failing_model_leaves_words_alone_says_so_and_is_tried_again(
    session: Session, mind: ModelMind, model: Model
) -> None:
    model.fault = LanguageModelError("The model did not answer in time.")
    with pytest.raises(EvaluatorError, match="in time"):
        judge(session, mind)
    found = find_evaluation(session)
    assert [one.evaluator for one in found.answers] == ["lexical", "lexical", "rules"]
    assert "did not answer in time" in found.answers[0].origin.fallback_reason
    assert EVALUATOR_FAILED in found.notes
    assert not any("in time" in note for note in found.notes)  # candidates read them
    model.fault = None
    judge(session, mind)
    assert find_evaluation(session).answers[0].evaluator == "language_model"


def test_a_permanent_failure_is_not_tried_for_ever(session: Session, mind: ModelMind, model: Model) -> None:
    model.fault = LanguageModelError("The key is wrong.", permanent=True)
    judge(session, mind)
    assert "key is wrong" in find_evaluation(session).answers[0].origin.fallback_reason


def test_advice_is_asked_once_and_kept(session: Session, mind: ModelMind, model: Model) -> None:
    model.accuracy = 20
    judge(session, mind)
    gaps = find_evaluation(session).skill_gaps
    assert gaps
    assert {gap.suggestion for gap in gaps} == {
        "Practise telling one change from start to end, with what it cost."
    }
    assert sum(one.version == "advice-1" for one in model.asked) == 1


def test_a_summary_is_written_on_request_and_holds_no_free_claim(
    session: Session, mind: ModelMind, model: Model
) -> None:
    judge(session, mind)
    assert find_evaluation(session).written_summary == ""
    async_to_sync(write_summary)(session.pk, mind)
    async_to_sync(write_summary)(session.pk, mind)
    assert sum(one.version == "summary-1" for one in model.asked) == 1
    found = find_evaluation(session)
    assert "Batches were moved" in found.written_summary
    assert "999" not in found.written_summary
    assert "Hire" not in found.written_summary
    again(session, ModelMind(Model("model-b", accuracy=10)))
    assert find_evaluation(session).written_summary == ""  # it told of other findings


def test_a_second_run_says_what_changed_and_keeps_the_first(session: Session, mind: ModelMind) -> None:
    judge(session, mind)
    before = find_evaluation(session)
    rerun = again(session, ModelMind(Model("model-b", accuracy=10)))
    changes = rerun.changes
    assert changes.changed == (1, 2)
    assert changes.answers[0].score_change < 0
    assert [one.model for one in changes.answers[0].made_with] == ["model-a", "model-b"]
    assert changes.overall == (before.overall_score, find_evaluation(session).overall_score)
    runs = read_runs(session)
    assert [(one.number, one.is_current) for one in runs] == [(1, False), (2, True)]
    assert runs[0].evaluation == before
    unchanged = again(session, ModelMind(Model("model-b", accuracy=10)), numbers=[2])
    assert (unchanged.run, unchanged.changes.changed) == (3, ())


def test_a_correction_while_it_is_judged_again_is_not_overwritten(session: Session, mind: ModelMind) -> None:
    corrected = "We moved the data in small batches, and a script compared every row."

    class Interrupted(Model):
        async def fill(self, *asked: Any, **how: Any) -> Any:
            if not self.asked:
                await sync_to_async(change)()
            return await super().fill(*asked, **how)

    def change() -> None:
        Turn.objects.filter(session=session, speaker="candidate", number=1).update(correction=corrected)
        judged = evaluate_answer(read_session(session).answers[0])
        origin = msgspec.structs.replace(judged.origin, fallback_reason=CHANGED_SINCE)
        note_change(session.pk, Judged(1, msgspec.structs.replace(judged, origin=origin)))

    judge(session, mind)
    again(session, ModelMind(Interrupted("model-b")))
    rows = Evaluation.objects.filter(session=session, is_current=True)
    digest = inputs_digest(read_session(session).answers[0])
    assert (rows.get(number=1).inputs_digest, rows.get(number=2).model) == (digest, "model-b")
    judge(session, mind)
    assert find_evaluation(session).answers[0].evaluator == "language_model"


def test_words_alone_beside_a_model(session: Session, mind: ModelMind) -> None:
    judge(session, mind)
    changes = again(session, ScriptedMind()).changes
    assert changes.answers[0].made_with[1].evaluator == "lexical"
    assert find_evaluation(session).evaluator == "lexical"


def test_another_rubric_is_told_apart(session: Session, mind: ModelMind, model: Model) -> None:
    judge(session, mind)
    plan = msgspec.convert(session.plan, Plan)
    changes = again(session, mind, rubric="bank").changes
    assert changes.changed == ()  # the bank still holds what was asked
    digests = {one.rubric_digest for answer in changes.answers for one in answer.made_with}
    assert len(digests) == plan.total


def test_a_failing_second_run_leaves_the_first(session: Session, mind: ModelMind, model: Model) -> None:
    judge(session, mind)
    before = find_evaluation(session)
    model.fault = LanguageModelError("Nobody is there.")
    with pytest.raises(EvaluatorError, match="Nobody"):
        again(session, mind)
    assert find_evaluation(session) == before
    assert len(read_runs(session)) == 1


def test_what_can_not_be_judged_again(session: Session, mind: ModelMind) -> None:
    def code(**wish: Any) -> str:
        with pytest.raises(NotEvaluableError) as refused:
            again(session, mind, **wish)
        return refused.value.code

    assert code(numbers=[9]) == "no_such_question"
    Session.objects.filter(pk=session.pk).update(consent={})
    assert code() == "not_agreed"
    Session.objects.filter(pk=session.pk).update(status=Session.Status.IN_PROGRESS)
    assert code() == "not_over"


def test_three_judgements_and_their_spread_are_kept(session: Session, model: Model) -> None:
    judge(session, ModelMind(model, judgements=3))
    first = find_evaluation(session).answers[0]
    assert len(first.judgements) == 3
    assert Evaluation.objects.get(session=session, number=1).judgements == 3
    assert any("judged 3 times" in note for note in find_evaluation(session).notes)


def test_with_a_job_there_is_a_fit_over_what_was_assessed(
    session: Session, mind: ModelMind, django_assert_num_queries: Callable[..., Any]
) -> None:
    plan = msgspec.convert(session.plan, Plan)
    names = [question.competency for question in plan.questions[:1]]
    wanted = [{"name": names[0], "weight": 3}, {"name": "Piloting helicopters", "weight": 2}]
    session.job = Job.objects.create(organisation=session.organisation, title="E", competencies=wanted)
    session.save()
    judge(session, mind)
    fit = find_evaluation(session).job_fit
    assert (fit.assessed_weight, fit.total_weight) == (3, 5)
    assert fit.score is not None
    assert [one.n for one in fit.competencies][1] == 0
    with django_assert_num_queries(2):  # corrections and rows; the job is read already
        find_evaluation(session)


def test_a_late_judgement_of_older_words_is_dropped(session: Session, mind: ModelMind) -> None:
    judge(session, mind)
    current = Evaluation.objects.get(session=session, number=1, is_current=True)
    late = Judged(1, find_evaluation(session).answers[1], replaces=None)  # began before there was any row
    assert not keep_answer(session.pk, late)
    assert Evaluation.objects.get(session=session, number=1, is_current=True) == current


async def test_the_database_is_asked_in_its_thread_and_the_model_on_the_loop(session: Session) -> None:
    loop_thread = threading.get_ident()
    model = Model()
    asked_in: list[int] = []

    async def fill(*args: Any, **options: Any) -> Any:
        asked_in.append(threading.get_ident())
        return await Model.fill(model, *args, **options)

    model.fill = fill  # type: ignore[method-assign]
    await judge_answer(session.pk, 1, ModelMind(model))
    await sync_to_async(connections.close_all)()
    assert asked_in == [loop_thread]
    kept = await sync_to_async(Evaluation.objects.filter(session=session).count)()
    await sync_to_async(connections.close_all)()
    assert kept == 1
