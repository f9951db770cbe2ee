"""A question that was left open stands as open, neither as a gap nor as a strength."""

import msgspec

from reports import sample
from reports.content import Answer, Question, ReportContent
from reports.editions import candidate_edition
from reports.json_twin import render_json
from reports.open_questions import left_open, not_reached

OPEN = Question(
    7, "How do you find out who is right?", competency="Judgement", asked_at_ms=1, outcome_note="Skipped."
)
ASKED_BACK = Question(
    8, "And when?", asked_at_ms=2, answer=Answer(text="Again?", unscored_reason="The question was left open.")
)
NEVER = Question(9, "What would you ask us?", outcome_note="Not reached.")


def with_open_questions() -> ReportContent:
    content = sample.short()
    return msgspec.structs.replace(content, questions=(*content.questions, OPEN, ASKED_BACK, NEVER))


def test_open_and_unreached_are_told_apart() -> None:
    questions = with_open_questions().questions
    assert left_open(questions) == (OPEN, ASKED_BACK)
    assert not_reached(questions) == (NEVER,)
    assert left_open(sample.short().questions) == ()


def test_page_1_names_them(read) -> None:
    page = " ".join(read(with_open_questions()).pages[0].extract_text().split())
    assert "Left open: questions 7, 8. Not reached: question 9. This lowers nothing." in page


def test_they_have_a_section_of_their_own(text_of) -> None:
    text = text_of(with_open_questions())
    assert "Open questions Nothing was said to these" in text
    assert "Left open Question 7 Judgement How do you find out who is right?" in text
    assert "Not reached Question 9" in text
    assert "Open questions" not in text_of(sample.short())


def test_the_candidate_does_not_read_questions_that_were_never_put() -> None:
    report = candidate_edition(with_open_questions())
    assert [question.number for question in report.questions] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert NEVER.text not in render_json(sample.as_candidate(with_open_questions())).decode()
