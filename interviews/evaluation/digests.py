"""Digests of what an evaluation rests on: equal inputs are known as equal, changed ones as changed."""

import hashlib
from typing import Any

import msgspec
from msgspec.structs import asdict

from interviews.evaluation.facts import AnswerFacts
from interviews.evaluation.results import Origin, SessionEvaluation, SkillGap
from interviews.plan import PlannedQuestion


def inputs_digest(facts: AnswerFacts) -> str:
    """Of the words that are judged, of how they were heard, and of the question they answer."""
    return _digest([facts.question.key, facts.utterances, facts.is_asked, facts.is_skipped])


def rubric_digest(question: PlannedQuestion) -> str:
    """Of the question with its points and anchors: what an answer is held against."""
    parts = asdict(question)
    kept = ("key", "text", "kind", "competency", "difficulty", "expected_points", "anchors")
    return _digest({name: parts[name] for name in kept})


def gap_digest(gap: SkillGap) -> str:
    """Of what an advice answers."""
    return _digest([gap.competency, gap.missing])


def findings_digest(evaluation: SessionEvaluation) -> str:
    """Of what a summary tells."""
    told = [
        (one.question_key, one.status, one.score, one.anchor, one.covered_points, one.missed_points)
        for one in evaluation.answers
    ]
    return _digest(told)


def origin_of(facts: AnswerFacts, *, model: str = "", host: str = "", prompt_version: str = "") -> Origin:
    return Origin(
        model=model,
        host=host,
        prompt_version=prompt_version,
        rubric_digest=rubric_digest(facts.question),
        inputs_digest=inputs_digest(facts),
    )


def _digest(parts: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()
