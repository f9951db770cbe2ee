"""Checks a written summary: no number that is not in the findings, no sentence that rests on none of them."""

import re

from interviews.evaluation.form import SummaryForm
from interviews.evaluation.results import SessionEvaluation
from interviews.evaluation.wording import clean, supported

MOST_SENTENCES = 6
MOST_SUMMARY_CHARS = 900
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def checked_summary(evaluation: SessionEvaluation, form: SummaryForm) -> str:
    """The sentences that hold, behind the figures, which code writes; the plain summary where none does."""
    findings = _findings(evaluation)
    numbers = set(_NUMBER.findall(findings))
    cleaned = (clean(one, MOST_SUMMARY_CHARS, findings) for one in form.sentences[:MOST_SENTENCES])
    held = [
        one
        for text in cleaned
        if set(_NUMBER.findall(text)) <= numbers and (one := supported(text, findings))
    ]
    kept = " ".join(held)
    return f"{evaluation.summary} {kept}"[:MOST_SUMMARY_CHARS].strip() if kept else evaluation.summary


def _findings(evaluation: SessionEvaluation) -> str:
    """Everything that the summary may speak of."""
    parts = [evaluation.summary]
    for answer in evaluation.answers:
        parts += [answer.competency, answer.kind, answer.gist, *answer.missed_points]
        parts += [finding.text for finding in answer.covered_points]
        parts += [quote.text for quote in answer.quotes]
    return " . ".join(part for part in parts if part)
