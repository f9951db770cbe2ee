"""Decides after each failure whether a request is made again, and how, and waits in between."""

import asyncio
import random
from typing import Any

from interviews.language_model.backends.openai_failures import (
    AskingError,
    likely_feature,
    refused_feature,
)
from interviews.language_model.backends.openai_wire import Feature
from interviews.language_model.options import ModelOptions

MOST_LESSONS = 6  # refusals in a row of one server; each leaves something out of the request
_WAYS_TO_FORMS: tuple[Feature, ...] = ("strict schemas", "JSON mode")


class Patience:
    """Of one question to the model. `lacks` holds what this server was found not to know."""

    def __init__(
        self, options: ModelOptions, lacks: frozenset[Feature], *, until: float = float("inf")
    ) -> None:
        self._options = options
        self._until = until  # by the event loop's clock: nothing begins after it
        self._tries = 1
        self._lessons = 0
        self.lacks = lacks

    async def meet(self, failure: AskingError, body: dict[str, Any], *, may_repeat: bool = True) -> None:
        """Return when the request may be made again, with `lacks` as they are then.

        Else raises LanguageModelError, which says nothing that the server wrote.
        """
        if may_repeat and self._learn(failure, body):
            return
        wait_s = self._wait_s(failure)
        is_late = asyncio.get_running_loop().time() + wait_s >= self._until
        is_over = self._tries >= self._options.most_tries or wait_s > self._options.longest_back_off_s
        if not may_repeat or not failure.may_pass or is_over or is_late:
            raise failure.bare() from None
        self._tries += 1
        await asyncio.sleep(wait_s)

    def distrust_schemas(self, *, trusted: frozenset[Feature]) -> None:
        """After an answer that does not fit: take the next simpler way, unless this one was seen to work."""
        for feature in _WAYS_TO_FORMS:
            if feature not in self.lacks:
                self.lacks |= frozenset({feature}) - trusted
                return

    def _wait_s(self, failure: AskingError) -> float:
        back_off_s: float = self._options.back_off_s * 2 ** (self._tries - 1)
        jitter = random.uniform(0.5, 1.5)  # noqa: S311
        return max(back_off_s * jitter, failure.retry_after_s)

    def _learn(self, failure: AskingError, body: dict[str, Any]) -> bool:
        feature = failure.lesson
        if failure.complaint is not None:
            feature = refused_feature(failure.complaint, body) or likely_feature(body)
        if feature is None or feature in self.lacks or self._lessons >= MOST_LESSONS:
            return False
        self._lessons += 1
        self.lacks |= {feature}
        return True
