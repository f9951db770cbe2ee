"""Page 1 of the panel edition, which stands alone: who, the score and what it rests on, and who decides."""

from collections.abc import Iterable
from itertools import zip_longest
from typing import NamedTuple

from reports import wording
from reports.content import Finding, Question, ReportContent
from reports.open_questions import left_open, not_reached
from reports.overrides import Overridden
from reports.pdf import dot_plot, look, score_scale
from reports.pdf.blocks import (
    FULL,
    Slot,
    figure,
    heading,
    in_quotes,
    kept,
    paragraph,
    row,
    rule,
    say,
    spaced,
    stacked,
    timed,
)
from reports.pdf.flow import Piece, group_height
from reports.pdf.pen import Pen
from reports.pdf.structure import Element
from reports.people import people_say
from reports.typesetting.clean import one_line, shortened
from reports.typesetting.lines import Span

_MOST_COMPETENCIES = 6
_MOST_NUMBERS = 20


class _Limits(NamedTuple):
    """Most characters of a finding and of its quote, most findings of a kind, whether the plot is shown."""

    text: int
    quote: int
    findings: int = 3
    has_plot: bool = True


_LIMITS = (
    _Limits(150, 170),
    _Limits(110, 130),
    _Limits(90, 100),
    _Limits(90, 88),
    _Limits(84, 74),
    _Limits(76, 64),
    _Limits(70, 56),
    _Limits(90, 100, findings=2),
    _Limits(70, 56, findings=2),
    _Limits(70, 56, findings=1),
    _Limits(70, 80, findings=2, has_plot=False),
    _Limits(70, 56, findings=1, has_plot=False),
)
"""The first with which all of it fits."""

_COLUMN = (look.WIDTH - 28) / 2
_COLUMNS = (Slot(0, _COLUMN), Slot(_COLUMN + 28, _COLUMN))
_SCORE = Slot(0, 132)
_BASIS = Slot(150, look.WIDTH - 150)

A_PERSON_DECIDES = (
    "A person decides. This report informs that decision and makes none; nobody is rejected by it."
)


def front_page(content: ReportContent, root: Element) -> list[Piece]:
    """This will give page 1, shortening findings and quotes until it fits."""
    for limits in _LIMITS:
        section = Element("Sect")
        pieces = _page(content, section, limits)
        if group_height(pieces) <= look.HEIGHT:
            break
    root.kids.append(section)
    return kept(pieces[:-1]) + pieces[-1:]


def masthead(content: ReportContent, section: Element, kind: str) -> list[Piece]:
    """This will head a first page: organisation, kind of report, name, role, date and length."""
    top = row(
        [
            say(shortened(content.organisation, 60), look.SMALL_STRONG, section.add("P"), Slot(0, 300)),
            [_right(kind, section.add("P"))],
        ]
    )
    name = shortened(content.candidate_name, 90) or "Name not given"
    role = [Span(shortened(content.role, 90), look.H2)]
    role += [Span(f" · {shortened(content.level, 30)}", look.H2)] if content.level else [Span(" ", look.H2)]
    return [
        top,
        *spaced(heading(name, look.TITLE, section.add("H1")), 14),
        *paragraph(role, section.add("P"), space=2),
        *say(" · ".join(_particulars(content)), look.QUIET, section.add("P"), space=2),
    ]


def _page(content: ReportContent, section: Element, limits: _Limits) -> list[Piece]:
    pieces = masthead(content, section, "Interview report · panel edition")
    pieces[0] = pieces[0]._replace(bookmark=(0, "Summary"))
    pieces += [rule(space=14, after=12), _score(content, section)]
    plot = dot_plot.plot_of(content, content.competencies[:_MOST_COMPETENCIES])
    if limits.has_plot and plot.has_marks:
        element = section.add("Figure", dot_plot.in_words(plot))
        drawn = figure(plot.height, lambda pen, x, top: dot_plot.draw(pen, x, top, plot), element)
        pieces.append(drawn._replace(space_before=16))
    pieces += [rule(space=12), *_findings(content, section, limits)]
    pieces += _unknown(content, section)
    pieces += _for_a_person(content, section)
    pieces.append(_decision(content, section))
    return pieces


def _particulars(content: ReportContent) -> list[str]:
    done = content.completeness
    parts = [wording.moment(content.held_at)] if content.held_at else []
    parts += [wording.length(done.duration_ms)] if done.duration_ms else []
    answered = f"{done.questions_answered} of {wording.count(done.questions_planned, 'question')} answered"
    parts.append(f"{wording.sentence_case(done.status)}: {answered}")
    parts += [shortened(done.note, 120)] if done.note else []
    parts += ["practice"] if content.is_practice else []
    return parts


def _score(content: ReportContent, section: Element) -> Piece:
    overall = content.overall
    basis = say(_rests_on(content), look.BODY, section.add("P"), _BASIS)
    if overall.basis:
        basis += say(shortened(overall.basis, 260), look.QUIET, section.add("P"), _BASIS)
    if overall.overridden is not None:
        basis += say(as_overridden(overall.overridden), look.STRONG, section.add("P"), _BASIS, 3)
    basis += say(
        people_say(content.human_ratings, holds_back=content.holds_back_ratings),
        look.BODY,
        section.add("P"),
        _BASIS,
        3,
    )
    if overall.value is None or not wording.is_known(overall.value):
        return row([say("Not scored", look.H1, section.add("P"), _SCORE), basis])
    level = overall.level + (" · provisional" if overall.is_provisional else "")
    overridden = overall.overridden.value if overall.overridden else None
    return scored((overall.value, level, overridden), basis, section)


def scored(score: tuple[float, str, float | None], basis: list[Piece], section: Element) -> Piece:
    """This will set a score large, its level's word below, and what it rests on above its scale.

    The last of `score` is what it comes to with people's overrides, where there are any.
    """
    value, level, overridden = score
    figures = [Span(wording.points(value), look.BIG_NUMBER), Span("  of 100", look.QUIET)]
    number = [*paragraph(figures, section.add("P"), _SCORE), _level(level, section.add("P"))]
    alt = section.add("Figure", score_scale.in_words(value, level, overridden))
    left, width = _BASIS

    def draw(pen: Pen, x: float, top: float) -> None:
        score_scale.draw(pen, x + left, top, width, (value, overridden))

    return row([number, [*basis, figure(score_scale.HEIGHT, draw, alt, space=6)]])


def as_overridden(overridden: Overridden) -> str:
    """What the score comes to with people's overrides, and on what that rests."""
    level = f" ({overridden.level})" if overridden.level else ""
    value = overridden.value
    comes_to = f"{wording.points(value)} of 100{level}" if wording.is_known(value) else "no score"
    parts = [f"{overridden.answers_set} set by a person"] if overridden.answers_set else []
    left_out = overridden.answers_left_out
    parts += [f"{left_out} marked as not scorable and left out"] if left_out else []
    answers = wording.count(overridden.answers_scored, "scored answer")
    return f"With people's overrides: {comes_to}, on {answers}; {', '.join(parts)}."


def _rests_on(content: ReportContent) -> str:
    overall = content.overall
    if not overall.answers_scored and not content.completeness.questions_answered:
        return "Nothing was answered, so there is nothing to rest a score on."
    if not overall.answers_scored:
        return f"None of {wording.count(overall.answers_total, 'answer')} has a score."
    answers = f"{overall.answers_scored} of {wording.count(overall.answers_total, 'answer')}"
    evidence = wording.count(overall.evidence_count, "piece", "pieces")
    text = (
        f"Rests on {answers} and {evidence} of evidence."
        if overall.evidence_count
        else f"Rests on {answers}."
    )
    return f"{text} {_job_fit(content)}".strip()


def _job_fit(content: ReportContent) -> str:
    fit = content.job_fit
    score = content.job_fit_score if fit is None else fit.score
    if score is None or not wording.is_known(score):
        return ""
    of_weight = f", over {fit.assessed_weight} of {fit.total_weight} parts of the job's weight" if fit else ""
    return f"Job fit: {wording.points(score)} of 100{of_weight}."


def _level(words: str, element: Element) -> Piece:
    ink = look.LEVEL_INKS.get(words.split(" · ", maxsplit=1)[0].lower(), look.SOFT)

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.tag(element)
        pen.box(x + 1, top + 4, (8, 8), fill=ink)
        pen.text(words, x + 15, top, look.H2)

    return Piece(16, draw)


def _findings(content: ReportContent, section: Element, limits: _Limits) -> list[Piece]:
    if not content.strengths and not content.things_to_probe:
        nothing = (
            "Nothing in the answers is backed by enough evidence to be named as a strength or to be probed."
        )
        return say(nothing, look.QUIET, section.add("P"), space=12)
    columns = (("Strengths", content.strengths), ("Things to probe", content.things_to_probe))
    heads = [
        say(title, look.H2, section.add("H2"), slot)
        for (title, _), slot in zip(columns, _COLUMNS, strict=True)
    ]
    pieces = [row(heads, space=12)]
    strengths, probes = ([*found[: limits.findings]] for _, found in columns)
    for index, pair in enumerate(zip_longest(strengths, probes)):
        cells = [
            _finding(found, section, slot, limits) if found else _none(section, slot, is_first=index == 0)
            for found, slot in zip(pair, _COLUMNS, strict=True)
        ]
        pieces.append(row(cells, space=9))
    return pieces


def _none(section: Element, slot: Slot, *, is_first: bool) -> list[Piece]:
    """Said once, so that nobody takes an empty column for something that went missing."""
    return (
        say("None is backed by words that were said.", look.QUIET, section.add("P"), slot) if is_first else []
    )


def _finding(finding: Finding, section: Element, slot: Slot, limits: _Limits) -> list[Piece]:
    where = f"  question\N{NO-BREAK SPACE}{finding.question_number}" if finding.question_number else ""
    spans = [Span(shortened(finding.text, limits.text), look.STRONG), Span(where, look.SMALL)]
    pieces = paragraph(spans, section.add("P"), slot)
    if finding.quote:
        quoted = in_quotes(shortened(finding.quote.text, limits.quote))
        lead = "Said there: " if finding.is_said_there else ""
        spans = [Span(lead, look.QUIET), Span(quoted, look.SAID)] if lead else [Span(quoted, look.SAID)]
        pieces += timed(finding.quote.at_ms, spans, section.add("BlockQuote"), slot, 2)
    return pieces


def _unknown(content: ReportContent, section: Element) -> list[Piece]:
    """What was heard too badly, left open or never asked: nothing is known of any of it."""
    badly = [one for one in content.questions if one.answer and not one.answer.is_scorable]
    groups = (("Left open", left_open(content.questions)), ("Not reached", not_reached(content.questions)))
    parts = [f"Not scorable, and counted neither way: {_answers(_numbers(badly))}."] if badly else []
    parts += [f"{what}: {_questions(_numbers(found))}." for what, found in groups if found]
    parts += ["This lowers nothing."] if any(found for _, found in groups) else []
    return say(" ".join(parts), look.BODY, section.add("P"), space=10) if parts else []


def _numbers(questions: Iterable[Question]) -> list[str]:
    return [str(one.number) for one in questions]


def _questions(numbers: list[str]) -> str:
    which = "question " if len(numbers) == 1 else "questions "
    more = " and more" if len(numbers) > _MOST_NUMBERS else ""
    return f"{which}{', '.join(numbers[:_MOST_NUMBERS])}{more}"


def _for_a_person(content: ReportContent, section: Element) -> list[Piece]:
    """Where judgements lie far apart, or something else in the answer needs eyes."""
    numbers = [str(q.number) for q in content.questions if q.answer and q.answer.attention]
    if not numbers:
        return []
    text = f"A person should look at the {_answers(numbers)}, for the reason given there."
    return say(text, look.STRONG, section.add("P"), space=10)


def _answers(numbers: list[str]) -> str:
    return f"{'answer' if len(numbers) == 1 else 'answers'} to {_questions(numbers)}"


def _decision(content: ReportContent, section: Element) -> Piece:
    element = section.add("P")
    inner = Slot(14, look.WIDTH - 28)
    lines = paragraph([Span(_decision_text(content), look.STRONG)], element, inner)
    draw_lines = stacked(lines)
    height = group_height(lines) + 18

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.artifact()
        pen.box(x, top, (look.WIDTH, height), fill=look.GROUND)
        pen.box(x, top, (2.5, height), fill=look.ACCENT)
        draw_lines(pen, x, top + 9)

    return Piece(height, draw, 14)


def _decision_text(content: ReportContent) -> str:
    made = content.decision
    if made is None:
        return A_PERSON_DECIDES
    outcome = {"advance": "Advance", "hold": "Hold", "decline": "Decline"}[made.outcome]
    when = f" on {wording.day(made.decided_on)}" if made.decided_on else ""
    reason = f" Reason: {shortened(made.reason, 220)}" if made.reason else ""
    return f"Decided by {one_line(made.by)}{when}: {outcome}.{reason}"


def _right(text: str, element: Element) -> Piece:
    def draw(pen: Pen, x: float, top: float) -> None:
        pen.tag(element)
        pen.text(text, x + FULL.width, top, look.SMALL, "right")

    return Piece(look.SMALL.leading, draw)
