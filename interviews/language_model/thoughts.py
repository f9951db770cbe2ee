"""Keeps what a reasoning model thinks aloud away from everybody: `<think>…</think>` before its answer."""

import re

_OPENERS = ("<think>", "<thinking>", "<thought>", "<reasoning>")
_CLOSER = re.compile(r"</(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_LONGEST_CLOSER = len("</reasoning>")


class ThoughtFilter:
    """Takes deltas of an answer, gives those that are meant for others."""

    def __init__(self) -> None:
        self._waiting = ""
        self._looked_until = 0
        self._is_open = False

    def push(self, delta: str) -> str:
        if self._is_open:
            return delta
        self._waiting += delta
        begun = self._waiting.lstrip()
        if not self._is_thought(begun):
            return "" if _may_become_thought(begun) else self._open(begun)
        answer = self._after_thought()
        return self._open(answer) if answer else ""

    def flush(self) -> str:
        """What is left when the answer is complete; thoughts that never ended are no answer."""
        rest, self._waiting = self._waiting.lstrip(), ""
        return "" if self._is_open or self._is_thought(rest) else rest

    def _is_thought(self, text: str) -> bool:
        return text[:_LONGEST_CLOSER].lower().startswith(_OPENERS)

    def _after_thought(self) -> str:
        closer = _CLOSER.search(self._waiting, self._looked_until)
        if closer is None:
            self._looked_until = max(0, len(self._waiting) - _LONGEST_CLOSER)
            return ""
        return self._waiting[closer.end() :].lstrip()

    def _open(self, answer: str) -> str:
        self._is_open = True
        self._waiting = ""
        return answer


def without_thoughts(text: str) -> str:
    """A whole answer without the thoughts before it, also where only their end is marked."""
    ends = [match.end() for match in _CLOSER.finditer(text)]
    if ends:
        return text[ends[-1] :].strip()
    return "" if text.lstrip().lower().startswith(_OPENERS) else text.strip()


def _may_become_thought(begun: str) -> bool:
    return any(opener.startswith(begun.lower()) for opener in _OPENERS)
