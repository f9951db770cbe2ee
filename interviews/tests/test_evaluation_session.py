import pytest
from msgspec.structs import replace

from interviews.bank import get_question
from interviews.evaluation import (
    AnswerFacts,
    SaidUtterance,
    evaluate_session,
    performance_of,
    summarise,
)
from interviews.evaluation.notes import NO_SCORE_NOTE

INDEX = get_question("backend-index")


def answered(key: str, text: str, confidence: float = 0.9) -> AnswerFacts:
    utterance = SaidUtterance(text, 0, len(text.split()) * 333, confidence)
    return AnswerFacts(get_question(key), (utterance,))


@pytest.fixture
def session(recorded_answers):
    facts = [
        answered(f"backend-{name}", recorded_answers[name])
        for name in ("migration", "generator", "conflict", "index")
    ]
    facts.append(answered("backend-review", recorded_answers["not_sure"]))
    facts.append(AnswerFacts(get_question("backend-cache"), is_skipped=True))
    facts.append(answered("backend-queue", recorded_answers["queue"], confidence=0.2))
    facts.append(AnswerFacts(get_question("backend-design-start"), is_asked=False))
    return evaluate_session(facts)


@pytest.mark.parametrize(
    ("score", "level", "color"),
    [
        (100, "excellent", "green"),
        (85, "excellent", "green"),
        (84.9, "good", "blue"),
        (70, "good", "blue"),
        (50, "average", "yellow"),
        (49.9, "poor", "red"),
        (0, "poor", "red"),
    ],
)
def test_levels(score, level, color):
    assert (performance_of(score).level, performance_of(score).color) == (level, color)


def test_needs_work_is_the_label_of_the_lowest_level():
    assert performance_of(10).label == "Needs work"


def test_counts_and_completion(session):
    assert (session.total_questions, session.answered, session.scored) == (8, 6, 5)
    assert (session.skipped, session.not_scorable, session.not_asked) == (1, 1, 1)
    assert session.completion_rate == 75.0


def test_what_has_no_score_lowers_nothing(session):
    scores = [answer.score for answer in session.answers if answer.score is not None]
    assert len(scores) == 5
    assert session.overall_score == round(sum(scores) / 5, 2)
    assert session.performance == performance_of(session.overall_score)


def test_categories_and_competencies_say_on_how_many_answers_they_rest(session):
    categories = {entry.category: entry for entry in session.categories}
    assert (categories["technical"].total_questions, categories["technical"].answered) == (4, 3)
    assert categories["technical"].n == 2
    assert categories["system_design"].average_score is None
    competencies = {entry.competency: entry for entry in session.competencies}
    assert competencies["Working with others"].n == 2
    assert competencies["Design"].n == 0


def test_top_findings_come_from_different_answers_with_quotes(session):
    assert len(session.top_strengths) == 3
    assert all(finding.quote is not None for finding in session.top_strengths)
    assert len({finding.quote.text for finding in session.top_strengths}) == 3
    assert len(session.top_improvements) == 3


def test_skill_gaps_are_named_with_severity_and_what_was_missing(session):
    gaps = {gap.competency: gap for gap in session.skill_gaps}
    assert "Delivering change safely" not in gaps
    assert gaps["Data and storage"].severity == "medium"
    assert gaps["Data and storage"].missing[0] in gaps["Data and storage"].suggestion
    assert "Design" not in gaps


def test_a_step_above_an_estimate_is_called_the_rubrics_and_above_a_judgement_the_next(session):
    group = [one for one in session.answers if one.competency == "Data and storage"]
    gap = next(gap for gap in session.skill_gaps if gap.competency == "Data and storage")
    assert gap.next_step
    assert gap.suggestion.endswith(f"One anchor above the estimated one the rubric says: {gap.next_step}")
    judged = summarise([replace(one, evaluator="language_model") for one in group])
    assert judged.skill_gaps[0].suggestion.endswith(f"The next step up: {gap.next_step}")


def test_it_says_how_it_was_scored(session):
    assert "accuracy and depth were not" in session.notes[0]
    assert (session.evaluator, session.version) == ("lexical", "6")
    assert session.summary.startswith("5 of 8 questions have a scored answer.")


def test_a_session_without_a_scored_answer_has_no_score():
    empty = evaluate_session([AnswerFacts(INDEX, is_skipped=True)])
    assert (empty.overall_score, empty.performance, empty.skill_gaps) == (None, None, ())
    assert NO_SCORE_NOTE in empty.notes
    assert evaluate_session([]).completion_rate == 0.0
