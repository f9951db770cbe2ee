"""The whole conversation, turn by turn, with the candidate's corrections and how well each turn was heard."""

from reports import wording
from reports.content import ReportContent, TranscriptTurn
from reports.pdf import look
from reports.pdf.blocks import LABELS, LONGEST_LABEL, MAIN, beside, paragraph, say, section, spaced
from reports.pdf.flow import Piece
from reports.pdf.structure import Element
from reports.typesetting.clean import printable, shortened
from reports.typesetting.lines import Span

_UNSURE_BELOW = 0.6
"""Confidence under which a turn is marked as heard badly: a hint to the reader, not the scoring threshold."""


def transcript(content: ReportContent, root: Element) -> list[Piece]:
    """This will give the transcript."""
    if not content.transcript:
        return []
    element, pieces = section("Transcript", root)
    for turn in content.transcript:
        pieces += _turn(turn, element)
    return pieces


def _turn(turn: TranscriptTurn, element: Element) -> list[Piece]:
    entry = element.add("P")
    name = shortened(turn.name, LONGEST_LABEL) or turn.side.capitalize()
    at = "" if turn.at_ms is None else f"{wording.clock(turn.at_ms)}  "
    is_candidate = turn.side == "candidate"
    who = look.SMALL_STRONG if is_candidate else look.SMALL
    label = paragraph([Span(at, look.TIME), Span(name, who)], entry, LABELS)
    style = look.SAID if is_candidate else look.SAID_QUIET
    body = say(printable(turn.text).strip() or "No words.", style, entry, MAIN)
    pieces = beside(label, body, 7)
    if turn.corrected_text:
        spans = [Span("Corrected  ", look.SMALL), Span(printable(turn.corrected_text).strip(), look.SAID)]
        pieces += spaced(paragraph(spans, element.add("P"), MAIN), 2)
    remark = _remark(turn)
    return pieces + (say(remark, look.SMALL, element.add("P"), MAIN) if remark else [])


def _remark(turn: TranscriptTurn) -> str:
    how = _how(turn)
    if not turn.is_second:
        return how
    to = f"question {turn.question_number}" if turn.question_number else "a question"
    return " · ".join(part for part in (f"a second answer to {to}, after the interview", how) if part)


def _how(turn: TranscriptTurn) -> str:
    if turn.channel != "voice":
        return "typed" if turn.channel == "text" else "by text message"
    if turn.side == "candidate" and turn.confidence is not None and wording.is_known(turn.confidence):
        heard = f"heard with {wording.per_cent(turn.confidence)} confidence"
        return f"{heard}: read with care" if turn.confidence < _UNSURE_BELOW else ""
    return ""
