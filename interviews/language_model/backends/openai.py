"""Any server with the OpenAI chat API: OpenAI itself, vLLM, Ollama, llama.cpp, Gemini.

Servers differ in what they know (streaming, schemas, names of parameters). Everything is asked for at first;
what a server refuses is left out, and once it has answered without, for as long as the process lives.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, TypeVar

import msgspec

from interviews.language_model.backends.openai_failures import AskingError, as_asking_error
from interviews.language_model.backends.openai_meter import Meter
from interviews.language_model.backends.openai_patience import Patience
from interviews.language_model.backends.openai_reading import Reading
from interviews.language_model.backends.openai_transport import FAILURES, Transport
from interviews.language_model.backends.openai_wire import Feature, features_of, host_of, request_body
from interviews.language_model.filling import UnfitAnswerError, read_form, with_complaint, with_schema
from interviews.language_model.options import ModelOptions
from interviews.language_model.ports import LanguageModelError, Prompt, Purpose, Spend

MOST_FORMS = 3  # answers that don't fit, before a form is given up
EXACT: frozenset[Purpose] = frozenset({"coverage", "probe"})  # asked for without any freedom in wording
Filled = TypeVar("Filled", bound=msgspec.Struct)


class OpenAILanguageModel:
    """One per process; may be asked from any event loop."""

    def __init__(self, options: ModelOptions) -> None:
        self._options = options
        self._transport = Transport(options)
        self._lacks: frozenset[Feature] = frozenset()
        self._does: frozenset[Feature] = frozenset()

    @property
    def name(self) -> str:
        return self._options.model

    @property
    def host(self) -> str:
        return host_of(self._options)

    @property
    def does(self) -> tuple[Feature, ...]:
        """What this server was seen to do so far."""
        return tuple(sorted(self._does - self._lacks))

    @property
    def lacks(self) -> tuple[Feature, ...]:
        """What this server was found not to know so far."""
        return tuple(sorted(self._lacks))

    async def stream(self, prompt: Prompt, *, purpose: Purpose, spend: Spend) -> AsyncGenerator[str, None]:
        """See LanguageModel. Only a request that has given no words yet is made again."""
        until = asyncio.get_running_loop().time() + self._options.first_delta_s
        patience = Patience(self._options, self._lacks, until=until)
        while True:
            body = request_body(prompt, self._options, patience.lacks, is_exact=purpose in EXACT)
            reading = Reading(body)
            try:
                async with aclosing(
                    self._say(body, reading, Meter(prompt, purpose, self.name), spend, until)
                ) as said:
                    async for delta in said:
                        self._learn(patience.lacks, body, reading)  # whoever listens may leave any time
                        yield delta
            except AskingError as failure:
                await patience.meet(failure, body, may_repeat=not reading.has_words)
            else:
                self._learn(patience.lacks, body, reading)
                return

    async def fill(self, prompt: Prompt, form: type[Filled], *, purpose: Purpose, spend: Spend) -> Filled:
        """See LanguageModel. A form that does not fit is asked for again, with what does not fit about it."""
        patience = Patience(self._options, self._lacks)
        asked = prompt
        for _ in range(MOST_FORMS):
            reading = await self._ask(asked, form, purpose, spend, patience)
            try:
                filled = read_form(reading.text, form)
            except UnfitAnswerError as unfit:
                asked = with_complaint(prompt, reading.text, str(unfit))
                patience.distrust_schemas(trusted=self._does)
            else:
                self._learn(patience.lacks, reading.body, reading)
                return filled
        raise LanguageModelError("The language model did not fill in the form as it was asked to.")

    async def aclose(self) -> None:
        """Close the connections of the running event loop."""
        await self._transport.aclose()

    async def _say(
        self, body: dict[str, Any], reading: Reading, meter: Meter, spend: Spend, until: float
    ) -> AsyncGenerator[str, None]:
        clock = asyncio.get_running_loop().time
        try:
            async with aclosing(self._transport.chunks(body)) as chunks:
                while True:
                    async with asyncio.timeout_at(until):
                        answer = await anext(chunks, None)
                    if answer is None:
                        break
                    meter.count(answer.usage, reading.raw_text(answer))
                    if delta := reading.push(answer):
                        yield delta
                    if reading.has_words:
                        until = clock() + self._options.between_deltas_s
            if rest := reading.finish():
                yield rest
        except FAILURES as error:
            meter.has_failed = True
            raise as_asking_error(error) from None
        finally:
            spend(meter.spent())

    async def _ask(
        self, prompt: Prompt, form: type[msgspec.Struct], purpose: Purpose, spend: Spend, patience: Patience
    ) -> Reading:
        while True:
            shown = with_schema(prompt, form) if "strict schemas" in patience.lacks else prompt
            body = request_body(shown, self._options, patience.lacks, form=form, is_exact=purpose in EXACT)
            try:
                return await self._read_whole(body, Meter(shown, purpose, self.name), spend)
            except AskingError as failure:
                await patience.meet(failure, body)

    async def _read_whole(self, body: dict[str, Any], meter: Meter, spend: Spend) -> Reading:
        reading = Reading(body)
        try:
            async with asyncio.timeout(self._options.timeout_s):
                answer = await self._transport.whole(body)
            meter.count(answer.usage, reading.raw_text(answer))
            reading.push(answer)
            reading.finish()
        except FAILURES as error:
            meter.has_failed = True
            raise as_asking_error(error) from None
        finally:
            spend(meter.spent())
        return reading

    def _learn(self, lacks: frozenset[Feature], body: dict[str, Any], reading: Reading) -> None:
        self._lacks |= lacks
        self._does |= features_of(body) - ({"token counts"} if not reading.has_count else set())


def connect(options: ModelOptions) -> OpenAILanguageModel:
    """This will make a client for the server of `options`; nothing is sent yet."""
    return OpenAILanguageModel(options)
