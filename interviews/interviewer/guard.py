"""Reads every sentence of a language model before it is spoken, and says what is wrong with it.

The prompt asks for all of this; the guard is for models that don't listen, or that listen to somebody else.
What it objects to is not spoken: the program's own words take its place.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import yaml

from interviews.coverage import cover
from interviews.evaluation.content_words import content_stems
from interviews.interviewer.brief import ReplyBrief
from interviews.interviewer.choice import as_said
from interviews.interviewer.prompts import COVERAGE_RULES, MOST_TURNS, REPLY_RULES
from interviews.interviewer.tasks import WISHES
from interviews.plan import ExpectedPoint, PlannedQuestion
from interviews.progress import MoveKind
from interviews.protected import find_protected_topic
from interviews.spoken_words import words

SAID_BEFORE = "it was said before"
MOST_WORDS = 40  # of one sentence; about 16 s of speech
LEAKED_WORDS = 6  # so many words in the order of a rule, a point or an anchor are no coincidence
FEWEST_FOR_LANGUAGE = 6
MOST_UNKNOWN_FRACTION = 0.5  # of the content words of an answer about the job; paraphrases need some room

FEWEST_TAKEN_UP = 3  # content words; a shorter sentence is a courtesy
_TAKES_UP: frozenset[MoveKind] = frozenset({"acknowledge_and_next", "follow_up", "closing_invite", "closing"})
_ASKS: dict[MoveKind, int] = {"follow_up": 1, "clarify": 1, "rephrase": 1, "help": 1}
_FORBIDDEN: dict[str, re.Pattern[str]] = {
    what: re.compile("|".join(patterns), re.IGNORECASE)
    for what, patterns in yaml.safe_load(
        Path(__file__).with_name("forbidden.yaml").read_text(encoding="utf-8")
    ).items()
}
_COMMON = frozenset(
    "a about all an and any are as at be but by can could did do does for from had has have how"  # noqa: SIM905
    " i if in is it like me more my of on one or please so some something take tell than thank"
    " that the their them then there they this time to us was we"
    " were what when where which who why will with would you your".split()
)


def find_fault(brief: ReplyBrief, sentence: str, so_far: Sequence[str] = ()) -> str | None:
    """Why `sentence` must not be spoken, in a few words, or None. `so_far`: what this reply said already.

    `SAID_BEFORE` is the mildest fault: the sentence can simply be left out.
    """
    checks = (_form, _forbidden, _private, _leak, _question, _language, _grounds, _again)
    return next((fault for check in checks if (fault := check(brief, sentence, so_far)) is not None), None)


def _form(brief: ReplyBrief, sentence: str, so_far: Sequence[str]) -> str | None:
    if not any(char.isalpha() for char in sentence):
        return "it says nothing"
    if len(words(sentence)) > MOST_WORDS:
        return "it is too long to follow by ear"
    return None if sentence.isprintable() else "it holds signs that nobody can speak"


def _forbidden(brief: ReplyBrief, sentence: str, so_far: Sequence[str]) -> str | None:
    plain = sentence.replace("’", "'")
    return next((f"it holds {what}" for what, pattern in _FORBIDDEN.items() if pattern.search(plain)), None)


def _private(brief: ReplyBrief, sentence: str, so_far: Sequence[str]) -> str | None:
    topic = find_protected_topic(sentence)
    return f"it touches on a protected topic: {topic}" if topic else None


def _leak(brief: ReplyBrief, sentence: str, so_far: Sequence[str]) -> str | None:
    """A rule of the prompt, or a part of a good answer that the candidate has not given."""
    if _runs(words(sentence)) & _RULES:
        return "it repeats its own instructions"
    asked = [question for question in (brief.question, brief.previous_question) if question is not None]
    if any(_gives_away(question, sentence, brief) for question in asked):
        return "it gives away a part of the answer"
    return None


def _gives_away(question: PlannedQuestion, sentence: str, brief: ReplyBrief) -> bool:
    """Whether the sentence would itself score, or recites a point or an anchor."""
    secrets = [*(point.text for point in question.expected_points), *question.anchors.values()]
    recited = _runs(words(sentence)) & frozenset().union(*(_runs(words(secret)) for secret in secrets))
    told = set(cover(question, sentence).covered)
    if not told and not recited:
        return False  # the usual case, told without reading the whole interview again
    own = f"{question.text} {question.rephrase} {question.help}"
    heard = " ".join([*(text for side, text in brief.history if side == "candidate"), brief.candidate_text])
    told -= {*cover(question, own).covered, *cover(question, heard).covered}
    return bool(told or recited - _runs(words(f"{own} {heard}")))


def _question(brief: ReplyBrief, sentence: str, so_far: Sequence[str]) -> str | None:
    asked = sentence.count("?")
    before = sum(earlier.count("?") for earlier in so_far)
    if asked + before > _ASKS.get(brief.move.kind, 0):
        return "it asks a question too many"
    if (
        asked
        and brief.move.kind == "follow_up"
        and brief.point is not None
        and not _is_about(sentence, brief.point)
    ):
        return "it does not ask for what is missing"
    return None


def _is_about(sentence: str, point: ExpectedPoint) -> bool:
    return bool(content_stems(sentence) & content_stems(f"{point.topic} {point.probe} {point.text}"))


def _language(brief: ReplyBrief, sentence: str, so_far: Sequence[str]) -> str | None:
    said = words(sentence)
    letters = [char for char in sentence if char.isalpha()]
    is_latin = sum(char < "\u0250" for char in letters) >= 0.8 * len(letters)
    if not brief.language.startswith("en"):
        return None
    is_english = len(said) < FEWEST_FOR_LANGUAGE or sum(word in _COMMON for word in said) * 6 >= len(said)
    return None if is_latin and is_english else "it is in another language"


def _grounds(brief: ReplyBrief, sentence: str, so_far: Sequence[str]) -> str | None:
    """What it takes up must have been said; an answer about the job may hold nothing but its facts."""
    if brief.move.kind == "answer_candidate":
        return _beyond_facts(brief, sentence)
    stems = content_stems(sentence)
    is_english = brief.language.startswith("en")  # the list of empty words is
    if not is_english or brief.move.kind not in _TAKES_UP or "?" in sentence or len(stems) < FEWEST_TAKEN_UP:
        return None
    return None if stems & _spoken_of(brief) else "it takes up what nobody said"


def _spoken_of(brief: ReplyBrief) -> frozenset[str]:
    said = [text for _, text in brief.history[-MOST_TURNS:]]
    said += [question.text for question in (brief.question, brief.previous_question) if question is not None]
    said += [point.topic for point in (brief.point, brief.covered) if point is not None]
    return content_stems(" ".join((*said, brief.candidate_text, brief.role)))


def _beyond_facts(brief: ReplyBrief, sentence: str) -> str | None:
    known = content_stems(" ".join((*brief.facts, brief.candidate_text, brief.organisation, brief.role)))
    known |= content_stems(_PASSING_ON)
    stems = content_stems(sentence)
    unknown = stems - known
    has_new_number = any(char.isdigit() for word in unknown for char in word)
    is_new = len(unknown) > MOST_UNKNOWN_FRACTION * len(stems)
    return "the facts of the job do not say so" if has_new_number or is_new else None


_PASSING_ON = (
    "I don't know that, sorry, so I will pass your question on to a person from the hiring team, who will "
    "get back to you and answer. I can tell you, as far as I know. I am an AI interviewer."
)


def _again(brief: ReplyBrief, sentence: str, so_far: Sequence[str]) -> str | None:
    said = as_said([*(text for side, text in brief.history if side == "interviewer"), *so_far])
    return SAID_BEFORE if as_said([sentence]) & said else None


def _runs(text: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Every stretch of `LEAKED_WORDS` words."""
    return frozenset(tuple(text[at : at + LEAKED_WORDS]) for at in range(len(text) - LEAKED_WORDS + 1))


_RULES = frozenset().union(*(_runs(words(text)) for text in (REPLY_RULES, COVERAGE_RULES, *WISHES)))
