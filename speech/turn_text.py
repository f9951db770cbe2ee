"""Whether a stretch of words could be the end of what somebody wants to say (English only)."""

import re

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_TRAILING_OFF = re.compile(r"(\.{2,}|…|,|;|:|-|–|—)\s*$")

# Only words that can hardly end a sentence: "before", "that" or "did" often do, and cost a second each time.
CONJUNCTIONS = (
    "and but or nor so yet because cause although while whereas if unless until when than which whose"
)
PREPOSITIONS = (
    "about against among as at between by during for from in into like of on onto per to toward towards "
    "upon via with within without"
)
DETERMINERS = "a an the my your its our their every"
AUXILIARIES = (
    "am is are was were be been being have has had will would shall should could may might must "
    "i'm i've i'd i'll we're we've we'd we'll it's that's they're there's"
)
SUBJECTS = "i we he she they"
FILLERS = "um uh uhm er erm hmm mm well basically also"
OPEN_PHRASES = (
    "you know",
    "i mean",
    "kind of",
    "sort of",
    "such as",
    "for example",
    "for instance",
    "let me think",
    "let me see",
)
SHORT_ANSWERS = frozenset(
    {"i have", "i am", "i would", "i was", "yes i have", "yes i am", "yes i would", "yes i was"}
)

OPEN_WORDS = frozenset(
    f"{CONJUNCTIONS} {PREPOSITIONS} {DETERMINERS} {AUXILIARIES} {SUBJECTS} {FILLERS}".split()
)


def sounds_finished(text: str, language: str = "en") -> bool | None:
    """This will tell whether `text` could end a turn; None where the words say nothing about it.

    Trailing "and", "so", "um", a bare preposition, article or auxiliary, or a comma mean that more is to
    come.
    """
    said = [word.replace("’", "'") for word in _WORD.findall(text.lower())]
    if not said or language != "en":
        return None
    if _TRAILING_OFF.search(text) or _ends_with(said, OPEN_PHRASES):
        return False
    return said[-1] not in OPEN_WORDS or " ".join(said) in SHORT_ANSWERS


def _ends_with(said: list[str], phrases: tuple[str, ...]) -> bool:
    tail = " ".join(said[-3:])
    return any(tail == phrase or tail.endswith(f" {phrase}") for phrase in phrases)
