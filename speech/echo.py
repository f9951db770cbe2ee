"""Whether what came through the microphone is our own voice coming back."""

import re
from difflib import SequenceMatcher

RESEMBLANCE = 0.75  # judged: an echo loses words at its ends; an answer rarely repeats three in four of ours
LEAST_WORDS = 3  # fewer words in common prove nothing

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def resembles(text: str, reply: str) -> bool:
    """This will tell whether most of `text` stands, in order, in the running `reply`."""
    heard = _WORD.findall(text.lower())
    spoken = _WORD.findall(reply.lower())
    if len(heard) < LEAST_WORDS or not spoken:
        return False
    blocks = SequenceMatcher(a=heard, b=spoken, autojunk=False).get_matching_blocks()
    in_common = sum(block.size for block in blocks if block.size >= 2)
    return in_common / len(heard) >= RESEMBLANCE
