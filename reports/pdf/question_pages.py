"""Each question as it was put, what came of it, and how that was judged."""

from collections.abc import Iterable, Sequence

from reports import wording
from reports.content import Answer, CriterionScore, HumanRating, Question, Quote, ReportContent
from reports.pdf import look
from reports.pdf.blocks import (
    LABELS,
    MAIN,
    Slot,
    beside,
    bookmarked,
    bullets,
    heading,
    in_quotes,
    kept,
    paragraph,
    row,
    say,
    section,
    spaced,
    timed,
    together,
)
from reports.pdf.flow import Piece
from reports.pdf.pen import Pen
from reports.pdf.structure import Element
from reports.typesetting.clean import one_line, printable, shortened
from reports.typesetting.lines import Span

_LONGEST_ANSWER = 420
"""Characters of an answer shown here where it has no gist; the transcript holds all of it."""

BY_ITS_WORDS = (
    "“Heard” rests on the words quoted. “Not heard” means that none of the words looked for was found; the "
    "point may have been made in others. Anchors stand for the share of points heard: whether the rubric's "
    "words for them fit the answer is for a person to judge."
)

LONGEST_LABEL = 48
"""Characters in the margin column: four lines at most."""

_PROOF = Slot(MAIN.left + 11, MAIN.width - 11)
_CRITERION = Slot(MAIN.left, 108)
_BAR = Slot(MAIN.left + 116, 92)
_SCORE = Slot(MAIN.left + 216, 70)
_WEIGHT = Slot(MAIN.left + 290, MAIN.width - 290)


def question_pages(content: ReportContent, root: Element) -> list[Piece]:
    """This will give the questions, in the order they were asked."""
    if not content.questions:
        return []
    element, pieces = section("Questions and answers", root)
    if any(question.answer and is_estimated(question.answer) for question in content.questions):
        pieces += kept(say(BY_ITS_WORDS, look.QUIET, element.add("P")))
    for index, question in enumerate(content.questions):
        ratings = [rating for rating in content.human_ratings if rating.question_number == question.number]
        asked = _question(question, ratings, element.add("Sect"))
        pieces += spaced(asked, 4 if index == 0 else 26)
    return pieces


def is_estimated(answer: Answer) -> bool:
    return answer.anchor is not None and answer.anchor.is_estimate


def labelled(label: str, body: Sequence[Piece], parent: Element, space: float = 8) -> list[Piece]:
    """This will put a small label in the margin column beside what it belongs to."""
    return beside(say(shortened(label, LONGEST_LABEL), look.LABEL, parent.add("P"), LABELS), body, space)


def _question(question: Question, ratings: Iterable[HumanRating], element: Element) -> list[Piece]:
    title = f"{question.number}  {one_line(question.text)}"
    head = beside(
        say(f"Question {question.number}", look.LABEL._replace(leading=17), element.add("P"), LABELS),
        heading(one_line(question.text), look.QUESTION, element.add("H2"), MAIN),
        20,
    )
    about = say(_about(question), look.SMALL, element.add("P"), MAIN, 2)
    if question.asked_because:
        about += say(shortened(question.asked_because, 200), look.SMALL, element.add("P"), MAIN)
    pieces = bookmarked(kept([*head, *about]), 1, shortened(title, 80))
    pieces += _follow_ups(question, element)
    if question.answer is None:
        note = one_line(question.outcome_note) or "No answer."
        return pieces + labelled("Answer", say(note, look.QUIET, element.add("P"), MAIN), element)
    pieces += _answer(question.answer, element)
    pieces += _judgement(question.answer, element)
    return pieces + _ratings(ratings, element)


def _about(question: Question) -> str:
    answer = question.answer
    parts = [
        wording.sentence_case(question.kind),
        one_line(question.competency),
        one_line(question.difficulty),
    ]
    parts.append("asked word for word" if question.mode == "verbatim" else "may adapt")
    if question.put_in_by:
        parts.append(f"put in by {one_line(question.put_in_by)}")
    elif question.is_personal:
        parts.append("for this candidate alone")
    if question.asked_at_ms is not None:
        parts.append(f"asked at {wording.clock(question.asked_at_ms)}")
    if question.took_ms is not None:
        parts.append(f"took {wording.length(question.took_ms)}")
    if answer and answer.duration_ms is not None:
        parts.append(
            f"{'typed' if answer.channel != 'voice' else 'spoke'} for {wording.length(answer.duration_ms)}"
        )
    return " · ".join(part for part in parts if part)


def _follow_ups(question: Question, element: Element) -> list[Piece]:
    pieces: list[Piece] = []
    for index, follow_up in enumerate(question.follow_ups):
        kind = "" if follow_up.kind == "follow_up" else wording.sentence_case(follow_up.kind).lower()
        remark = " · ".join(part for part in (kind, one_line(follow_up.by)) if part)
        spans = [Span(one_line(follow_up.text), look.BODY), Span(f"  {remark}", look.SMALL)]
        body = timed(follow_up.at_ms, spans, element.add("P"), MAIN)
        pieces += labelled("Follow-ups", body, element) if index == 0 else spaced(body, 2)
    return pieces


def _answer(answer: Answer, element: Element) -> list[Piece]:
    if answer.gist:
        pieces = labelled("In short", say(printable(answer.gist), look.BODY, element.add("P"), MAIN), element)
    else:
        shown = shortened(answer.text, _LONGEST_ANSWER) or "No words."
        more = "  whole answer in the transcript" if shown.endswith("…") else ""
        spans = [Span(shown, look.SAID), Span(more, look.SMALL)]
        pieces = labelled("Answer", paragraph(spans, element.add("BlockQuote"), MAIN), element)
    if answer.corrected_text:
        corrected = say(
            shortened(answer.corrected_text, _LONGEST_ANSWER), look.SAID, element.add("BlockQuote"), MAIN
        )
        pieces += labelled("Corrected by the candidate", corrected, element)
    return pieces + _quotes(answer, element)


def _quotes(answer: Answer, element: Element) -> list[Piece]:
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


def _judgement(answer: Answer, element: Element) -> list[Piece]:
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
        pieces += labelled("Not heard", bullets(_clean(answer.missed_points), element, MAIN), element)
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
    reason = say(printable(criterion.reason), look.SMALL, element, MAIN) if criterion.reason else []
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
    text = "from the share of points heard" if anchor.is_estimate else one_line(anchor.text)
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


def _ratings(ratings: Iterable[HumanRating], element: Element) -> list[Piece]:
    pieces: list[Piece] = []
    for rating in ratings:
        spans = [
            Span(f"{one_line(rating.by)}  ", look.BODY),
            Span(f"{wording.rating(rating.score)}  ", look.NUMBER_STRONG),
            Span(one_line(rating.comment), look.BODY),
        ]
        body = paragraph(spans, element.add("P"), MAIN)
        pieces += spaced(body, 2) if pieces else labelled("Rated by people", body, element)
    return pieces


def _clean(texts: Iterable[str]) -> list[str]:
    return [one_line(text) for text in texts]
