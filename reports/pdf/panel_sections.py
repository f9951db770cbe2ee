"""Parts of the panel edition: competencies, people's ratings, timeline, notes, facts."""

import math
from collections.abc import Iterable, Mapping

from reports import wording
from reports.content import (
    Competency,
    HumanRating,
    OverallScore,
    PlainFacts,
    ReportContent,
    TimelineMark,
)
from reports.overrides import Override
from reports.pdf import dot_plot, look, talk_chart
from reports.pdf.blocks import (
    LABELS,
    LONGEST_LABEL,
    MAIN,
    Slot,
    beside,
    figure,
    kept,
    labelled,
    paragraph,
    row,
    rule,
    say,
    section,
    subheading,
    together,
)
from reports.pdf.flow import Piece
from reports.pdf.judgements import is_estimated
from reports.pdf.structure import Element
from reports.typesetting.clean import one_line, printable, shortened
from reports.typesetting.lines import Span

_MOST_ROWS = 30
"""Competencies in one plot, which must fit on a page."""

_RATED = Slot(0, 190)
_COMPUTED = Slot(200, 70)
_PEOPLE = Slot(280, look.WIDTH - 280)


def summary(content: ReportContent, root: Element) -> list[Piece]:
    """This will give the summary in words, where one was asked for."""
    if not content.written_summary:
        return []
    element, pieces = section("Summary in words", root)
    pieces += say(printable(content.written_summary), look.SAID, element.add("P"))
    note = "Written by a language model on request; it rests on what follows and adds nothing to it."
    return pieces + say(note, look.SMALL, element.add("P"), space=4)


def competencies(content: ReportContent, root: Element) -> list[Piece]:
    """This will plot the competencies."""
    shown = content.competencies
    if not dot_plot.plot_of(content, shown).has_marks:
        return []
    element, pieces = section("Competencies", root)
    for start in range(0, len(shown), _MOST_ROWS):
        pieces.append(_plot(dot_plot.plot_of(content, shown[start : start + _MOST_ROWS]), element))
    note = "A dot is the mean of the anchors reached in n answers; one answer is little to go by."
    if content.overall.overridden is not None and content.overall.overridden.competencies:
        note += " A square is that mean with the anchors that people set instead of the computed ones."
    is_estimate = any(question.answer and is_estimated(question.answer) for question in content.questions)
    if is_estimate:
        note += (
            " Anchors are estimated from the points heard and how the answers are built; their words were "
            "not compared."
        )
    return pieces + say(note, look.SMALL, element.add("P"), space=4)


def anchors_in_words(content: ReportContent, root: Element) -> list[Piece]:
    """This will spell out what the anchors of the competencies say, with the one that was reached."""
    known = [one for one in content.competencies if dot_plot.plot_of(content, [one]).has_marks]
    shown = [one for one in known if one.anchors]
    if not shown:
        return []
    element, pieces = section("Anchors in words", root)
    is_estimate = any(question.answer and is_estimated(question.answer) for question in content.questions)
    for competency in shown:
        shifted = dot_plot.plot_of(content, [competency]).shifted.get(competency.name)
        marks = {} if shifted is None else {_nearest(shifted.mean): "overridden"}
        marks[_nearest(competency.mean)] = "estimated" if is_estimate else "nearest"
        if shifted is not None and _nearest(shifted.mean) == _nearest(competency.mean):
            marks[_nearest(competency.mean)] += ", and overridden"
        pieces += _anchors(competency, element, marks)
    return pieces


def _nearest(mean: float | None) -> str:
    return "" if mean is None or not wording.is_known(mean) else str(math.floor(mean + 0.5))


def _plot(plot: dot_plot.Plot, element: Element) -> Piece:
    alt = element.add("Figure", dot_plot.in_words(plot))
    return figure(plot.height, lambda pen, x, top: dot_plot.draw(pen, x, top, plot), alt)


def people_beside_computed(content: ReportContent, root: Element) -> list[Piece]:
    """This will set people's ratings beside the computed ones."""
    overall = [rating for rating in content.human_ratings if rating.question_number is None]
    element, pieces = section("People's ratings beside the computed ones", root)
    if content.holds_back_ratings:
        told = (
            "Others have rated as well. What they gave is left out until the reader of this report has rated."
        )
        pieces += say(told, look.QUIET, element.add("P"))
    elif not content.human_ratings:
        pieces += say("Nobody has rated this conversation yet.", look.QUIET, element.add("P"))
    if not content.human_ratings:
        return pieces
    heads = [("Rated", _RATED), ("Computed", _COMPUTED), ("People", _PEOPLE)]
    table = element.add("Table")
    titles = table.add("TR")
    pieces.append(
        row([say(text, look.LABEL, titles.add("TH"), slot) for text, slot in heads])._replace(keeps_next=True)
    )
    for question in content.questions:
        anchor = question.answer.anchor if question.answer else None
        level = str(anchor.level) if anchor else wording.NOT_JUDGED
        level += _set_to(content.overrides, question.number)
        given = [rating for rating in content.human_ratings if rating.question_number == question.number]
        pieces += _rating_row(f"Question {question.number}", level, given, table)
    computed = {competency.name: wording.mean(competency.mean) for competency in content.competencies}
    computed[""] = _whole(content.overall)
    for name in dict.fromkeys(rating.competency for rating in overall):
        given = [rating for rating in overall if rating.competency == name]
        pieces += _rating_row(
            name or "The whole conversation", computed.get(name, wording.NOT_JUDGED), given, table
        )
    return pieces


def _whole(overall: OverallScore) -> str:
    if not wording.is_known(overall.value):
        return wording.NOT_JUDGED
    made = overall.overridden
    overridden = f", overridden {wording.points(made.value)}" if made and wording.is_known(made.value) else ""
    return f"{wording.points(overall.value)} of 100{overridden}"


def _set_to(overrides: Iterable[Override], number: int) -> str:
    made = next((one for one in overrides if one.question_number == number), None)
    if made is None:
        return ""
    return f", set to {made.score}" if made.score is not None else ", set to not scorable"


def timeline(content: ReportContent, root: Element) -> list[Piece]:
    """This will draw who spoke when and list what came between."""
    line = content.timeline
    if not line.spans and not line.marks:
        return []
    element, pieces = section("Who spoke when", root)
    chart = element.add("Figure", talk_chart.in_words(line))
    for stave in talk_chart.staves(line):
        pieces.append(figure(talk_chart.STAVE_HEIGHT, talk_chart.drawer(line, stave), chart))
    shares = " · ".join(
        f"{side.capitalize()} spoke for {wording.length(talk_chart.spoken(line, side))}"
        for side in ("candidate", "interviewer")
    )
    pieces += say(f"{shares}.", look.SMALL, element.add("P"), space=2)
    if content.facts.typed_answers:
        pieces += say("What was typed has no bar.", look.SMALL, element.add("P"))
    if any(span.by for span in line.spans):
        pieces += say("An open bar is a person speaking as the interviewer.", look.SMALL, element.add("P"))
    marks = [_mark(number, mark, element) for number, mark in talk_chart.numbered(line)]
    return pieces + [piece for mark in marks for piece in mark]


def notes(content: ReportContent, root: Element) -> list[Piece]:
    """This will give the panel's timed notes."""
    if not content.notes:
        return []
    element, pieces = section("Notes", root)
    for note in content.notes:
        at = [Span("" if note.at_ms is None else f"{wording.clock(note.at_ms)}  ", look.SMALL_NUMBER)]
        label = paragraph(
            [*at, Span(shortened(note.by, LONGEST_LABEL), look.SMALL_INK)], element.add("P"), LABELS
        )
        pieces += beside(label, say(printable(note.text), look.BODY, element.add("P"), MAIN), 5)
    return pieces


def plain_facts(content: ReportContent, root: Element) -> list[Piece]:
    """This will state what was logged and never scored."""
    element, pieces = section("Plain facts", root)
    pieces += kept(say("Logged as they happened. None of this is scored.", look.QUIET, element.add("P")))
    for label, value in _facts(content.facts):
        pieces += labelled(label, say(value, look.NUMBER, element.add("P"), MAIN), element, 0)
    return together(pieces)


def _facts(facts: PlainFacts) -> list[tuple[str, str]]:
    def times(n: int) -> str:
        return wording.count(n, "time") if n else "never"

    hidden = f" for {wording.length(facts.page_hidden_ms)} in all" if facts.page_hidden_ms else ""
    return [
        ("Page hidden", times(facts.page_hidden_times) + hidden),
        ("Reconnected", times(facts.reconnects)),
        ("Paused", times(facts.pauses)),
        ("Microphone off", times(facts.microphone_muted_times)),
        ("Typed answers", str(facts.typed_answers or "none")),
        ("Missing sound", wording.length(facts.missing_audio_ms) if facts.missing_audio_ms else "none"),
        ("Follow-ups", _by_kind(facts.follow_ups)),
    ]


def _by_kind(numbers: dict[str, int]) -> str:
    return ", ".join(f"{wording.reply(one_line(kind))}: {n}" for kind, n in numbers.items()) or "none"


def _anchors(competency: Competency, element: Element, marks: Mapping[str, str]) -> list[Piece]:
    """`marks`: what to say beside which anchors; an estimated one's words were held against no answer."""
    pieces = subheading(one_line(competency.name), element)
    for number in sorted(competency.anchors, reverse=True):
        mark = marks.get(number, "")
        style = look.STRONG if mark and not mark.startswith("estimated") else look.QUIET
        text = one_line(competency.anchors[number])
        label = say(f"{number}  {mark}".strip(), look.LABEL, element.add("P"), LABELS)
        pieces += beside(label, say(text, style, element.add("P"), MAIN), 1)
    return together(pieces)


def _rating_row(what: str, computed: str, given: Iterable[HumanRating], table: Element) -> list[Piece]:
    entry = table.add("TR")
    about, told, rated = entry.add("TH"), entry.add("TD"), entry.add("TD")
    people: list[Piece] = []
    for rating in given:
        spans = [
            Span(f"{one_line(rating.by)}  ", look.BODY),
            Span(f"{wording.rating(rating.score)}  ", look.NUMBER_STRONG),
            Span(one_line(rating.comment), look.QUIET),
        ]
        people += paragraph(spans, rated.add("P"), _PEOPLE)
    if not people:
        return []
    cells = [
        say(shortened(what, 90), look.BODY, about, _RATED),
        say(computed, look.NUMBER, told, _COMPUTED),
    ]
    return [rule(space=3, after=3), *beside([row(cells)], people)]


def _mark(number: int, mark: TimelineMark, element: Element) -> list[Piece]:
    kind = {"pause": "Pause", "drop": "Connection lost", "intervention": "A person stepped in"}[mark.kind]
    lasted = f" for {wording.length(mark.to_ms - mark.from_ms)}" if mark.to_ms is not None else ""
    label = [Span(f"{number}  ", look.SMALL_STRONG), Span(wording.clock(mark.from_ms), look.SMALL_NUMBER)]
    told = one_line(mark.label)
    told = "" if told.casefold() == kind.casefold() else told
    spans = [Span(f"{kind}{lasted}  ", look.BODY), Span(told, look.QUIET)]
    entry = element.add("P")
    return beside(paragraph(label, entry, LABELS), paragraph(spans, entry, MAIN), 1)
