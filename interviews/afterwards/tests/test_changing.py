"""Answers corrected or given once more after the end: both versions stay, the newer one is judged."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from asgiref.sync import async_to_sync

from accounts.models import Organisation
from interviews.afterwards.correcting import correct
from interviews.afterwards.redoing import SecondAnswer, redo, redoables
from interviews.afterwards.window import CHANGES_OPEN_FOR, MOST_CHANGES
from interviews.evaluating import find_evaluation, read_session
from interviews.judging import judge_session
from interviews.kept_evaluations import read_runs
from interviews.live import events as ev
from interviews.live.hash_chain import verify_chain
from interviews.live.log import append, read_chain
from interviews.mind.scripted import ScriptedMind
from interviews.models import Session, Task
from interviews.plan import Plan
from interviews.refusals import RefusedError
from interviews.reporting import report_content
from interviews.sessions import Owner, SessionWish, create_session
from reports.json_twin import render_json
from reports.pdf.render import render_pdf

pytestmark = pytest.mark.django_db(transaction=True)
START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HEARD = "We moved the date in small badges, because nobody should lose odours."
MEANT = "We moved the data in small batches, because nobody should lose orders."
AGAIN = "I led the migration. First we compared both systems, then we moved the data in batches."
PARTS = (ev.HeardPart(200, 6_000, AGAIN, 0.95, "mini"),)


@pytest.fixture
def session() -> Session:
    """A practice: one question answered by voice and by keyboard, one skipped."""
    organisation = Organisation.objects.create(name="Acme")
    wish = SessionWish(job_role="Backend engineer", num_questions=3, candidate_name="Ada", purpose="practice")
    session, _ = create_session(wish, now=START, owner=Owner(organisation=organisation))
    tell(session, *events(session))
    session.refresh_from_db()
    async_to_sync(judge_session)(session.pk, ScriptedMind())
    Task.objects.all().delete()
    return session


def tell(session: Session, *told: ev.Event) -> None:
    stamped = [
        msgspec.structs.replace(event, at=START + timedelta(seconds=10 * place))
        for place, event in enumerate(told)
    ]
    append(session.pk, session.epoch, stamped)


def events(session: Session) -> list[ev.Event]:
    return [
        ev.SessionOpened(plan=msgspec.convert(session.plan, Plan), duration_ms=1_800_000),
        ev.ConsentChanged(notice_version="1", ai_evaluation=True, recording=True, listening=False),
        ev.LineStarted(),
        ev.StateChanged(state="listening"),
        ev.QuestionStarted(number=1, total=3, text="?", kind="technical"),
        ev.TurnStarted(turn_id=1, question=1),
        ev.TranscriptFinal(
            turn_id=1, utterance_id=1, text=HEARD, start_ms=9_000, end_ms=14_000, confidence=0.9
        ),
        ev.TurnEnded(
            turn_id=1, text=HEARD, reason="done", question=1, start_ms=9_000, end_ms=14_000, confidence=0.9
        ),
        ev.TurnStarted(turn_id=2, question=1),
        ev.TurnEnded(turn_id=2, text="And it was fast.", reason="typed", question=1),
        ev.QuestionStarted(number=2, total=3, text="?", kind="technical"),
        ev.SessionEnded(reason="ended_by_candidate"),
        ev.StateChanged(state="ended"),
    ]


def soon(session: Session) -> datetime:
    assert session.ended_at is not None
    return session.ended_at + timedelta(hours=1)


def first_answer(session: Session, edition: Any = "panel") -> Any:
    session.refresh_from_db()
    return report_content(session, edition).questions[0].answer


def refusal(call: Any) -> str:
    with pytest.raises(RefusedError) as refused:
        call()
    return refused.value.code


def test_a_correction_stands_beside_what_was_heard(session: Session) -> None:
    turn = correct(session, 1, MEANT, now=soon(session))
    assert (turn.text, turn.correction) == (HEARD, MEANT)
    session.refresh_from_db()
    verdicts, is_whole = verify_chain(str(session.uuid), read_chain(session), session.head_hash)
    assert set(verdicts) == {"intact"}
    assert is_whole
    newest = session.events.order_by("-seq")[0]
    assert (newest.type, newest.payload) == ("answer.corrected", {"turn_id": 1, "text": MEANT})
    for edition in ("panel", "candidate"):
        answer = first_answer(session, edition)
        assert answer.text.startswith(HEARD)
        assert answer.corrected_text.startswith(MEANT)
        assert MEANT in render_json(report_content(session, edition)).decode()
        assert HEARD in render_json(report_content(session, edition)).decode()


def test_it_is_judged_again_and_the_run_before_stays(session: Session) -> None:
    before = read_runs(session)
    assert [one.number for one in before] == [1]
    correct(session, 1, MEANT, now=soon(session))
    assert Task.objects.get(kind="judge.session").payload == {"session": session.pk}
    async_to_sync(judge_session)(session.pk, ScriptedMind())
    runs = read_runs(session)
    assert [(one.number, one.is_current, one.is_after_change) for one in runs] == [
        (1, False, False),
        (2, True, True),
    ]
    assert runs[0].evaluation == before[0].evaluation
    assert runs[1].evaluation.answers[0].origin.inputs_digest != (
        runs[0].evaluation.answers[0].origin.inputs_digest
    )
    assert not runs[1].evaluation.answers[0].origin.fallback_reason


def test_what_is_read_before_it_is_judged_again_says_so(session: Session) -> None:
    correct(session, 1, MEANT, now=soon(session))
    session.refresh_from_db()
    found = find_evaluation(session)
    assert found is not None
    assert any("judged again" in note for note in found.notes)
    assert len(read_runs(session)) == 2


def test_changes_that_follow_each_other_make_one_run(session: Session) -> None:
    for text in (MEANT, f"{MEANT} Really.", ""):
        correct(session, 1, text, now=soon(session))
        session.refresh_from_db()
        find_evaluation(session)
    assert [one.number for one in read_runs(session)] == [1, 2]


def test_it_can_be_changed_and_taken_back(session: Session) -> None:
    correct(session, 1, MEANT, now=soon(session))
    assert correct(session, 1, f"  {MEANT} Yes. ", now=soon(session)).correction == f"{MEANT} Yes."
    assert correct(session, 1, "", now=soon(session)).correction == ""
    logged = session.events.filter(type="answer.corrected").count()
    assert logged == 3
    assert correct(session, 1, HEARD, now=soon(session)).correction == ""
    assert session.events.filter(type="answer.corrected").count() == logged  # it said so already


def test_what_can_not_be_corrected(session: Session) -> None:
    now = soon(session)
    assert refusal(lambda: correct(session, 2, "No.", now=now)) == "typed"
    assert refusal(lambda: correct(session, 9, "No.", now=now)) == "no_such_turn"
    late = now + CHANGES_OPEN_FOR
    assert refusal(lambda: correct(session, 1, "No.", now=late)) == "too_late"
    for number in range(MOST_CHANGES):
        correct(session, 1, f"{MEANT} {number}", now=now)
    assert refusal(lambda: correct(session, 1, "Once more.", now=now)) == "too_many_changes"
    assert correct(session, 1, "", now=now).correction == ""
    Session.objects.update(status="in_progress")
    session.refresh_from_db()
    assert refusal(lambda: correct(session, 1, "No.", now=now)) == "not_over"


def test_a_second_answer_is_judged_and_the_first_stays(session: Session) -> None:
    first = find_evaluation(session)
    turn = redo(session, SecondAnswer(1, AGAIN, PARTS), now=soon(session))
    assert (turn.number, turn.kind, turn.channel, turn.confidence) == (3, "redo", "voice", 0.95)
    async_to_sync(judge_session)(session.pk, ScriptedMind())
    session.refresh_from_db()
    judged = find_evaluation(session)
    assert first is not None
    assert judged is not None
    assert judged.answers[0].recognition.word_count == len(AGAIN.split())
    assert judged.answers[0] != first.answers[0]
    assert judged.answers[1:] == first.answers[1:]
    assert [one.number for one in read_runs(session)] == [1, 2]
    for edition in ("panel", "candidate"):
        answer = first_answer(session, edition)
        assert (answer.text.startswith(HEARD), answer.redone_text) == (True, AGAIN)
        assert render_pdf(report_content(session, edition)).startswith(b"%PDF")
    assert report_content(session, "panel").transcript[-1].is_second


def test_a_question_that_was_left_open_can_be_answered(session: Session) -> None:
    redo(session, SecondAnswer(2, AGAIN), now=soon(session))
    session.refresh_from_db()
    answer = report_content(session, "panel").questions[1].answer
    assert (answer.text, answer.redone_text) == ("", AGAIN)
    assert find_evaluation(session).answers[1].is_answered


def test_a_second_answer_can_be_corrected_and_the_first_no_more(session: Session) -> None:
    redo(session, SecondAnswer(1, AGAIN, PARTS), now=soon(session))
    assert refusal(lambda: correct(session, 1, MEANT, now=soon(session))) == "redone"
    assert correct(session, 3, MEANT, now=soon(session)).correction == MEANT
    assert read_session(session).answers[0].utterances[0].text == MEANT


def test_once_for_each_question_that_was_asked(session: Session) -> None:
    now = soon(session)
    assert [one.number for one in redoables(session, read_session(session), now)] == [1, 2]
    redo(session, SecondAnswer(1, AGAIN), now=now)
    assert refusal(lambda: redo(session, SecondAnswer(1, AGAIN), now=now)) == "already_redone"
    assert refusal(lambda: redo(session, SecondAnswer(3, AGAIN), now=now)) == "not_asked"
    late = now + CHANGES_OPEN_FOR
    assert refusal(lambda: redo(session, SecondAnswer(2, AGAIN), now=late)) == "too_late"
    open_ones = [
        (one.number, one.is_open, one.turn) for one in redoables(session, read_session(session), now)
    ]
    assert open_ones == [(1, False, 3), (2, True, None)]


def test_only_where_the_plan_allows_it(session: Session) -> None:
    Session.objects.update(purpose="hiring")
    session.refresh_from_db()
    assert redoables(session, read_session(session), soon(session)) == ()
    assert refusal(lambda: redo(session, SecondAnswer(1, AGAIN), now=soon(session))) == "not_allowed"


def test_without_consent_words_change_and_nothing_is_judged(session: Session) -> None:
    Session.objects.update(consent={})
    session.refresh_from_db()
    assert correct(session, 1, MEANT, now=soon(session)).correction == MEANT
    assert find_evaluation(session) is None
