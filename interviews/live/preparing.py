"""Words that are found before it is known whether they will be said."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from interviews.interviewer.brief import ReplyBrief
from interviews.interviewer.ports import Interviewer


class PreparedReply:
    """Lets the interviewer word `brief` at once and keeps the deltas until somebody asks for them."""

    def __init__(self, interviewer: Interviewer, brief: ReplyBrief) -> None:
        self.brief = brief
        self.has_failed = False
        self._news: asyncio.Queue[str | Exception | None] = asyncio.Queue()
        self._task = asyncio.get_running_loop().create_task(self._compose(interviewer))

    def drop(self) -> None:
        """It will not be said; what the interviewer holds for it is freed."""
        self._task.cancel()

    async def aclose(self) -> None:
        """Drop it and wait until the interviewer has let go."""
        self.drop()
        await asyncio.gather(self._task, return_exceptions=True)

    async def deltas(self) -> AsyncGenerator[str, None]:
        """What was found so far, then the rest as it comes. Raises what the interviewer raised."""
        try:
            while (news := await self._news.get()) is not None:
                if isinstance(news, Exception):
                    raise news
                yield news
        finally:
            self._task.cancel()

    async def _compose(self, interviewer: Interviewer) -> None:
        try:
            async with aclosing(interviewer.compose(self.brief)) as deltas:
                async for delta in deltas:
                    self._news.put_nowait(delta)
        except Exception as error:  # noqa: BLE001 (told to whoever asks for the words, or to nobody)
            self.has_failed = True
            self._news.put_nowait(error)
        else:
            self._news.put_nowait(None)
