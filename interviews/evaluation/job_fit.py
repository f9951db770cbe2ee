"""Job Fit Score: how far the answers met the job's own competencies, over what was assessed at all.

A job weighs its competencies from 1 to 5. An answer speaks to the competency whose name is most like its
question's: equal but for endings and order, or with at least half of their content words shared. Each
assessed competency has the mean anchor of its answers; anchors 1 to 5 stand for 0 to 100, and the score is
their mean by weight. What no answer spoke to lowers nothing: how much weight the score rests on is said
beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from interviews.evaluation.content_words import content_stems
from interviews.evaluation.results import AnswerEvaluation, CompetencyFit, JobFit

LEAST_LIKENESS = 0.5
LEAST_WEIGHT, MOST_WEIGHT = 1, 5
TOP_ANCHOR, BOTTOM_ANCHOR = 5, 1


class WantedCompetency(Struct, frozen=True):
    name: str
    weight: int = 1


def wanted_competencies(rows: Any) -> tuple[WantedCompetency, ...]:
    """The competencies of a job as it keeps them; rows that can't be read are left out."""
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        return ()
    found = [_wanted(row) for row in rows if isinstance(row, Mapping)]
    by_name = {one.name.casefold(): one for one in reversed(found) if one.name}
    return tuple(one for one in found if by_name.get(one.name.casefold()) is one)


def judge_job_fit(wanted: Sequence[WantedCompetency], answers: Sequence[AnswerEvaluation]) -> JobFit | None:
    """None where the job names no competencies."""
    if not wanted:
        return None
    anchors: dict[str, list[int]] = {one.name: [] for one in wanted}
    for answer in answers:
        name = closest(answer.competency, [one.name for one in wanted])
        if answer.anchor is not None and name is not None:
            anchors[name].append(answer.anchor)
    fits = tuple(_fit(one, anchors[one.name]) for one in wanted)
    assessed = [one for one in fits if one.anchor is not None]
    weight = sum(one.weight for one in assessed)
    reached = sum(one.weight * points_of_anchor(one.anchor or BOTTOM_ANCHOR) for one in assessed)
    return JobFit(
        score=round(reached / weight, 1) if weight else None,
        assessed_weight=weight,
        total_weight=sum(one.weight for one in fits),
        competencies=fits,
    )


def closest(name: str, among: Sequence[str]) -> str | None:
    """The name that is most like `name`, the first of equals; None where none is like it."""
    scored = [(likeness(name, other), other) for other in among]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return best[1] if best[0] >= LEAST_LIKENESS else None


def likeness(one: str, other: str) -> float:
    """The share of content words, by stems, that two names have in common, 0..1."""
    first, second = content_stems(one), content_stems(other)
    if not first or not second:
        return float(bool(one.strip()) and one.strip().casefold() == other.strip().casefold())
    return len(first & second) / len(first | second)


def _wanted(row: Mapping[str, Any]) -> WantedCompetency:
    weight = row.get("weight", LEAST_WEIGHT)
    known = weight if isinstance(weight, int | float) and weight == weight else LEAST_WEIGHT  # noqa: PLR0124
    return WantedCompetency(
        str(row.get("name") or "").strip(), round(min(max(known, LEAST_WEIGHT), MOST_WEIGHT))
    )


def _fit(one: WantedCompetency, anchors: Sequence[int]) -> CompetencyFit:
    mean = round(sum(anchors) / len(anchors), 2) if anchors else None
    return CompetencyFit(one.name, one.weight, mean, len(anchors))


def points_of_anchor(anchor: float) -> float:
    """What an anchor from 1 to 5 stands for on the scale of 0 to 100."""
    return 100 * (anchor - BOTTOM_ANCHOR) / (TOP_ANCHOR - BOTTOM_ANCHOR)
