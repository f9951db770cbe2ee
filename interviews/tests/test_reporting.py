"""The report's content from a spoken interview: log, turns, evaluation and notes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Organisation
from interviews.answers import Moment
from interviews.evaluating import evaluate, find_evaluation
from interviews.live import events as ev
from interviews.live.log import append
from interviews.models import Evaluation, Note, Report, Session, Turn
from interviews.progress import Move
from interviews.reporting import fingerprint, report_content
from interviews.reporting.happenings import listenings, takeovers
from interviews.sessions import Owner, SessionWish, create_session
from reports.content import ReportContent
from reports.json_twin import render_json
from reports.pdf.render import render_pdf

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SAID = "We moved the data in small batches, because nobody should lose orders."


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(name="Acme", contact_name="Sam", contact_email="sam@acme.example")


@pytest.fixture
def spoken(organisation: Organisation) -> Session:
    """Two questions: one answered by voice with a follow-up, one skipped; a pause, a drop, a person."""
    wish = SessionWish(job_role="Backend engineer", num_questions=2, candidate_name="Ada")
    session, _ = create_session(wish, now=timezone.now(), owner=Owner(organisation=organisation))
    tell(session, *beginning(session), *first_answer(), *interruptions(), *ending())
    session.refresh_from_db()
    return session


def tell(session: Session, *events: ev.Event) -> None:
    stamped = [
        type(event)(**{**{name: getattr(event, name) for name in event.__struct_fields__}, "at": at(index)})
        for index, event in enumerate(events)
    ]
    append(session.pk, session.epoch, stamped)


def at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def beginning(session: Session) -> list[ev.Event]:
    import msgspec  # noqa: PLC0415

    from interviews.plan import Plan  # noqa: PLC0415

    return [
        ev.SessionOpened(plan=msgspec.convert(session.plan, Plan), duration_ms=1_800_000),
        ev.ConsentChanged(notice_version="2026-11", ai_evaluation=True, recording=True, listening=False),
        ev.CandidateConnected(),
        ev.LineStarted(),
        ev.ReplyPlanned(reply_id=1, move=Move("greeting", 0)),
        ev.StateChanged(state="thinking"),
        ev.ReplyStarted(reply_id=1, kind="greeting", question=1),
        ev.QuestionStarted(number=1, total=2, text="?", kind="behavioral"),
        ev.ReplyFinished(reply_id=1, text="Hello. Tell me about a change."),
        ev.PlaybackBegan(reply_id=1),
        ev.PlaybackEnded(reply_id=1, outcome="finished", heard_chars=30),
        ev.TurnStarted(turn_id=1, question=1),
    ]


def first_answer() -> list[ev.Event]:
    return [
        ev.StateChanged(state="listening"),
        ev.TranscriptFinal(
            turn_id=1, utterance_id=1, text=SAID, start_ms=9_000, end_ms=14_000, confidence=0.9, engine="mini"
        ),
        ev.TurnEnded(
            turn_id=1, text=SAID, reason="endpoint", question=1, start_ms=9_000, end_ms=14_000, confidence=0.9
        ),
        ev.ReplyPlanned(reply_id=2, move=Move("follow_up", 0, point_index=0), answers_turn=1),
        ev.ReplyStarted(reply_id=2, kind="follow_up", question=1),
        ev.ReplyFinished(reply_id=2, text="And how did you test it?"),
        ev.PlaybackEnded(reply_id=2, outcome="finished", heard_chars=20),
        ev.TurnStarted(turn_id=2, question=1),
    ]


def interruptions() -> list[ev.Event]:
    return [
        ev.StateChanged(state="paused", reason="by the candidate"),
        ev.CandidateLeft(),
        ev.CandidateConnected(is_return=True),
        ev.StateChanged(state="listening"),
        ev.PageChanged(hidden=True),
        ev.PageChanged(hidden=False),
        ev.AudioMissed(from_offset=0, to_offset=16_000),
        ev.TimeExtended(minutes=5, by="Rita"),
        ev.NoteAdded(text="Calm & clear <b>", at_ms=9_000, by="Rita"),
    ]


def ending() -> list[ev.Event]:
    return [
        ev.TurnEnded(turn_id=2, text="", reason="done", question=1),
        ev.ReplyPlanned(reply_id=3, move=Move("question", 1, reason="skipped")),
        ev.ReplyStarted(reply_id=3, kind="question", question=2),
        ev.QuestionStarted(number=2, total=2, text="?", kind="technical"),
        ev.ReplyFinished(reply_id=3, text="The next one."),
        ev.SessionEnded(reason="ended_by_candidate"),
        ev.StateChanged(state="ended", reason="ended_by_candidate"),
    ]


@pytest.fixture
def content(spoken: Session) -> ReportContent:
    return report_content(spoken, "panel")


def test_page_one(content: ReportContent) -> None:
    assert (content.organisation, content.candidate_name, content.role) == ("Acme", "Ada", "Backend engineer")
    assert content.held_at == at(3)
    complete = content.completeness
    assert (complete.questions_planned, complete.questions_asked, complete.questions_answered) == (2, 2, 1)
    assert complete.duration_ms > 20_000
    assert content.overall.answers_scored == 1
    assert content.overall.value is not None
    assert content.overall.level in {"Excellent", "Good", "Average", "Needs work"}
    assert content.contact.email == "sam@acme.example"


def test_each_question_as_it_was_put(content: ReportContent) -> None:
    first, second = content.questions
    assert first.answer is not None
    assert (first.answer.text, first.answer.at_ms, first.answer.duration_ms) == (SAID, 9_000, 5_000)
    assert [(one.text, one.kind) for one in first.follow_ups] == [("And how did you test it?", "follow_up")]
    assert first.answer.confidence == 0.9
    assert second.answer is None
    assert second.outcome_note == "No answer was given."


def test_who_spoke_when_and_what_came_between(content: ReportContent) -> None:
    sides = [(span.side, span.from_ms, span.to_ms) for span in content.timeline.spans]
    assert ("candidate", 9_000, 14_000) in sides
    assert any(side == "interviewer" for side, _, _ in sides)
    assert [mark.kind for mark in content.timeline.marks] == ["drop", "pause", "intervention"]
    assert "Rita added 5 min" in [mark.label for mark in content.timeline.marks]


def test_who_listened_in_and_for_how_long() -> None:
    def moment(at_ms: int, event: ev.Event) -> Moment:
        return Moment(event, at_ms)

    def joined(ref: str, *, listening: bool) -> ev.Event:
        return ev.ParticipantJoined(role="recruiter", name=ref.title(), listening=listening, ref=ref)

    marks = listenings(
        (
            moment(0, joined("dana", listening=False)),
            moment(61_000, joined("dana", listening=True)),
            moment(62_000, joined("omar", listening=True)),
            moment(190_000, joined("dana", listening=False)),
            moment(200_000, ev.ParticipantLeft(role="recruiter", name="Dana", ref="dana")),
            moment(240_000, ev.SessionEnded(reason="completed")),
        )
    )
    assert [(one.kind, one.label) for one in marks] == [
        ("intervention", "Dana listened from 01:01 to 03:10"),
        ("intervention", "Omar listened from 01:02 to 04:00"),
    ]


def test_who_spoke_in_the_interviewers_place() -> None:
    marks = takeovers(
        (
            Moment(ev.TakeoverStarted(by="Dana", ref="d-1"), 61_000),
            Moment(ev.TakeoverStarted(by="Dana", ref="d-2"), 70_000),
            Moment(ev.TakeoverEnded(by="Dana", ref="d-2"), 190_000),
        )
    )
    assert [(one.from_ms, one.to_ms, one.label) for one in marks] == [
        (61_000, 190_000, "Dana spoke in the interviewer's place from 01:01 to 03:10")
    ]


def test_plain_facts_are_counted(content: ReportContent) -> None:
    facts = content.facts
    assert (facts.page_hidden_times, facts.page_hidden_ms, facts.reconnects) == (1, 1_000, 1)
    assert (facts.pauses, facts.typed_answers, facts.missing_audio_ms) == (1, 0, 1_000)


def test_where_it_comes_from(content: ReportContent, spoken: Session) -> None:
    origin = content.provenance
    assert ("Speech recognition", "mini") in [(one.role, one.name) for one in origin.engines]
    assert origin.consent_version == "2026-11"
    assert origin.consent_choices == ("evaluation by a program", "recording")
    assert origin.log_head_hash == spoken.head_hash
    assert origin.recognition_confidence == 0.9


def test_notes_are_for_the_panel_only(spoken: Session) -> None:
    assert [note.text for note in report_content(spoken, "panel").notes] == ["Calm & clear <b>"]
    twin = render_json(report_content(spoken, "candidate")).decode()
    assert "Calm" not in twin
    assert "Rita" not in twin


def test_accommodations_reach_no_report(spoken: Session) -> None:
    spoken.accommodations = {"time_factor": 1.5, "typed": True}
    spoken.save()
    before = fingerprint(report_content(spoken, "panel"))
    spoken.accommodations = {}
    spoken.save()
    assert fingerprint(report_content(spoken, "panel")) == before


def test_equal_logs_give_equal_bytes(spoken: Session) -> None:
    assert render_pdf(report_content(spoken, "panel")) == render_pdf(report_content(spoken, "panel"))


def test_corrections_stand_beside_what_was_heard(spoken: Session) -> None:
    before = fingerprint(report_content(spoken, "panel"))
    Turn.objects.filter(speaker="candidate", number=1).update(correction="We moved it in tiny batches.")
    answer = report_content(spoken, "candidate").questions[0].answer
    assert answer is not None
    assert (answer.text, answer.corrected_text) == (SAID, "We moved it in tiny batches.")
    assert fingerprint(report_content(spoken, "panel")) != before


def test_without_consent_there_is_a_report_and_no_score(spoken: Session) -> None:
    spoken.consent = {}
    spoken.save()
    content = report_content(spoken, "panel")
    assert content.overall.value is None
    assert content.questions[0].answer is not None
    assert content.questions[0].answer.score is None
    assert render_pdf(content).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("status", "reason", "shown"),
    [("abandoned", "abandoned", "abandoned"), ("cancelled", "cancelled", "abandoned")],
)
def test_what_was_left_has_a_partial_report(spoken: Session, status: str, reason: str, shown: str) -> None:
    spoken.status, spoken.end_reason = status, reason
    content = report_content(spoken, "panel")
    assert content.completeness.status == shown
    assert content.completeness.note
    assert render_pdf(content).startswith(b"%PDF")


def test_a_session_that_never_began_has_a_report_too(organisation: Organisation) -> None:
    session, _ = create_session(SessionWish(), now=timezone.now(), owner=Owner(organisation=organisation))
    session.status = Session.Status.CANCELLED
    assert render_pdf(report_content(session, "candidate")).startswith(b"%PDF")


def test_an_evaluation_is_kept_and_made_again_when_missing(
    spoken: Session, django_assert_num_queries: Callable[..., Any]
) -> None:
    evaluate(spoken.pk)
    evaluate(spoken.pk)
    kept = Evaluation.objects.get(session=spoken)
    assert kept.head_hash == spoken.head_hash
    assert Report.objects.get(session=spoken).generated_at == spoken.ended_at
    with django_assert_num_queries(2):  # the corrections and the kept row: nothing is judged again
        found = find_evaluation(spoken)
    assert found is not None
    assert found.overall_score == kept.overall
    kept.delete()
    assert find_evaluation(spoken) == found
    assert Evaluation.objects.filter(session=spoken).exists()


def test_a_correction_is_judged_anew(spoken: Session) -> None:
    before = find_evaluation(spoken)
    Turn.objects.filter(speaker="candidate", number=1).update(correction="Nothing.")
    after = find_evaluation(spoken)
    assert before != after
    assert Evaluation.objects.filter(session=spoken).count() == 1


def test_content_costs_a_handful_of_queries(
    spoken: Session, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    Note.objects.bulk_create([Note(session=spoken, text=str(index)) for index in range(30)])
    with django_assert_max_num_queries(23):  # the first time, what is judged is kept
        report_content(spoken, "panel")
