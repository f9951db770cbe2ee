"""Names that are orders, markup or formulas: printed as what they are, and worth nothing."""

from io import BytesIO
from pathlib import Path

import pytest
import yaml
from django.utils import timezone
from msgspec.structs import replace
from pypdf import PdfReader

from interviews.bank import get_question
from interviews.evaluating import find_evaluation
from interviews.live import events as ev
from interviews.live.log import append
from interviews.plan import Plan
from interviews.reporting import report_content
from interviews.sessions import SessionWish, create_session
from reports.json_twin import render_json
from reports.pdf.render import render_pdf

CORPUS = yaml.safe_load(Path(__file__).with_name("injections.yaml").read_text(encoding="utf-8"))
NAMES = [attack for attack in CORPUS if attack["where"] == "name"]
SAID = "We moved the data in small batches, because nobody should lose orders."


def held_by(name: str):
    wish = SessionWish(job_role="Backend engineer", num_questions=1, candidate_name=name)
    session, _ = create_session(wish, now=timezone.now())
    plan = Plan(role="Backend engineer", questions=(get_question("backend-migration"),))
    events = (
        ev.SessionOpened(plan=plan, duration_ms=1_800_000),
        ev.ConsentChanged(notice_version="1", ai_evaluation=True, recording=False, listening=False),
        ev.LineStarted(),
        ev.QuestionStarted(number=1, total=1, text=plan.questions[0].text, kind="behavioral"),
        ev.TurnStarted(turn_id=1, question=1),
        ev.TurnEnded(turn_id=1, text=SAID, reason="typed", question=1),
        ev.SessionEnded(reason="completed"),
    )
    append(session.pk, session.epoch, [replace(event, at=timezone.now()) for event in events])
    session.refresh_from_db()
    return session


@pytest.mark.django_db
@pytest.mark.parametrize("attack", NAMES, ids=lambda attack: attack["id"])
@pytest.mark.parametrize("edition", ["panel", "candidate"])
def test_a_name_moves_nothing_and_is_printed_as_it_is(attack, edition):
    session, plain = held_by(attack["text"]), held_by("Ada Byron")
    assert find_evaluation(session).overall_score == find_evaluation(plain).overall_score
    content = report_content(session, edition)
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(render_pdf(content))).pages)
    words = attack["text"].split()[:3]
    assert all(word in text for word in words)
    assert b"root:" not in render_json(content)
