"""Counts what one request costs, by the server's own count or by an estimate."""

import time

from interviews.language_model.backends.openai_wire import Usage, tokens_in
from interviews.language_model.ports import Prompt, Purpose, Spent


class Meter:
    """Runs from the moment it is made; read once, when the request is over."""

    def __init__(self, prompt: Prompt, purpose: Purpose, model: str) -> None:
        self._prompt = prompt
        self._purpose = purpose
        self._model = model
        self._started = time.monotonic()
        self._usage: Usage | None = None
        self._chars = 0
        self.was_answered = False
        self.has_failed = False

    def count(self, usage: Usage | None, text: str) -> None:
        """Note one chunk or a whole answer; servers repeat their count, the last one holds."""
        self.was_answered = True
        self._chars += len(text)
        self._usage = usage or self._usage

    def spent(self) -> Spent:
        took_ms = round((time.monotonic() - self._started) * 1000)
        if self._usage is not None:
            details = self._usage.prompt_tokens_details
            return self._spent(
                took_ms,
                input_tokens=self._usage.prompt_tokens or 0,
                cached_tokens=(details.cached_tokens or 0) if details else 0,
                output_tokens=self._usage.completion_tokens or 0,
            )
        if self.has_failed and not self.was_answered:
            return self._spent(took_ms)
        texts = (self._prompt.system, *(message.text for message in self._prompt.messages))
        output_tokens = tokens_in("x" * self._chars)
        return self._spent(
            took_ms, input_tokens=tokens_in(*texts), output_tokens=output_tokens, is_estimate=True
        )

    def _spent(
        self,
        took_ms: int,
        *,
        input_tokens: int = 0,
        cached_tokens: int = 0,
        output_tokens: int = 0,
        is_estimate: bool = False,
    ) -> Spent:
        return Spent(
            purpose=self._purpose,
            model=self._model,
            input_tokens=max(input_tokens, 0),
            cached_tokens=max(cached_tokens, 0),
            output_tokens=max(output_tokens, 0),
            is_estimate=is_estimate,
            took_ms=took_ms,
            has_failed=self.has_failed,
        )
