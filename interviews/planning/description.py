"""Reads from a job description, by its words, what a plan for the job should hold."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from interviews.bank import find_questions, load_bank
from interviews.bank.loader import GENERAL_ROLE
from interviews.phrases import load_phrases
from interviews.plan import Level, PlannedQuestion
from interviews.planning.cleaning import sentences_of
from interviews.spoken_words import stem, words

MOST_SHOWN_WORDS = 4  # of the description, in the reason for a question
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (
        "advanced",
        re.compile(
            r"\b(?:senior|lead|principal|staff engineer|head of|expert|architect|extensive experience"
            r"|(?:[5-9]|1\d|five|six|seven|eight|ten)\+? (?:or more )?years)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "beginner",
        re.compile(
            r"\b(?:junior|entry.level|graduates?|trainee|intern(?:ship)?|apprentice|career starters?"
            r"|no (?:prior |previous )?experience|first job)\b",
            re.IGNORECASE,
        ),
    ),
)
# Words of every advertisement, which say nothing about this job.
_USUAL = frozenset(
    stem(word)
    for word in words(
        "we you your our us are is be will with and or the a an of to in for on at as by from this "
        "that it they "
        "team work working job role position company looking look join offer apply application "
        "candidate people "
        "experience year years skill skills ability strong good great excellent knowledge please new "
        "help use using "
        "used have has can may must should would who what when how which able day days time full part "
        "including "
        "least others other more most best every each well also about into their them than you'll "
        "we're across within"
    )
) | frozenset(stem(word) for word in load_phrases().empty_words.split() + load_phrases().fill_words.split())


class Description(Struct, frozen=True):
    """What the words of a job description say. `terms` are stems with the word as it was written."""

    role: str = ""  # of the bank; "" when none is named
    level: Level | None = None
    terms: dict[str, str] = {}
    competencies: tuple[str, ...] = ()  # of the bank, as far as they are named


def read_description(text: str) -> Description:
    """This will read the role, the level and what the job is about; nothing in it is ever followed."""
    sentences = sentences_of(text)
    whole = " . ".join(sentences)
    terms: dict[str, str] = {}
    for word in words(whole):
        if len(word) > 2 and not word.isdigit() and stem(word) not in _USUAL:
            terms.setdefault(stem(word), word)
    role = _named_role(sentences)
    for one in _content(role):
        terms.pop(one, None)
    return Description(
        role=role,
        level=level_named_in(whole),
        terms=terms,
        competencies=_named_competencies(terms),
    )


def level_named_in(text: str) -> Level | None:
    """The level that a title or a description asks for, as "senior" or "six years" do."""
    return next((level for level, pattern in _LEVELS if pattern.search(text)), None)


class Fit(Struct, frozen=True):
    """How well a question fits a description: rare words in common weigh more."""

    score: float
    shared: tuple[str, ...]  # as the description writes them, the weightiest first


def fit_of(question: PlannedQuestion, description: Description) -> Fit:
    rarity = _rarity()
    shared = sorted(
        (one for one in _stems_of(question) if one in description.terms),
        key=lambda one: (-rarity.get(one, 0.0), one),
    )
    return Fit(
        sum(rarity.get(one, 0.0) for one in shared),
        tuple(description.terms[one] for one in shared[:MOST_SHOWN_WORDS]),
    )


def is_about(question: PlannedQuestion, competency: str) -> bool:
    """Whether `question` goes into a competency that somebody worded freely."""
    wanted = _content(competency)
    own = _content(question.competency)
    if not wanted:
        return competency.casefold() == question.competency.casefold()
    return wanted <= own | _content(question.text) or len(wanted & own) * 2 >= len(wanted | own)


def _named_role(sentences: tuple[str, ...]) -> str:
    """The role whose name is found first; where several begin alike, the longest name."""
    for sentence in sentences:
        said = tuple(stem(word) for word in words(sentence))
        found = [(len(name), -_position(name, said), role) for role, name in _role_names()]
        named = [one for one in found if one[1] <= 0]
        if named:
            return max(named)[2]
    return ""


def _position(name: tuple[str, ...], said: tuple[str, ...]) -> int:
    """Where `name` begins in `said`, both in stems; -1 where it is not there."""
    return next((at for at in range(len(said) - len(name) + 1) if said[at : at + len(name)] == name), -1)


@lru_cache(maxsize=1)
def _role_names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (file.role, tuple(stem(word) for word in words(name)))
        for file in load_bank()
        if file.role != GENERAL_ROLE
        for name in (file.role, *file.aliases)
    )


def _named_competencies(terms: Iterable[str]) -> tuple[str, ...]:
    said = set(terms)
    names = sorted({entry.question.competency for entry in find_questions()})
    return tuple(name for name in names if _content(name) and _content(name) <= said)


def _content(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text)) - _USUAL


def _stems_of(question: PlannedQuestion) -> frozenset[str]:
    cues = " ".join(
        cue.replace("*", "").replace("+", " ") for point in question.expected_points for cue in point.cues
    )
    points = " ".join(f"{point.text} {point.topic}" for point in question.expected_points)
    return _content(f"{question.text} {question.competency} {points} {cues}")


@lru_cache(maxsize=1)
def _rarity() -> dict[str, float]:
    """Of each stem in the bank: words that many questions hold tell little."""
    everything = [_stems_of(entry.question) for entry in find_questions()]
    counts = Counter(one for stems in everything for one in stems)
    return {one: math.log((1 + len(everything)) / count) for one, count in counts.items()}
