"""Cuts streamed text into sentences, so that the first is spoken while the rest is still being written."""

import re

MAX_CHARS = 240  # a longer stretch is cut at a comma or a blank: a voice must begin some time
MIN_SOFT_CUT = 80
_ABBREVIATIONS = frozenset(
    "e.g i.e etc vs dr mr mrs ms prof approx incl fig min max cf al jr sr inc ltd co p.m a.m u.s u.k".split()  # noqa: SIM905
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|[。！？।؟]+[\"'”’)\]]*|\n+")
_LAST_WORD = re.compile(r"([^\s\"'“‘(\[]+)\Z")
_SOFT = re.compile(r"[,;:–—]\s")


class SentenceCutter:
    """Takes deltas, gives whole sentences; joined again they hold every word once, in order."""

    def __init__(self) -> None:
        self._waiting = ""

    def push(self, delta: str) -> list[str]:
        """Add text; return the sentences that are whole by now.

        A sentence is whole once white space follows its end: "3." may become "3.5", "U." may become "U.S."
        """
        self._waiting += delta
        whole: list[str] = []
        while (cut := _find_cut(self._waiting)) is not None:
            whole.append(self._waiting[:cut].strip())
            self._waiting = self._waiting[cut:]
        return [sentence for sentence in whole if sentence]

    def flush(self) -> list[str]:
        """Return what is left when the reply is complete; the cutter is empty afterwards."""
        rest, self._waiting = self._waiting.strip(), ""
        return [rest] if rest else []


def split_sentences(text: str) -> list[str]:
    """All sentences of a finished text."""
    cutter = SentenceCutter()
    return cutter.push(text) + cutter.flush()


def _find_cut(text: str) -> int | None:
    for match in _END.finditer(text):
        if match.end() > MAX_CHARS:
            break
        if not _is_inside(text, match):
            return match.end()
    return _soft_cut(text) if len(text) > MAX_CHARS else None


def _is_inside(text: str, match: re.Match[str]) -> bool:
    """Whether this full stop belongs to an abbreviation, an initial or a numbered list."""
    if not match.group().startswith(".") or match.group().startswith(".."):
        return False
    before = _LAST_WORD.search(text[: match.start()])
    word = before.group().lower() if before else ""
    is_initial = len(word) == 1 and word.isalpha() and word != "i"
    is_list_number = word.isdigit() and not text[: match.start()].strip(word).strip()
    return word in _ABBREVIATIONS or is_initial or is_list_number


def _soft_cut(text: str) -> int:
    head = text[:MAX_CHARS]
    soft = [match.end() for match in _SOFT.finditer(head) if match.end() >= MIN_SOFT_CUT]
    if soft:
        return soft[-1]
    blank = head.rfind(" ", MIN_SOFT_CUT)
    return blank + 1 if blank > 0 else MAX_CHARS
