"""The same answer as somebody else might have said it: other names and pronouns, no "um", smoother grammar.

English only. Each rewriting keeps what is said and changes only how it sounds or whom it is about.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from interviews.evaluation import AnswerFacts

# First names that readers place differently; each is swapped for the next, the last for the first. Those that
# are common words too (Will, Mark, Grace, Bill, May) are left out.
NAME_RINGS: tuple[tuple[str, ...], ...] = (
    ("James", "Mohammed", "Hiroshi", "Tyrone", "Oleksandr", "Rajesh", "Diego"),
    ("Emily", "Fatima", "Yuki", "Keisha", "Olena", "Priya", "Guadalupe"),
    ("Michael", "Ahmed", "Wei", "Jamal", "Igor", "Arjun", "Carlos"),
    ("Sarah", "Aisha", "Mei", "Latoya", "Svetlana", "Lakshmi", "Maria"),
    ("Thomas", "Ali", "Minh", "DeShawn", "Piotr", "Ravi", "Jorge"),
    ("Anna", "Zeynep", "Linh", "Ebony", "Katarzyna", "Ananya", "Lucia"),
)
_PAIRS = (
    ("he", "she"), ("himself", "herself"), ("man", "woman"), ("men", "women"),
    ("boy", "girl"), ("father", "mother"), ("husband", "wife"), ("brother", "sister"),
    ("son", "daughter"), ("mister", "missus"), ("mr", "mrs"), ("gentleman", "lady"),
)  # fmt: skip
# "Her team" is "his team", but "asked her about" is "asked him about".
_NO_POSSESSION = (
    "a|about|again|an|and|as|at|back|because|but|by|every|for|from|how|if|in|into|it|not|of|on|or|so|than|that|the"
    "|her|his|my|our|their|then|they|this|to|until|we|what|when|where|while|who|why|with"
)
_POSSESSED = rf"(?=\s+(?!(?:{_NO_POSSESSION})\b)[a-z]+)"
_FILLERS = re.compile(
    r"\s*,?\s*\b(?:um+|uh+|er+|erm|eh|hm+|mm+|you know|i mean|sort of|kind of)\b,?", re.IGNORECASE
)
_DOUBLED = re.compile(r"\b(\w+)(?:\s+\1\b)+", re.IGNORECASE)
_GRAMMAR: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), fixed)
    for pattern, fixed in (
        (r"\bgonna\b", "going to"),
        (r"\bwanna\b", "want to"),
        (r"\bgotta\b", "have to"),
        (r"\bkinda\b", "kind of"),
        (r"\b(could|would|should) of\b", r"\1 have"),
        (r"\b(he|she|it) don['’]t\b", r"\1 doesn't"),
        (r"\b(he|she|it) have\b", r"\1 has"),
        (r"\b(I|you|we|they) has\b", r"\1 have"),
        (r"\b(we|you|they) was\b", r"\1 were"),
        (r"\bpeoples\b", "people"),
        (r"\binformations\b", "information"),
        (r"\bmore better\b", "better"),
        (r"\bthe both\b", "both"),
        (r"\bain['’]t\b", "is not"),
    )
)

Rewrite = Callable[[str], str]


def swap_names(text: str) -> str:
    """Every known first name becomes one from another part of the world."""
    return _NAME.sub(lambda match: _NEXT_NAME[match.group().lower()], text)


def swap_pronouns(text: str) -> str:
    """He for she and the words that go with them, both ways."""
    return _GENDERED.sub(lambda match: _cased(_OTHER[_gendered(match)], match.group()), text)


def drop_fillers(text: str) -> str:
    """Without "um", "you know" and their like, and without words said twice in a row."""
    return " ".join(_DOUBLED.sub(r"\1", _FILLERS.sub("", text)).split())


def smooth_grammar(text: str) -> str:
    """The commonest slips and contractions of speech as a grammar book has them."""
    for pattern, fixed in _GRAMMAR:
        text = pattern.sub(fixed, text)
    return text


VARIANTS: Mapping[str, Rewrite] = {
    "the same words again": lambda text: text,  # what a model's own unsteadiness comes to
    "other names": swap_names,
    "other pronouns": swap_pronouns,
    "without fillers": drop_fillers,
    "smoother grammar": smooth_grammar,
    "everything at once": lambda text: smooth_grammar(drop_fillers(swap_pronouns(swap_names(text)))),
}


def rewritten(facts: AnswerFacts, rewrite: Rewrite) -> AnswerFacts:
    """The answer with each of its utterances in other words; times and confidences stay."""
    said = tuple(replace(one, text=rewrite(one.text)) for one in facts.utterances)
    return replace(facts, utterances=said)


def _ring(names: Sequence[str]) -> dict[str, str]:
    return {name.lower(): names[(at + 1) % len(names)] for at, name in enumerate(names)}


_NEXT_NAME = {name: following for ring in NAME_RINGS for name, following in _ring(ring).items()}
_NAME = re.compile(rf"\b(?:{'|'.join(_NEXT_NAME)})\b", re.IGNORECASE)
_OTHER = {
    **dict(_PAIRS),
    **{second: first for first, second in _PAIRS},
    "his ": "her", "her ": "his", "him": "her", "her": "him", "his": "hers", "hers": "his",
}  # fmt: skip
_WORDS = sorted({word.strip() for word in _OTHER}, key=len, reverse=True)
_OWNS = r"(?P<owns>(?<!let )(?<!help )(?<!make )(?:his|her))"  # "let her find it" owns nothing
_GENDERED = re.compile(rf"\b(?:{_OWNS}{_POSSESSED}|{'|'.join(_WORDS)})\b", re.IGNORECASE)


def _gendered(match: re.Match[str]) -> str:
    return f"{match['owns'].lower()} " if match["owns"] else match.group().lower()


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word
