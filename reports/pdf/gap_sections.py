"""Parts of the panel edition about what was asked for: résumé claims, skill gaps, fit with the job."""

from reports import wording
from reports.content import JobFit, ReportContent, SkillGap
from reports.open_questions import left_open, not_reached
from reports.pdf import look
from reports.pdf.blocks import (
    MAIN,
    Slot,
    bullets,
    in_quotes,
    kept,
    labelled,
    paragraph,
    row,
    rule,
    say,
    section,
    timed,
    together,
)
from reports.pdf.flow import Piece
from reports.pdf.structure import Element
from reports.typesetting.clean import one_line, printable, shortened
from reports.typesetting.lines import Span

_SEVERITIES = {"high": "large gap", "medium": "medium gap", "low": "small gap"}
_UNKNOWN = (
    "Nothing was said to these, so nothing is known: they are neither gaps nor strengths, and lower nothing."
)
_NOT_ASSESSED = "No answer spoke to a competency of the job, so there is no score."

_MOST_TOGETHER = 12
"""Rows of a table that are kept on one page."""

_NAME = Slot(0, 190)
_WEIGHT = Slot(200, 70)
_REACHED = Slot(280, look.WIDTH - 280)


def resume_and_gaps(content: ReportContent, root: Element) -> list[Piece]:
    """This will list résumé claims, skill gaps, open questions and the job fit score, if there are any."""
    parts = (_resume_claims, _skill_gaps, _open_questions)
    return [*(piece for part in parts for piece in part(content, root)), *_job_fit(content.job_fit, root)]


def _resume_claims(content: ReportContent, root: Element) -> list[Piece]:
    if not content.resume_claims:
        return []
    element, pieces = section("Résumé claims", root)
    for claim in content.resume_claims:
        where = f" in question {claim.question_number}" if claim.question_number else ""
        label = f"Probed{where}" if claim.was_probed else "Not probed"
        body = say(printable(claim.claim), look.BODY, element.add("P"), MAIN)
        body += say(printable(claim.note), look.QUIET, element.add("P"), MAIN) if claim.note else []
        pieces += labelled(label, body, element, 4)
    return pieces


def _skill_gaps(content: ReportContent, root: Element) -> list[Piece]:
    if not content.skill_gaps:
        return []
    element, pieces = section("Skill gaps", root)
    for gap in content.skill_gaps:
        pieces += _skill_gap(gap, element)
    return pieces


def _skill_gap(gap: SkillGap, element: Element) -> list[Piece]:
    severity = f"  {_SEVERITIES[gap.severity]}" if gap.severity else ""
    spans = [Span(one_line(gap.skill), look.STRONG), Span(severity, look.QUIET)]
    body = kept(paragraph(spans, element.add("P"), MAIN))
    if gap.detail:
        body += say(printable(gap.detail), look.BODY, element.add("P"), MAIN)
    body += bullets([one_line(point) for point in gap.missing], element, MAIN)
    for index, quote in enumerate(gap.evidence):
        spans = [Span(in_quotes(one_line(quote.text)), look.SAID)]
        said = timed(quote.at_ms, spans, element.add("BlockQuote"), MAIN, 2)
        body += labelled("Said there", said, element, 2) if index == 0 else said
    if gap.suggestion:
        advice = say(printable(gap.suggestion), look.BODY, element.add("P"), MAIN)
        body += labelled("What to learn", advice, element, 2)
    return labelled("Not heard" if gap.missing else "Gap", body, element, 10)


def _open_questions(content: ReportContent, root: Element) -> list[Piece]:
    """Neither gaps nor strengths: what has to be asked again to be known."""
    groups = (("Left open", left_open(content.questions)), ("Not reached", not_reached(content.questions)))
    if not any(found for _, found in groups):
        return []
    element, pieces = section("Open questions", root)
    pieces += kept(say(_UNKNOWN, look.QUIET, element.add("P")))
    for label, found in groups:
        for question in found:
            name = f"Question {question.number}  " + one_line(question.competency)
            body = kept(say(name.strip(), look.STRONG, element.add("P"), MAIN))
            body += say(one_line(question.text), look.BODY, element.add("P"), MAIN)
            pieces += labelled(label, body, element, 6)
    return pieces


def _job_fit(fit: JobFit | None, root: Element) -> list[Piece]:
    if fit is None:
        return []
    element, pieces = section("Job Fit Score", root)
    text = (
        f"{wording.points(fit.score)} of 100, resting on {fit.assessed_weight} of {fit.total_weight} parts "
        "of the job's weight. What no answer spoke to lowers nothing."
    )
    pieces += kept(say(text if fit.score is not None else _NOT_ASSESSED, look.BODY, element.add("P")))
    heads = [("Competency of the job", _NAME), ("Weight", _WEIGHT), ("Mean anchor", _REACHED)]
    table, tagged = [], element.add("Table")
    titles = tagged.add("TR")
    table.append(
        row([say(text, look.LABEL, titles.add("TH"), slot) for text, slot in heads], 8)._replace(
            keeps_next=True
        )
    )
    for one in fit.competencies:
        reached = (
            f"{wording.mean(one.mean)}  from {wording.count(one.n, 'answer')}" if one.n else "not assessed"
        )
        entry = tagged.add("TR")
        cells = [
            say(shortened(one.name, 90), look.BODY, entry.add("TH"), _NAME),
            say(str(one.weight), look.NUMBER, entry.add("TD"), _WEIGHT),
            say(reached, look.NUMBER, entry.add("TD"), _REACHED),
        ]
        table += [rule(space=3, after=3), row(cells)]
    return pieces + (together(table) if len(fit.competencies) <= _MOST_TOGETHER else table)
