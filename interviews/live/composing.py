"""Lets the interviewer find the words of one reply and hands them on sentence by sentence."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from interviews.interviewer.brief import ReplyBrief
from interviews.interviewer.ports import Interviewer, InterviewerError
from interviews.interviewer.sentences import SentenceCutter
from interviews.live.inputs import Input, ReplyComposed, ReplyDeltaComposed, ReplySentenceComposed
from interviews.live.preparing import PreparedReply

logger = logging.getLogger(__name__)
MOST_PREPARED = 4  # before one reply: each costs a request, and who pauses often is not near the end
LONGEST_WAIT_S = 10.0  # judged: for the next words of a reply; after that the other interviewer carries on


class Composer:
    """One reply at a time. When the first interviewer fails the second carries on, in mid-session."""

    def __init__(
        self,
        interviewer: Interviewer,
        fallback: Interviewer,
        emit: Callable[[Input], None],
        may_speak: asyncio.Event,
        *,
        longest_wait_s: float = LONGEST_WAIT_S,
        prepares: bool = False,
    ) -> None:
        """`prepares`: replies may be worded before the turn is over, where the interviewer needs time."""
        self._interviewer = interviewer
        self._fallback = fallback
        self._emit = emit
        self._may_speak = may_speak
        self._longest_wait_s = longest_wait_s
        self._task: asyncio.Task[None] | None = None
        self._prepares = prepares and interviewer.is_worth_preparing
        self._prepared: PreparedReply | None = None
        self._preparations = 0

    def prepare(self, brief: ReplyBrief) -> None:
        """Begin to word `brief`, unheard, in place of what was prepared before."""
        if not self._prepares or (self._prepared is not None and self._prepared.brief == brief):
            return
        self.drop_prepared()
        if self._preparations < MOST_PREPARED:
            self._preparations += 1
            self._prepared = PreparedReply(self._interviewer, brief)

    def drop_prepared(self) -> None:
        prepared, self._prepared = self._prepared, None
        if prepared is not None:
            prepared.drop()

    def start(self, reply_id: int, brief: ReplyBrief, skip: int) -> None:
        """Begin `reply_id`; its first `skip` sentences were sent before and are not sent again."""
        self.cancel()
        prepared, self._prepared = self._prepared, None
        if prepared is not None and (skip or prepared.has_failed or prepared.brief != brief):
            prepared.drop()
            prepared = None
        self._preparations = 0
        work = self._compose(reply_id, brief, skip, prepared)
        self._task = asyncio.get_running_loop().create_task(work)
        if prepared is not None:
            free = prepared.drop  # a task that is cancelled before its first step frees nothing by itself
            self._task.add_done_callback(lambda _: free())

    def say(self, reply_id: int, text: str, skip: int) -> None:
        """Send `text` sentence by sentence: a person gave these words."""
        self.cancel()
        self.drop_prepared()
        self._preparations = 0
        self._task = asyncio.get_running_loop().create_task(self._say(reply_id, text, skip))

    async def _say(self, reply_id: int, text: str, skip: int) -> None:
        await self._may_speak.wait()
        sent = _Sentences(reply_id, skip, "", self._emit)
        sent.push(text)
        sent.flush()
        self._emit(ReplyComposed(reply_id=reply_id))

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    @property
    def is_busy(self) -> bool:
        return self._task is not None and not self._task.done()

    async def aclose(self) -> None:
        prepared, self._prepared = self._prepared, None
        if prepared is not None:
            await prepared.aclose()
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _compose(
        self, reply_id: int, brief: ReplyBrief, skip: int, prepared: PreparedReply | None
    ) -> None:
        for interviewer in (self._interviewer, self._fallback):
            # Nothing that the former began is finished by another.
            sent = _Sentences(reply_id, skip, interviewer.name, self._emit)
            source = interviewer.compose(brief) if prepared is None else prepared.deltas()
            prepared = None
            try:
                async with aclosing(source) as deltas:
                    await self._forward(deltas, sent)
                break
            except InterviewerError as error:
                logger.warning("%s could not word a reply: %s", interviewer.name, error)
            except Exception:  # whatever it was, the interview must not wait for ever
                logger.exception("%s broke while it worded a reply", interviewer.name)
            if sent.count > skip:
                break  # half a reply of one and half of another would be worse than a short one
        sent.flush()
        self._emit(ReplyComposed(reply_id=reply_id))

    async def _forward(self, deltas: AsyncGenerator[str, None], sent: "_Sentences") -> None:
        while True:
            async with asyncio.timeout(self._longest_wait_s):
                delta = await anext(deltas, None)
            if delta is None:
                return
            await self._may_speak.wait()
            sent.push(delta)


class _Sentences:
    def __init__(self, reply_id: int, skip: int, worded_by: str, emit: Callable[[Input], None]) -> None:
        self._reply_id = reply_id
        self._skip = skip
        self._worded_by = worded_by
        self._emit = emit
        self._cutter = SentenceCutter()
        self.count = 0

    def push(self, delta: str) -> None:
        if self.count >= self._skip:
            self._emit(ReplyDeltaComposed(reply_id=self._reply_id, text=delta))
        self._send(self._cutter.push(delta))

    def flush(self) -> None:
        self._send(self._cutter.flush())

    def _send(self, sentences: list[str]) -> None:
        for sentence in sentences:
            if self.count >= self._skip:
                self._emit(
                    ReplySentenceComposed(
                        reply_id=self._reply_id,
                        index=self.count,
                        text=sentence,
                        worded_by=self._worded_by,
                    )
                )
            self.count += 1
