"""Quotes that really are in the transcript, with the time at which they were said."""

import re
from collections.abc import Sequence

from msgspec import Struct

from interviews.evaluation.facts import SaidUtterance
from interviews.spoken_words import FILLERS, Token, tokens, words

MAX_QUOTE_CHARS = 180
_GAP = re.compile(r"\s*(?:…|\.{3,}|\[\.{2,}\]|\[…\])\s*")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")


class Quote(Struct, frozen=True):
    text: str  # a literal part of the answer
    start_ms: int
    end_ms: int
    utterance_id: int = 0


def answer_text(utterances: Sequence[SaidUtterance]) -> str:
    """The answer as one text; every quote is a part of it, letter by letter."""
    return " ".join(said.text.strip() for said in utterances if said.text.strip())


def quote_at(utterances: Sequence[SaidUtterance], start: int, end: int) -> Quote:
    """The sentence around characters `start` to `end` of `answer_text`, shortened at words if long."""
    text = answer_text(utterances)
    first, last = _sentence_bounds(text, start, end)
    if last - first > MAX_QUOTE_CHARS:
        first, last = _shortened(text, (first, last), (start, end))
    return _located(utterances, text, first, last)


def match_quote(utterances: Sequence[SaidUtterance], wanted: str) -> Quote | None:
    """The literal words that `wanted` quotes, or None: then strike it.

    Case, punctuation, "um" and repeated words may differ: who hesitates is quoted like everybody else. Of a
    quote with gaps ("we moved it … nobody lost any") every part must be there; the longest is given.
    """
    text = answer_text(utterances)
    said = _comparable(text)
    spans = [_find(said, _comparable(part)) for part in _GAP.split(wanted) if words(part)]
    found = [span for span in spans if span is not None]
    if not found or len(found) < len(spans):
        return None
    first, last = max(found, key=lambda span: span[1] - span[0])
    return _located(utterances, text, first, last)


def _comparable(text: str) -> list[Token]:
    """The words of `text` without hesitations and without those said twice in a row."""
    spoken = [token for token in tokens(text) if token.word not in FILLERS]
    return [one for one, before in zip(spoken, [None, *spoken], strict=False) if not _repeats(one, before)]


def _repeats(one: Token, before: Token | None) -> bool:
    return before is not None and one.word == before.word


def _find(said: Sequence[Token], asked: Sequence[Token]) -> tuple[int, int] | None:
    for at in range(len(said) - len(asked) + 1):
        here = said[at : at + len(asked)]
        if asked and all(one.word == other.word for one, other in zip(here, asked, strict=True)):
            return here[0].start, here[-1].end
    return None


def _sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    first = max((at for at in ends if at <= start), default=0)
    last = min((at for at in ends if at >= end), default=len(text))
    while first < start and text[first].isspace():
        first += 1
    return first, last


def _shortened(text: str, sentence: tuple[int, int], evidence: tuple[int, int]) -> tuple[int, int]:
    room = max(MAX_QUOTE_CHARS - (evidence[1] - evidence[0]), 0) // 2
    first, last = max(sentence[0], evidence[0] - room), min(sentence[1], evidence[1] + room)
    while first > sentence[0] and not text[first - 1].isspace():
        first += 1 if first < evidence[0] else -1
    while last < sentence[1] and not text[last].isspace():
        last += -1 if last > evidence[1] else 1
    return first, last


def _located(utterances: Sequence[SaidUtterance], text: str, first: int, last: int) -> Quote:
    at = 0
    touched: list[SaidUtterance] = []
    for said in utterances:
        length = len(said.text.strip())
        if length and at < last and at + length > first:
            touched.append(said)
        at += length + 1 if length else 0
    return Quote(text[first:last], touched[0].start_ms, touched[-1].end_ms, touched[0].utterance_id)
