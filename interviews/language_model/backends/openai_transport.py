"""Carries requests to a server with the OpenAI chat API and brings back what it answers, chunk by chunk."""

from collections.abc import AsyncGenerator
from typing import Any

import openai

from interviews.language_model.backends.openai_failures import AskingError, as_asking_error
from interviews.language_model.backends.openai_wire import Answer, read_answer
from interviews.language_model.options import ModelOptions
from interviews.language_model.ports import LanguageModelError
from interviews.loop_clients import LoopClients

PATH = "/chat/completions"
# What was said goes to the host that people were told, and to no other.
STAY: openai.RequestOptions = {"follow_redirects": False}
NO_STREAM = ("application/json", "text/html")
FAILURES = (openai.OpenAIError, ValueError, TimeoutError, LanguageModelError)


class Transport:
    """Raises AskingError, whatever goes wrong. How long to wait is the caller's to say, by cancelling."""

    def __init__(self, options: ModelOptions) -> None:
        self._options = options
        self._clients = LoopClients(self._connect, lambda client: client.close())

    async def whole(self, body: dict[str, Any]) -> Answer:
        client = await self._clients.get()
        try:
            return read_answer(await client.post(PATH, body=body, cast_to=object, options=STAY))
        except FAILURES as error:
            raise as_asking_error(error) from None

    async def chunks(self, body: dict[str, Any]) -> AsyncGenerator[Answer, None]:
        """Yield the answer as it comes; closing the generator closes the connection.

        A server that does not stream, though `body` wishes it, is found out by its content type.
        """
        if "stream" not in body:
            yield await self.whole(body)
            return
        stream = await self._open(body)
        try:
            if stream.response.headers.get("content-type", "").startswith(NO_STREAM):
                raise AskingError("The language model's server does not stream.", lesson="streaming")
            async for data in stream:
                yield read_answer(data)
        except FAILURES as error:
            raise as_asking_error(error) from None
        finally:
            await stream.close()

    async def aclose(self) -> None:
        await self._clients.aclose()

    async def _open(self, body: dict[str, Any]) -> openai.AsyncStream[object]:
        client = await self._clients.get()
        try:
            return await client.post(
                PATH,
                body=body,
                cast_to=object,
                options=STAY,
                stream=True,
                stream_cls=openai.AsyncStream[object],
            )
        except FAILURES as error:
            raise as_asking_error(error) from None

    def _connect(self) -> openai.AsyncOpenAI:
        options = self._options
        return openai.AsyncOpenAI(
            api_key=options.api_key or "none",  # local servers want none, the client insists on one
            base_url=options.base_url or None,
            timeout=openai.Timeout(options.timeout_s, connect=options.connect_s),
            max_retries=0,  # Patience asks again, in other words where it must
        )
