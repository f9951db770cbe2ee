"""One sample interview is held, and those in docs/samples still say what the program would say."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pypdf
import pytest
from channels.db import database_sync_to_async

from interviews.bank import get_question
from interviews.evaluation.lexical import VERSION
from interviews.live.process import Process
from interviews.models import Session
from interviews.reporting import report_content
from interviews.reporting.claims import without_example
from interviews.samples.recordings import load_recording
from interviews.samples.script import SampleCandidate, load_samples
from interviews.samples.staging import hold_interview
from interviews.samples.writing import transcript_text, write_sample
from reports.content import ReportContent
from reports.json_twin import render_json
from reports.quotes import normalised

SAMPLES = load_samples()
each_sample = pytest.mark.parametrize("candidate", SAMPLES.candidates, ids=lambda one: one.file)


def quotes_in(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for finding in (*report["strengths"], *report["things_to_probe"]):
        if finding["quote"]:
            yield finding["quote"]
    for question in report["questions"]:
        answer = question["answer"] or {"quotes": [], "covered": []}
        yield from answer["quotes"]
        yield from (finding["quote"] for finding in answer["covered"] if finding["quote"])
    for gap in report["skill_gaps"]:
        yield from gap["evidence"]


def check_quotes(report: dict[str, Any]) -> int:
    """Every quote was said by the candidate in the turn that has its time; gives how many there are."""
    turns = [turn for turn in report["transcript"] if turn["side"] == "candidate"]
    found = list(quotes_in(report))
    for quote in found:
        saying = [turn for turn in turns if normalised(quote["text"]) in normalised(turn["text"])]
        assert saying, quote
        assert any(turn["at_ms"] <= quote["at_ms"] <= (turn["to_ms"] or quote["at_ms"]) for turn in saying), (
            quote
        )
    assert report["quotes_struck"] == 0
    return len(found)


class OpenDoor:
    def enter(self, session_key: str, *, is_return: bool) -> None:
        pass

    def leave(self, session_key: str) -> None:
        pass


def typed_only(candidate: SampleCandidate, keys: list[str]) -> SampleCandidate:
    answers = {key: tuple(one for one in candidate.answers[key] if one.type) for key in keys}
    closing = tuple(one for one in candidate.closing if one.type)
    return msgspec.structs.replace(candidate, answers=answers, closing=closing)


async def hold_typed(keys: list[str]) -> Session:
    services = replace(Process().registry.services, door=OpenDoor())
    candidate = typed_only(SAMPLES.candidates[1], keys)
    return await hold_interview(SAMPLES, candidate, services)


async def test_an_interview_is_held_and_its_report_quotes_only_what_was_said(
    transactional_db: None, tmp_path: Path
) -> None:
    session = await hold_typed(["backend-background", "backend-index"])
    assert session.status == Session.Status.COMPLETED
    content: ReportContent = await database_sync_to_async(report_content)(session, "panel")
    report = json.loads(render_json(content))["report"]
    assert check_quotes(report) > 5
    first = content.questions[0]
    assert first.answer is not None
    assert len(first.answer.turns) == 2  # a follow-up was asked and answered
    assert len(first.follow_ups) == 1
    assert content.completeness.questions_answered == 2
    assert content.job_fit is not None
    text = transcript_text(content)
    assert "**00:00 Viva**" in text
    assert "the languages and tools" in text
    candidate = SAMPLES.candidates[1]
    write = database_sync_to_async(write_sample)
    assert await write(tmp_path, candidate, session)
    assert not await write(tmp_path, candidate, session)
    assert len(pypdf.PdfReader(tmp_path / "middling-candidate.pdf").pages) > 1


def shipped(repo_root: Path, candidate: SampleCandidate) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((repo_root / f"docs/samples/{candidate.file}-panel.json").read_text())
    return report["report"]


@each_sample
def test_every_quote_of_a_shipped_report_is_in_its_transcript(
    repo_root: Path, candidate: SampleCandidate
) -> None:
    assert check_quotes(shipped(repo_root, candidate)) >= 10
    text = normalised((repo_root / f"docs/samples/{candidate.file}-transcript.md").read_text())
    assert all(normalised(quote["text"]) in text for quote in quotes_in(shipped(repo_root, candidate)))


@each_sample
def test_every_claim_of_a_shipped_report_is_still_what_the_bank_expects(
    repo_root: Path, candidate: SampleCandidate
) -> None:
    """When this fails: `manage.py sample_interviews`, and read what comes out."""
    questions = shipped(repo_root, candidate)["questions"]
    assert [one["text"] for one in questions] == [get_question(key).text for key in candidate.answers]
    for key, question in zip(candidate.answers, questions, strict=True):
        answer = question["answer"]
        assert answer["judged_with"]["version"] in {VERSION, "1"}  # "1": nothing was there to be judged
        if answer["score"] is None:
            continue
        told = {*answer["covered_points"], *(without_example(point) for point in answer["missed_points"])}
        assert told == {without_example(point.text) for point in get_question(key).expected_points}
        assert len(answer["covered"]) == len(answer["covered_points"])


def test_the_three_are_as_far_apart_as_they_are_called(repo_root: Path) -> None:
    levels = {one.file: shipped(repo_root, one)["overall"]["level"] for one in SAMPLES.candidates}
    assert levels == {"strong": "Excellent", "middling": "Good", "struggling": "Needs work"}


def test_every_recording_of_the_script_is_there() -> None:
    for candidate in SAMPLES.candidates:
        for answer in (*candidate.closing, *(one for given in candidate.answers.values() for one in given)):
            if answer.say:
                assert load_recording(answer.say).turn_end_ms * 32 <= len(load_recording(answer.say).pcm)
    with pytest.raises(KeyError):
        load_recording("nobody")


def test_all_pages_of_the_shipped_reports_open(repo_root: Path) -> None:
    for path in sorted((repo_root / "docs" / "samples").glob("*.pdf")):
        assert pypdf.PdfReader(path).pages[0].extract_text().strip(), path
        assert path.stat().st_size < 400_000
