"""The candidate edition can't tell what only the panel may know: shown in its type, its JSON and its PDF."""

import io
import re
from typing import Any, get_args, get_type_hints

import msgspec
import pypdf
import pytest

from reports import content as panel
from reports import origins, sample
from reports.content import ReportContent
from reports.editions import CandidateReport, candidate_edition
from reports.json_twin import render_json
from reports.pdf import render_pdf

MAY_BE_READ = re.compile(
    r"""organisation|candidate_name|role|session_uuid|interviewer_name|language|candidate_feedback
    |questions\.\d+\.(text|outcome_note|follow_ups\.\d+\.(text|by))
    |questions\.\d+\.answer\.(text|turns\.\d+\.text|corrected_text|redone_text|channel|not_scorable_reason|feedback)
    |provenance\.(engines\.\d+\.(role|name)|recordings\.\d+\.(side|note)|consent_version|consent_choices\.\d+|log_head_hash)
    |contact\.\w+""",
    re.VERBOSE,
)
ONLY_WITH_SCORES = re.compile(r"overall\.level|questions\.\d+\.answer\.criteria\.\d+\.name")
KEPT_AS_THEY_ARE = {
    "panel",
    "candidate",
    "interviewer",
    "voice",
    "text",
    "sms",
    "pause",
    "drop",
    "intervention",
    "complete",
    "en",
}


def marked(value: Any, path: str, marks: dict[str, str]) -> Any:
    """A copy in which every text is a mark of its own, noted with the path it stands at."""
    if isinstance(value, str):
        if value in KEPT_AS_THEY_ARE:
            return value
        mark = f"Q{len(marks)}Z"
        marks[mark] = path
        return mark
    if isinstance(value, tuple):
        return tuple(marked(item, f"{path}.{index}", marks) for index, item in enumerate(value))
    if isinstance(value, dict):
        return {key: marked(item, f"{path}.{key}", marks) for key, item in value.items()}
    if isinstance(value, msgspec.Struct):
        fields = {
            name: marked(getattr(value, name), f"{path}.{name}".lstrip("."), marks)
            for name in value.__struct_fields__
        }
        return type(value)(**fields)
    return value


def everywhere_marked(*, shows_scores: bool) -> tuple[ReportContent, dict[str, str]]:
    marks: dict[str, str] = {}
    filled = sample.as_candidate(sample.short(), shows_scores=shows_scores)
    return marked(filled, "", marks), marks


def paths_found(text: str, marks: dict[str, str]) -> set[str]:
    return {marks[mark] for mark in re.findall(r"Q\d+Z", text)}


@pytest.mark.parametrize("shows_scores", [False, True])
def test_nothing_but_what_is_allowed_reaches_the_json(shows_scores: bool) -> None:
    report, marks = everywhere_marked(shows_scores=shows_scores)
    found = paths_found(render_json(report).decode(), marks)
    unexpected = {path for path in found if not MAY_BE_READ.fullmatch(path)}
    if shows_scores:
        assert any(ONLY_WITH_SCORES.fullmatch(path) for path in unexpected)
        unexpected = {path for path in unexpected if not ONLY_WITH_SCORES.fullmatch(path)}
    assert unexpected == set()
    assert "questions.0.answer.text" in found


def test_nothing_but_what_is_allowed_reaches_the_pdf_or_its_raw_objects() -> None:
    report, marks = everywhere_marked(shows_scores=False)
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(report)))
    shown = " ".join(page.extract_text() for page in reader.pages)
    shown += str(reader.metadata) + str([item.title for item in reader.outline if not isinstance(item, list)])
    shown += render_pdf(report).decode("latin-1")
    found = paths_found(shown, marks)
    assert {path for path in found if not MAY_BE_READ.fullmatch(path)} == set()
    assert "questions.0.answer.turns.0.text" in found


def test_the_marks_would_be_seen_in_the_panel_edition() -> None:
    report, marks = everywhere_marked(shows_scores=False)
    found = paths_found(render_json(msgspec.structs.replace(report, edition="panel")).decode(), marks)
    assert {"notes.0.text", "questions.0.answer.missed_points.0", "competencies.0.anchors.5"} <= found


def test_its_type_has_no_place_for_what_belongs_to_the_panel() -> None:
    shared = types_within(CandidateReport) & types_within(ReportContent)
    assert {kind for kind in shared if isinstance(kind, type) and issubclass(kind, msgspec.Struct)} == {
        panel.Contact,
        origins.Recording,
    }


def test_neither_edition_has_a_place_for_accommodations() -> None:
    names = {
        name
        for kind in types_within(ReportContent) | types_within(CandidateReport)
        for name in getattr(kind, "__struct_fields__", ())
    }
    assert not [name for name in names if re.search("accommodat|patience|extra_time|disab", name)]


def test_scores_stay_away_unless_the_plan_allows_them() -> None:
    hidden = candidate_edition(sample.as_candidate(sample.short()))
    assert hidden.score is None
    assert all(question.score is None and question.criteria == () for question in hidden.questions)
    shown = candidate_edition(sample.as_candidate(sample.short(), shows_scores=True))
    assert shown.score is not None
    assert shown.questions[0].score == 58


def test_practice_shows_scores() -> None:
    practice = msgspec.structs.replace(sample.short(), is_practice=True)
    assert candidate_edition(practice).score is not None


def test_provisional_scores_are_never_shown() -> None:
    allowed = sample.as_candidate(sample.short(), shows_scores=True)
    provisional = msgspec.structs.replace(allowed.overall, is_provisional=True)
    report = candidate_edition(msgspec.structs.replace(allowed, overall=provisional))
    assert report.score is None
    assert all(question.score is None for question in report.questions)


def test_feedback_stays_away_where_the_plan_says_so() -> None:
    policy = panel.CandidatePolicy(shows_feedback=False)
    report = candidate_edition(msgspec.structs.replace(sample.short(), candidate_policy=policy))
    assert report.feedback == ""
    assert {question.feedback for question in report.questions} == {""}


def test_an_answer_that_could_not_be_scored_says_so_and_has_no_score() -> None:
    report = candidate_edition(sample.as_candidate(sample.short(), shows_scores=True))
    unscored = [question for question in report.questions if not question.is_scorable]
    assert [question.number for question in unscored] == [6]
    assert unscored[0].not_scorable_reason
    assert unscored[0].score is None


def types_within(kind: Any, seen: set[Any] | None = None) -> set[Any]:
    """Every type that a type's fields mention, however deep."""
    seen = set() if seen is None else seen
    if kind in seen or kind is Ellipsis:
        return seen
    seen.add(kind)
    for part in get_args(kind):
        if isinstance(part, type) or get_args(part):
            types_within(part, seen)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for hint in get_type_hints(kind).values():
            types_within(hint, seen)
    return seen
