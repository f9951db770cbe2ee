"""How one answer was judged: its score, the anchor, what was heard of what was expected, and doubts."""

from collections.abc import Iterable

from reports import wording
from reports.content import Answer, CriterionScore, Quote
from reports.pdf import look
from reports.pdf.blocks import (
    LONGEST_LABEL,
    MAIN,
    Slot,
    bullets,
    in_quotes,
    kept,
    labelled,
    paragraph,
    row,
    say,
    spaced,
    timed,
    together,
)
from reports.pdf.flow import Piece
from reports.pdf.pen import Pen
from reports.pdf.structure import Element
from reports.typesetting.clean import one_line, printable, shortened
from reports.typesetting.lines import Span

_PROOF = Slot(MAIN.left + 11, MAIN.width - 11)
_CRITERION = Slot(MAIN.left, 108)
_BAR = Slot(MAIN.left + 116, 92)
_SCORE = Slot(MAIN.left + 216, 70)
_WEIGHT = Slot(MAIN.left + 290, MAIN.width - 290)

_MOST_TOGETHER = 8
"""Points of a list that stay on one page."""

BY_ITS_WORDS = (
    "“Heard” rests on the words quoted. “Not heard” means that none of the words looked for was found; the "
    "point may have been made in others. Anchors stand for the share of points heard and how the answer is "
    "built: whether the rubric's "
    "words for them fit the answer is for a person to judge."
)


def is_estimated(answer: Answer) -> bool:
    return answer.anchor is not None and answer.anchor.is_estimate


def quotes(answer: Answer, element: Element) -> list[Piece]:
    """Those that don't stand beside the point which they show."""
    shown = {_words(finding.quote) for finding in answer.covered if finding.quote}
    pieces: list[Piece] = []
    for index, quote in enumerate(one for one in answer.quotes if _words(one) not in shown):
        spans = [Span(in_quotes(one_line(quote.text)), look.SAID)]
        body = timed(quote.at_ms, spans, element.add("BlockQuote"), MAIN)
        pieces += labelled("Evidence", body, element) if index == 0 else spaced(body, 3)
    return pieces


def _words(quote: Quote) -> tuple[str, int | None]:
    return one_line(quote.text), quote.at_ms


def judgement(answer: Answer, element: Element) -> list[Piece]:
    if not answer.is_scorable:
        reason = one_line(answer.not_scorable_reason) or "It was not recognised well enough."
        body = say(f"Not scorable. {reason} It counts neither way.", look.STRONG, element.add("P"), MAIN)
        body += say(one_line(answer.recognition), look.SMALL, element.add("P"), MAIN)
        return labelled("Score", body, element)
    if answer.unscored_reason:
        body = say(f"No score. {one_line(answer.unscored_reason)}", look.STRONG, element.add("P"), MAIN)
        return labelled("Score", body, element)
    pieces = labelled(_score_label(answer), _criteria(answer.criteria, element), element)
    if answer.anchor:
        pieces += _anchor(answer, element)
    pieces += _covered(answer, element)
    if answer.missed_points:
        missed = bullets(_clean(answer.missed_points), element, MAIN)
        is_short = len(answer.missed_points) <= _MOST_TOGETHER
        pieces += labelled("Not heard", together(missed) if is_short else missed, element)
    return pieces + _doubts(answer, element)


def _covered(answer: Answer, element: Element) -> list[Piece]:
    """Each covered point with the words that show it below, so that a reader can check it."""
    proven = {finding.text: finding.quote for finding in answer.covered}
    body: list[Piece] = []
    for text in dict.fromkeys((*proven, *answer.covered_points)):
        point = bullets([one_line(text)], element, MAIN)
        quote = proven.get(text)
        if quote is not None:
            said = [Span(in_quotes(one_line(quote.text)), look.SAID)]
            point = kept(point) + timed(quote.at_ms, said, element.add("BlockQuote"), _PROOF)
        body += spaced(point, 3 if body else 0)
    return labelled("Heard", body, element) if body else []


def _doubts(answer: Answer, element: Element) -> list[Piece]:
    """How far several judgements lie apart, and why a person should look."""
    body: list[Piece] = []
    if len(answer.judgements) > 1:
        scores = ", ".join(wording.points(one.score) for one in answer.judgements)
        anchors = ", ".join(str(one.anchor or wording.NOT_JUDGED) for one in answer.judgements)
        text = f"{len(answer.judgements)} times: scores {scores}; anchors {anchors}."
        body += say(text, look.NUMBER, element.add("P"), MAIN)
    for reason in answer.attention:
        body += say(one_line(reason), look.STRONG, element.add("P"), MAIN)
    if answer.quotes_struck:
        struck = f"{wording.count(answer.quotes_struck, 'quote')} of the evaluator struck: nobody said it."
        body += say(struck, look.SMALL, element.add("P"), MAIN)
    label = "Judged" if len(answer.judgements) > 1 else "For a person"
    return labelled(label, body, element) if body else []


def _score_label(answer: Answer) -> str:
    return f"Score {wording.points(answer.score)}" if wording.is_known(answer.score) else "Score"


def _criteria(criteria: Iterable[CriterionScore], element: Element) -> list[Piece]:
    pieces = [piece for criterion in criteria for piece in _criterion(criterion, element.add("P"))]
    return together(pieces) if pieces else say("Not judged.", look.QUIET, element.add("P"), MAIN)


def _criterion(criterion: CriterionScore, element: Element) -> list[Piece]:
    weight = f"weighs {criterion.weight} %" if criterion.weight is not None else ""
    is_known = wording.is_known(criterion.score)
    cells = [
        say(wording.sentence_case(shortened(criterion.name, LONGEST_LABEL)), look.BODY, element, _CRITERION),
        [_bar(criterion.score)] if criterion.score is not None and is_known else [],
        say(wording.points(criterion.score), look.NUMBER_STRONG if is_known else look.QUIET, element, _SCORE),
        say(weight, look.SMALL._replace(leading=14), element, _WEIGHT),
    ]
    has_reason = criterion.reason and is_known  # why nothing was judged stands once, on page 1
    reason = say(printable(criterion.reason), look.SMALL, element, MAIN) if has_reason else []
    return [row(cells), *reason]


def _bar(score: float) -> Piece:
    share = min(100.0, max(0.0, score)) / 100

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.artifact()
        pen.box(x + _BAR.left, top + 5, (_BAR.width, 4), fill=look.LINE)
        if share:
            pen.box(x + _BAR.left, top + 5, (_BAR.width * share, 4), fill=look.ACCENT)

    return Piece(14, draw)


def _anchor(answer: Answer, element: Element) -> list[Piece]:
    anchor = answer.anchor
    if anchor is None:
        return []
    text = (
        "from the points heard and how the answer is built" if anchor.is_estimate else one_line(anchor.text)
    )
    spans = [Span(f"{anchor.level} of 5  ", look.NUMBER_STRONG), Span(text, look.BODY)]
    body = paragraph(spans, element.add("P"), MAIN)
    if anchor.is_estimate:
        body += _described(anchor.level, anchor.text, element)
    body += _described(anchor.level + 1, anchor.next_needed, element)
    return labelled("Anchor, estimated" if anchor.is_estimate else "Anchor reached", body, element)


def _described(level: int, text: str, element: Element) -> list[Piece]:
    """What an answer of that level holds, in the rubric's words."""
    if not text:
        return []
    spans = [Span(f"For {level}  ", look.QUIET), Span(one_line(text), look.QUIET)]
    return paragraph(spans, element.add("P"), MAIN)


def _clean(texts: Iterable[str]) -> list[str]:
    return [one_line(text) for text in texts]
