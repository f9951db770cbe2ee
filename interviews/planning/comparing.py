"""What changed from one version of a plan to the next, in sentences."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from interviews.plan import Plan, PlannedQuestion, Policy

SHOWN_CHARS = 70
REDO = {"none": "no question may be answered anew", "once": "each question may be answered once more"}
FEEDBACK = {
    "none": "candidates read no judgement",
    "words": "candidates read feedback in words",
    "scores": "candidates read feedback in words and scores",
}
MODES = {"verbatim": "asked word for word", "adaptive": "asked with follow-ups"}


def changes_between(before: Plan, after: Plan) -> tuple[str, ...]:
    """An empty answer is the same plan."""
    return (*_questions(before, after), *_settings(before, after))


def _questions(before: Plan, after: Plan) -> Iterator[str]:
    old, new = _by_key(before), _by_key(after)
    for key, question in new.items():
        if key not in old:
            yield f"Added: {_short(question)}"
    for key, question in old.items():
        if key not in new:
            yield f"Taken away: {_short(question)}"
    shared = [key for key in new if key in old]
    for key in shared:
        yield from _one(old[key], new[key])
    if shared != [key for key in old if key in new]:
        yield "The order of the questions."


def _one(before: PlannedQuestion, after: PlannedQuestion) -> Iterator[str]:
    if before.text != after.text:
        yield f"Reworded: {_short(before)} is now {_short(after)}"
    elif _inner(before) != _inner(after):
        yield f"Changed beside its wording: {_short(after)}"
    if before.mode != after.mode:
        yield f"{_short(after)} is now {MODES[after.mode]}."
    if before.is_core != after.is_core:
        yield f"{_short(after)} now {'counts' if after.is_core else 'counts in no score'}."


def _settings(before: Plan, after: Plan) -> Iterator[str]:
    if before.duration_minutes != after.duration_minutes:
        yield f"Planned for {after.duration_minutes} minutes, before {before.duration_minutes}."
    if before.max_follow_ups != after.max_follow_ups:
        yield f"At most {after.max_follow_ups} follow-ups a question, before {before.max_follow_ups}."
    if before.persona != after.persona:
        yield f"The interviewer is called {after.persona}, before {before.persona}."
    if (before.role, before.level) != (after.role, after.level):
        yield f"For {after.role} ({after.level}), before {before.role} ({before.level})."
    yield from _policies(before.policy or Policy(), after.policy or Policy())


def _policies(before: Policy, after: Policy) -> Iterator[str]:
    if before.notice != after.notice:
        yield "What candidates read before they agree."
    if before.redo != after.redo:
        yield f"Now {REDO[after.redo]}."
    if before.feedback != after.feedback:
        yield f"Now {FEEDBACK[after.feedback]}."


def _by_key(plan: Plan) -> Mapping[str, PlannedQuestion]:
    return {question.key: question for question in plan.questions}


def _inner(question: PlannedQuestion) -> PlannedQuestion:
    """All that is told of in no sentence of its own."""
    return replace(question, text="", mode="adaptive", is_core=True, source="bank", reason="")


def _short(question: PlannedQuestion) -> str:
    text = question.text
    return f"“{text}”" if len(text) <= SHOWN_CHARS else f"“{text[: SHOWN_CHARS - 1].rstrip()}…”"
