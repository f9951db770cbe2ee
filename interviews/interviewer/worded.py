"""An interviewer whose words come from elsewhere, for moves that the rules have chosen."""

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Protocol

from interviews.interviewer.backends.scripted import compose_text
from interviews.interviewer.brief import ReplyBrief
from interviews.interviewer.guard import SAID_BEFORE, find_fault
from interviews.interviewer.ports import InterviewerError
from interviews.interviewer.sentences import SentenceCutter
from interviews.interviewer.tasks import Task, find_task
from interviews.spoken_words import words

logger = logging.getLogger(__name__)
MOST_COURTESY_WORDS = 4  # a second "thank you very much" is simply left out


class WordSource(Protocol):
    def find_words(self, brief: ReplyBrief, task: Task) -> AsyncGenerator[str, None]:
        """Yield deltas of the words for `task` alone. Raises InterviewerError, at the first or later."""
        ...


class WordedInterviewer:
    """Holds each sentence of its source against the guard before anybody hears it.

    Where one is not fit, or the source breaks off after it has begun, the program's own words do what is left
    of the reply's duty.
    """

    is_worth_preparing = True

    def __init__(self, name: str, source: WordSource) -> None:
        self.name = name
        self._source = source

    async def compose(self, brief: ReplyBrief) -> AsyncGenerator[str, None]:
        """See Interviewer. Yields whole sentences."""
        task = find_task(brief)
        if task is None:
            yield compose_text(brief)
            return
        part = _Part(brief, task)
        async with aclosing(self._worded(part)) as sentences:
            async for sentence in sentences:
                yield f"{sentence} "
        yield " ".join(part.rest().split())

    async def _worded(self, part: "_Part") -> AsyncGenerator[str, None]:
        cutter = SentenceCutter()
        try:
            async with aclosing(self._source.find_words(part.brief, part.task)) as deltas:
                async for delta in deltas:
                    for sentence in part.fit(cutter.push(delta)):
                        yield sentence
                    if part.is_over:
                        return
            for sentence in part.fit(cutter.flush()):
                yield sentence
        except InterviewerError as error:
            if not part.said:
                raise
            logger.warning("a reply was finished by the program: %s", error)


class _Part:
    """The source's part of one reply, as far as it has come."""

    def __init__(self, brief: ReplyBrief, task: Task) -> None:
        self.brief = brief
        self.task = task
        self.said: list[str] = []
        self._is_faulty = False

    @property
    def is_over(self) -> bool:
        return self._is_faulty or len(self.said) >= self.task.most_sentences

    def fit(self, sentences: list[str]) -> list[str]:
        """Those of the next `sentences` that may be spoken."""
        fitting = []
        for sentence in sentences:
            if self.is_over:
                break
            fault = find_fault(self.brief, sentence, self.said)
            if fault is None:
                self.said.append(sentence)
                fitting.append(sentence)
            elif fault != SAID_BEFORE or len(words(sentence)) > MOST_COURTESY_WORDS:
                logger.info("a sentence of the language model was not spoken: %s", fault)
                self._is_faulty = True
        return fitting

    def rest(self) -> str:
        """The program's words that complete the reply."""
        if not self.said:
            return f"{self.task.fallback} {self.task.after}"
        is_owed = self.task.question and not any("?" in sentence for sentence in self.said)
        return f"{self.task.question if is_owed else ''} {self.task.after}"
