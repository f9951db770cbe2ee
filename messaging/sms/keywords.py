"""Which single words have a meaning of their own in a text message, whoever runs the interview.

The lists are those of the carriers' rules (CTIA, Messaging Principles and Best Practices) as Twilio keeps
them, with what people answer to "Reply YES".
"""

import re
from typing import Literal

Keyword = Literal["stop", "start", "help"]
Answer = Literal["yes", "no"]

_KEYWORDS: dict[str, Keyword] = {
    **dict.fromkeys(
        (
            "stop",
            "stopall",
            "stop all",
            "unsubscribe",
            "cancel",
            "end",
            "quit",
            "revoke",
            "optout",
            "opt out",
        ),
        "stop",
    ),
    **dict.fromkeys(("start", "unstop"), "start"),
    **dict.fromkeys(("help", "info"), "help"),
}
_YES = frozenset(
    (
        "yes", "y", "yea", "yeah", "yep", "yup", "ok", "okay", "k", "sure", "agree", "agreed", "i agree",
        "accept", "i accept", "i do", "go", "go ahead", "lets go", "let us go", "ready", "i am ready",
        "im ready", "begin", "absolutely", "of course", "fine", "sounds good", "happy to",
    )
)  # fmt: skip
_NO = frozenset(
    (
        "no", "n", "nope", "nah", "no thanks", "no thank you", "not now", "not interested", "decline",
        "i decline", "i do not agree", "i dont agree", "i dont want to", "i do not want to",
    )
)  # fmt: skip
_POLITE = re.compile(r"\b(?:please|thanks|thank you|hi|hello)\b")


def read_keyword(text: str) -> Keyword | None:
    """The word that a message consists of; None where anything else is said."""
    return _KEYWORDS.get(_plain(text))


def read_answer(text: str) -> Answer | None:
    """Yes or no to a question that was put as such; None for everything that is not plainly one."""
    said = _plain(text)
    if said in _NO:
        return "no"
    bare = " ".join(_POLITE.sub(" ", said).split())
    words = bare.split()
    if bare in _YES or (words and len(words) <= 4 and all(_is_yes(word) for word in words)):
        return "yes"
    return "no" if bare in _NO else None


def _is_yes(word: str) -> bool:
    return word in _YES


def _plain(text: str) -> str:
    """Lower case, without punctuation: "YES!" is "yes", "I'm ready." is "im ready"."""
    bare = re.sub(r"['’]", "", text.casefold())
    return " ".join(re.findall(r"\w+", bare))
