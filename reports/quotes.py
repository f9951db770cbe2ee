"""Only what was said is quoted: each quote is looked up in the candidate's turns, else struck."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from reports.content import Finding, Question, Quote, ReportContent, SkillGap, TranscriptTurn

_WORD = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]|[^\W\u2e80-\u9fff\uf900-\ufaff_]+")
"""A run of letters and digits; a Han or kana character by itself, as those scripts have no spaces."""

_OMISSION = re.compile(r"…|\.\.\.|\[\s*…?\s*\]")


class _Said(NamedTuple):
    words: str
    at_ms: int | None
    to_ms: int | None


def verify_quotes(content: ReportContent) -> ReportContent:
    """This will mark the quotes that are in the transcript, and take out and count the others.

    A strength that rested on words nobody said goes with them; something to probe stays to be asked.

    Case, punctuation and spacing don't matter, words and their order do; an ellipsis may stand for words left
    out within one turn. A quote without a time, or with one outside its turn, gets its turn's beginning.
    """
    said = _said(content.transcript)
    strengths = [kept for one in content.strengths if (kept := _finding(one, said)).quote or not one.quote]
    probes = [_finding(finding, said) for finding in content.things_to_probe]
    questions = [_question(question, said) for question in content.questions]
    gaps = [_gap(gap, said) for gap in content.skill_gaps]
    checked = msgspec.structs.replace(
        content,
        skill_gaps=tuple(gaps),
        strengths=tuple(strengths),
        things_to_probe=tuple(probes),
        questions=tuple(questions),
    )
    struck = len(_quoted(content) - _quoted(checked))
    return msgspec.structs.replace(checked, quotes_struck=content.quotes_struck + struck)


def normalised(text: str) -> str:
    """This will fold `text` to its words, lower-case, each between single spaces."""
    words = _WORD.findall(_folded(text))
    return f" {' '.join(words)} " if words else ""


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"(?<=\w)['’](?=\w)", "", decomposed)


def _said(transcript: Iterable[TranscriptTurn]) -> list[_Said]:
    return [
        _Said(normalised(text), turn.at_ms, turn.to_ms)
        for turn in transcript
        if turn.side == "candidate"
        for text in (turn.text, turn.corrected_text)
        if text
    ]


def _verified(quote: Quote, said: Sequence[_Said]) -> Quote | None:
    parts = [words for words in map(normalised, _OMISSION.split(quote.text)) if words]
    sources = [turn for turn in said if parts and _in_order(parts, turn.words)]
    if not sources:
        return None
    turn = min(sources, key=lambda turn: _distance(quote.at_ms, turn))
    at_ms = quote.at_ms if quote.at_ms is not None and _distance(quote.at_ms, turn) == 0 else turn.at_ms
    return Quote(text=quote.text, at_ms=at_ms, matched=True)


def _in_order(parts: Sequence[str], words: str) -> bool:
    position = 0
    for part in parts:
        found = words.find(part, position)
        if found < 0:
            return False
        position = found + len(part) - 1  # the closing space may open the next part
    return True


def _distance(at_ms: int | None, turn: _Said) -> int:
    if at_ms is None or turn.at_ms is None:
        return 0 if at_ms is None else 1
    if at_ms < turn.at_ms:
        return turn.at_ms - at_ms
    return max(0, at_ms - turn.to_ms) if turn.to_ms is not None else 0


def _finding(finding: Finding, said: Sequence[_Said]) -> Finding:
    if finding.quote is None:
        return finding
    return msgspec.structs.replace(finding, quote=_verified(finding.quote, said))


def _question(question: Question, said: Sequence[_Said]) -> Question:
    if question.answer is None:
        return question
    kept = _kept(question.answer.quotes, said)
    covered = tuple(_finding(finding, said) for finding in question.answer.covered)
    answer = msgspec.structs.replace(question.answer, quotes=kept, covered=covered)
    return msgspec.structs.replace(question, answer=answer)


def _gap(gap: SkillGap, said: Sequence[_Said]) -> SkillGap:
    return msgspec.structs.replace(gap, evidence=_kept(gap.evidence, said))


def _kept(quotes: Iterable[Quote], said: Sequence[_Said]) -> tuple[Quote, ...]:
    checked = [_verified(quote, said) for quote in quotes]
    return tuple(quote for quote in checked if quote)


def _quoted(content: ReportContent) -> set[str]:
    """Every quote once, however often it stands in the report."""
    answers = [question.answer for question in content.questions if question.answer]
    findings = [*content.strengths, *content.things_to_probe]
    findings += [finding for answer in answers for finding in answer.covered]
    quotes = [finding.quote for finding in findings if finding.quote]
    quotes += [quote for answer in answers for quote in answer.quotes]
    quotes += [quote for gap in content.skill_gaps for quote in gap.evidence]
    return {quote.text for quote in quotes}
