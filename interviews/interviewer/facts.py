"""Finds the facts of the job that answer a candidate's question, by shared words."""

from interviews.phrases import load_phrases
from interviews.spoken_words import stem, words

MOST_FACTS = 2
_FILL = frozenset(load_phrases().empty_words.split()) | frozenset(load_phrases().fill_words.split())
# Everyday words for the same thing; the first of each group stands for all.
_SAME = (
    ("salary", "pay", "paid", "money", "compensation", "earn", "wage", "euros", "dollars"),
    ("home", "remote", "remotely", "hybrid", "office"),
    ("holiday", "holidays", "vacation", "leave"),
    ("next", "step", "steps", "hear", "decision", "decide", "decides", "afterwards", "process"),
    ("team", "colleagues", "people", "teammates"),
    ("tools", "tool", "stack", "technology", "technologies", "language", "languages"),
    ("hours", "part", "time", "fulltime", "shift", "shifts"),
    ("program", "ai", "robot", "computer", "machine", "automatic"),
)
_STANDS_FOR = {stem(word): stem(group[0]) for group in _SAME for word in group}


def find_facts(question: str, facts: tuple[str, ...]) -> tuple[str, ...]:
    """The facts that share the most content with `question`, best first; none when nothing fits."""
    asked = _content(question)
    scored = [(len(asked & _content(fact)), -position, fact) for position, fact in enumerate(facts)]
    fitting = sorted((entry for entry in scored if entry[0]), reverse=True)
    best = fitting[0][0] if fitting else 0
    return tuple(fact for score, _, fact in fitting if score == best)[:MOST_FACTS]


def _content(text: str) -> frozenset[str]:
    stems = (stem(word) for word in words(text) if word not in _FILL)
    return frozenset(_STANDS_FOR.get(word, word) for word in stems)
