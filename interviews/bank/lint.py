"""What is wrong with a question of the bank, in sentences for the person who wrote it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from interviews.bank.reading_age import grade_of
from interviews.coverage import cover, matching_cues
from interviews.phrases import load_phrases
from interviews.plan import Level, PlannedQuestion
from interviews.protected import find_protected_topic
from interviews.spoken_words import stem, words

TEXT_CHARS = range(40, 321)  # shorter says too little, longer can't be held in mind when heard once
SENTENCE_WORDS = 34
READING_GRADE = 11.0  # Flesch-Kincaid: for adults who hear it once and are nervous
FEWEST_OF_A_KIND = 3  # questions of each level, technical and behavioral, that a built-in role has
LEVELS: tuple[Level, ...] = ("beginner", "intermediate", "advanced")
POINTS = range(3, 7)
FOLLOW_UPS = 2
ANCHOR_CHARS = range(20, 221)
NEAR_DUPLICATE = 0.7  # shared content words of two questions
_LEADING = re.compile(
    r"don['’]t you (think|agree)|wouldn['’]t you|isn['’]t it|aren['’]t (you|they)|surely|obviously|of course"
    r"|you (do )?agree that|as everybody knows|, (right|correct)\?$",
    re.IGNORECASE,
)
_FILL = frozenset(load_phrases().empty_words.split()) | frozenset(load_phrases().fill_words.split())


def find_faults(questions: Iterable[PlannedQuestion]) -> list[str]:
    """Every fault as "key: sentence"; an empty list is a clean bank."""
    listed = list(questions)
    faults = [f"{question.key}: {fault}" for question in listed for fault in _faults(question)]
    return faults + list(_duplicates(listed))


def find_gaps(questions: Iterable[PlannedQuestion]) -> list[str]:
    """What a role lacks to be asked at every level, as sentences; files of one's own may have gaps."""
    counts = Counter(
        (question.difficulty, "behavioral" if question.kind == "behavioral" else "technical")
        for question in questions
    )
    return [
        f"{counts[level, kind]} {kind} at {level} level, {FEWEST_OF_A_KIND} wanted"
        for level in LEVELS
        for kind in ("technical", "behavioral")
        if counts[level, kind] < FEWEST_OF_A_KIND
    ]


def _faults(question: PlannedQuestion) -> Iterator[str]:
    yield from _wording(question)
    yield from _shape(question)
    yield from _cues(question)


def _wording(question: PlannedQuestion) -> Iterator[str]:
    spoken = {"text": question.text, "rephrase": question.rephrase, "help": question.help}
    spoken |= {f"follow-up {n}": ask for n, ask in enumerate(question.follow_ups, start=1)}
    for name, text in spoken.items():
        if not text.strip():
            yield f"the {name} is missing"
        if _LEADING.search(text):
            yield f"the {name} leads the candidate"
        if topic := find_protected_topic(text):
            yield f"the {name} asks about a protected topic: {topic}"
        if (longest := _longest_sentence(text)) > SENTENCE_WORDS:
            yield f"a sentence of the {name} has {longest} words, more than can be followed by ear"
        if (grade := grade_of(text)) > READING_GRADE:
            yield f"the {name} reads at grade {grade:g}; shorter words and sentences help"
    if len(question.text) not in TEXT_CHARS:
        yield f"the text has {len(question.text)} characters"
    if not question.rephrase.rstrip().endswith(("?", ".")):
        yield "the rephrase is no whole sentence"


def _longest_sentence(text: str) -> int:
    return max(len(words(part)) for part in re.split(r"[.?!]", text))


def _shape(question: PlannedQuestion) -> Iterator[str]:
    if len(question.expected_points) not in POINTS:
        yield f"it has {len(question.expected_points)} expected points"
    if len(question.follow_ups) != FOLLOW_UPS:
        yield f"it has {len(question.follow_ups)} follow-ups"
    if not all(ask.rstrip().endswith("?") for ask in question.follow_ups):
        yield "a follow-up is no question"
    if sorted(question.anchors) != ["1", "2", "3", "4", "5"] or len(set(question.anchors.values())) != 5:
        yield "the anchors 1 to 5 are not all there, or two are the same"
    for step, anchor in question.anchors.items():
        if len(anchor) not in ANCHOR_CHARS:
            yield f"anchor {step} has {len(anchor)} characters"
    if not question.competency:
        yield "it names no competency"


def _cues(question: PlannedQuestion) -> Iterator[str]:
    for number, point in enumerate(question.expected_points, start=1):
        if not point.cues or not point.topic:
            yield f"point {number} lacks cues or a topic"
        if number - 1 not in cover(question, point.text).covered:
            yield f"none of point {number}'s cues is found in its own text"
        for other, where in _heard_by_the_candidate(question):
            for cue in matching_cues(point.cues, where):
                yield f"the cue “{cue}” of point {number} is in the {other}: reciting it would score"
        for own in (point.topic, point.probe):
            for cue in matching_cues(point.cues, own):
                yield f"the cue “{cue}” of point {number} is in what asks for it: “{own}”"


def _heard_by_the_candidate(question: PlannedQuestion) -> tuple[tuple[str, str], ...]:
    return (("text", question.text), ("rephrase", question.rephrase), ("help", question.help))


def _duplicates(questions: list[PlannedQuestion]) -> Iterator[str]:
    keys = [question.key for question in questions]
    yield from (f"{key}: the key is used twice" for key in sorted(set(keys)) if keys.count(key) > 1)
    content = [(question, _content(question.text)) for question in questions]
    for (first, said), (second, also) in combinations(content, 2):
        if len(said & also) / max(len(said | also), 1) >= NEAR_DUPLICATE:
            yield f"{first.key}: nearly the same question as {second.key}"


def _content(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text) if word not in _FILL)
