"""What the page of a plan shows: its questions as they will be asked, its time, and how it came to be so."""

from typing import Any, NamedTuple

from hiring.models import Plan as KeptPlan
from interviews.bank.lint import find_faults
from interviews.plan import PlannedQuestion
from interviews.planning.comparing import FEEDBACK, REDO, changes_between
from interviews.planning.preview import Preview, PreviewedQuestion, preview_plan
from interviews.planning.timing import time_note
from interviews.plans import competencies_of, content_of, versions_of
from interviews.protected import find_protected_topic

SHOWN_VERSIONS = 10
SOURCES = {
    "bank": "from the question bank",
    "job": "from the bank, for this job",
    "model": "written by a language model",
    "person": "of your own",
    "resume": "about the résumé",
}


class Shown(NamedTuple):
    """One question, as the preview tells it and as it is."""

    preview: PreviewedQuestion
    question: PlannedQuestion
    source: str
    protected: str  # the topic that nobody may be asked about; "" where there is none
    faults: list[str]


class Version(NamedTuple):
    kept: KeptPlan
    changes: tuple[str, ...]  # since the one before; empty for the first


def shown_plan(kept: KeptPlan) -> dict[str, Any]:
    plan = content_of(kept)
    preview = preview_plan(plan, competencies_of(kept.job))
    notes = dict.fromkeys((*preview.notes, *([note] if (note := time_note(plan)) else [])))
    return {
        "plan": kept,
        "content": plan,
        "shown": [
            _shown(one, question) for one, question in zip(preview.questions, plan.questions, strict=True)
        ],
        "time": preview.time,
        "bar": _bar(preview),
        "competencies": preview.competencies,
        "notes": list(notes),
        "versions": _versions(kept),
        "redo": REDO[kept.redo],
        "feedback": FEEDBACK[kept.feedback],
    }


def _shown(preview: PreviewedQuestion, question: PlannedQuestion) -> Shown:
    said = (question.text, question.rephrase, question.help, *question.follow_ups)
    protected = next((topic for one in said if (topic := find_protected_topic(one))), "")
    faults = find_faults([question]) if question.source == "person" else []
    told = [fault.removeprefix(f"{question.key}: ") for fault in faults]
    return Shown(preview, question, SOURCES[question.source], protected, told)


def _bar(preview: Preview) -> dict[str, float]:
    """Places on a line of 100 from nothing to the longest there may be."""
    time = preview.time
    whole = max(time.most, float(time.planned), 1.0)
    return {
        "least": round(100 * time.least / whole, 1),
        "usual": round(100 * time.usual / whole, 1),
        "span": round(100 * (time.most - time.least) / whole, 1),
        "planned": round(100 * time.planned / whole, 1),
    }


def _versions(kept: KeptPlan) -> list[Version]:
    rows = KeptPlan.objects.select_related("created_by", "first")
    newest = list(versions_of(rows, kept.number)[: SHOWN_VERSIONS + 1])
    before: list[KeptPlan | None] = [*newest[1:], None]
    pairs = zip(newest, before, strict=True)
    return [Version(one, _changes(former, one)) for one, former in pairs][:SHOWN_VERSIONS]


def _changes(former: KeptPlan | None, kept: KeptPlan) -> tuple[str, ...]:
    if former is None:
        return ()
    renamed = [f"Called “{kept.name}”, before “{former.name}”."] if kept.name != former.name else []
    return (*renamed, *changes_between(content_of(former), content_of(kept)))
