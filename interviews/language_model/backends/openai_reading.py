"""Puts one answer together from its chunks and tells whether it ended as answers should."""

from typing import Any

from interviews.language_model.backends.openai_failures import AskingError
from interviews.language_model.backends.openai_wire import Answer, Feature, Words, room_in
from interviews.language_model.thoughts import ThoughtFilter

MOST_CHARS = 200_000  # a server that never comes to an end is given up on


class Reading:
    """Of one request. `push` each chunk, then `finish`; raises AskingError for what is no answer."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.body = body
        self.text = ""
        self.has_count = False
        self._thoughts = ThoughtFilter()
        self._end: str | None = None
        self._received = 0

    @property
    def has_words(self) -> bool:
        return bool(self.text.strip())

    def raw_text(self, answer: Answer) -> str:
        """Everything the model wrote in this chunk, thoughts too: what tokens are estimated from."""
        return _words(answer).text

    def push(self, answer: Answer) -> str:
        """Take a chunk; return the words in it that are meant for others."""
        self.has_count = self.has_count or answer.usage is not None
        words = _words(answer)
        if words.refusal:
            raise AskingError("The language model refused to answer.", permanent=True)
        if answer.choices:
            self._end = answer.choices[0].finish_reason or self._end
        self._received += len(words.text)
        if self._received > MOST_CHARS:
            raise AskingError("The language model did not come to an end.")
        return self._keep(self._thoughts.push(words.text))

    def finish(self) -> str:
        """Call after the last chunk; return words that had been held back."""
        rest = self._keep(self._thoughts.flush())
        if self._end == "content_filter":
            raise AskingError("The language model's server held its answer back.", permanent=True)
        if self._end == "length":
            lesson: Feature | None = None if self.text and "stream" in self.body else "short answers"
            raise AskingError(
                f"The language model's answer was cut off at {room_in(self.body)} tokens.", lesson=lesson
            )
        if self._end is None and "stream" in self.body:
            raise AskingError("The language model's server fell silent in mid-answer.", may_pass=True)
        if not self.text.strip():
            raise AskingError("The language model gave no words.", may_pass=True)
        return rest

    def _keep(self, text: str) -> str:
        self.text += text
        return text


def _words(answer: Answer) -> Words:
    return answer.choices[0].words if answer.choices else Words()
