"""The live sessions of this process: who is attached, who gives way, what happens on shutdown."""

import asyncio
import logging
from collections.abc import Callable
from uuid import UUID
from weakref import WeakValueDictionary

from channels.db import database_sync_to_async

from interviews.live import inputs as inp
from interviews.live.bus import CommandNudge, Notice, PersonSpoke
from interviews.live.commands import queued_commands
from interviews.live.opening import SessionOverError, force_open
from interviews.live.outlet import Hello, Outlet
from interviews.live.runner import Runner
from interviews.live.services import OverloadedError, Services
from interviews.models import Session

__all__ = ["Attachment", "OverloadedError", "Registry", "RestartingError", "SessionOverError"]

logger = logging.getLogger(__name__)
RESTARTING = 4012
POLL_S = 1.0  # whoever is not nudged looks after a second


class RestartingError(Exception):
    """This process is on its way out; another takes the session."""


class Attachment:
    """One candidate's socket on its runner."""

    def __init__(self, runner: Runner, outlet: Outlet) -> None:
        self._runner = runner
        self._outlet = outlet

    def offer(self, happened: inp.Input) -> None:
        """Never waits. Raises InboxFullError."""
        self._runner.offer(happened)

    def offer_audio(self, offset: int, pcm: bytes) -> None:
        """Never waits. Raises InboxFullError."""
        self._runner.offer_audio(offset, pcm)

    def want_audio(self, reply_id: int, from_index: int) -> None:
        """Never waits. Raises InboxFullError."""
        self._runner.want_audio(reply_id, from_index)

    def detach(self) -> None:
        self._runner.close_socket(self._outlet)


class Registry:
    """All runners of one process. Every method belongs to the event loop."""

    def __init__(self, make_services: Callable[[], Services]) -> None:
        self._make_services = make_services
        self._services: Services | None = None
        self._runners: dict[int, Runner] = {}
        self._locks = WeakValueDictionary[int, asyncio.Lock]()  # while somebody comes in
        self._poller: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._is_closing = False

    @property
    def services(self) -> Services:
        """The process's parts, built when the first session needs them."""
        if self._services is None:
            self._services = self._make_services()
            self._unsubscribe = self._services.bus.subscribe(self._on_notice)
        return self._services

    @property
    def session_ids(self) -> list[int]:
        return list(self._runners)

    async def attach(
        self,
        session_id: int,
        outlet: Outlet,
        *,
        last_seq: int = 0,
        audio_from: int | None = None,
        audio_to: int | None = None,
    ) -> Attachment:
        """Connect a candidate's page; the snapshot and all that follows goes to `outlet`.

        A newer connection takes the session over, from this process or from another. Raises SessionOverError,
        OverloadedError, RestartingError and Session.DoesNotExist.
        """
        if self._is_closing:
            raise RestartingError
        async with self._locks.setdefault(session_id, asyncio.Lock()):
            runner = self._runners.get(session_id)
            if runner is None or runner.is_stopped:
                runner = await self._start(session_id)
            runner.open_socket(outlet, Hello(last_seq, audio_from, audio_to))
            return Attachment(runner, outlet)

    async def _start(self, session_id: int) -> Runner:
        """Admission comes first: whoever is refused costs one small query."""
        uuid, status = await database_sync_to_async(_identity)(session_id)
        key = str(uuid)
        self.services.door.enter(key, is_return=status == Session.Status.IN_PROGRESS)
        try:
            opened = await database_sync_to_async(force_open)(session_id, self.services)
        except BaseException:
            self.services.door.leave(key)
            raise
        runner = Runner(opened.session, opened.epoch, opened.state, opened.seq, self.services)
        self._runners[session_id] = runner
        runner.start(lambda ended: self._ended(ended, key))
        self._ensure_polling()
        return runner

    def _ended(self, runner: Runner, key: str) -> None:
        if self._runners.get(runner.session_id) is runner:
            del self._runners[runner.session_id]
            self.services.door.leave(key)

    def _on_notice(self, notice: Notice) -> None:
        if isinstance(notice, CommandNudge) and notice.session_id in self._runners:
            self._runners[notice.session_id].look_for_commands()
        elif isinstance(notice, PersonSpoke) and notice.session_id in self._runners:
            self._runners[notice.session_id].hear_person(notice.ref, notice.pcm)

    def _ensure_polling(self) -> None:
        if self._poller is None or self._poller.done():
            self._poller = asyncio.get_running_loop().create_task(self._poll())

    async def _poll(self) -> None:
        """One question a second for all sessions of this process."""
        while self._runners and not self._is_closing:
            await asyncio.sleep(POLL_S)
            try:
                waiting = await database_sync_to_async(queued_commands)(self.session_ids)
            except Exception:
                logger.exception("could not look for commands")
                continue
            for session_id in {command.session_id for command in waiting}:
                runner = self._runners.get(session_id)
                if runner is not None:
                    runner.look_for_commands()

    async def shutdown(self) -> None:
        """Hand every session over: pages are told to come back, leases are free for the next."""
        self._is_closing = True
        runners = list(self._runners.values())
        await asyncio.gather(*(runner.stop(RESTARTING, "restarting") for runner in runners))
        if self._poller is not None:
            self._poller.cancel()
            await asyncio.gather(self._poller, return_exceptions=True)
        if self._unsubscribe is not None:
            self._unsubscribe()


def _identity(session_id: int) -> tuple[UUID, str]:
    found: tuple[UUID, str] = Session.objects.values_list("uuid", "status").get(pk=session_id)
    return found
