"""This process's parts, built once from Django's settings: engines, places, interviewer, registry."""

import asyncio
import importlib
import logging
import os
import secrets
import socket
from collections.abc import Callable, Coroutine
from functools import lru_cache
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.utils import timezone

from accounts.security import erase_old
from interviews.background.crew import build_crew
from interviews.background.kinds import handlers as registered
from interviews.background.kinds import kinds_apart
from interviews.background.worker import Worker
from interviews.interviewer.backends.scripted import ScriptedInterviewer
from interviews.judging_tasks import judging_handlers
from interviews.live.bus import get_bus
from interviews.live.hearing import Ear
from interviews.live.presence import clear_up
from interviews.live.registry import Registry
from interviews.live.services import OverloadedError, Services
from interviews.live.sweeping import sweep
from interviews.mind.choosing import build_mind
from interviews.mind.ports import Mind
from interviews.models import Session
from interviews.retention import erase_expired
from interviews.spending import spend_for
from speech.admission import Admission, Refused, Ticket
from speech.assembly import build_recognizer, build_voice
from speech.listening import Heard, Listener
from speech.listening_settings import ListeningSettings, settings_from
from speech.transcript import EngineError
from speech.turn_model import TurnModel
from speech.vad import VoiceActivityModel

logger = logging.getLogger(__name__)
SWEEP_EVERY_S = 60.0
CLEAR_UP_EVERY_S = 15.0
# Nobody is cut off when a person's reply ends: it only tells where one line ends and the next begins.
OF_PERSONS = ListeningSettings(patience_medium_ms=900, patience_long_ms=1_300)


class Places:
    """The door of the live sessions: places on this machine, by session."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission
        self._tickets: dict[str, Ticket] = {}

    def enter(self, session_key: str, *, is_return: bool) -> None:
        given = self._admission.try_enter(session_key, is_reconnect=is_return)
        if isinstance(given, Refused):
            raise OverloadedError(given.retry_after_s)
        self._tickets[session_key] = given

    def leave(self, session_key: str) -> None:
        ticket = self._tickets.pop(session_key, None)
        if ticket is not None:
            ticket.release()


class Process:
    """Owns what is heavy; nothing is loaded before `begin()` or the first session needs it."""

    def __init__(self) -> None:
        self.owner = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.mind: Mind = build_mind(settings.MIND)
        self.registry = Registry(self._make_services)
        self.crew = build_crew(settings.REDIS_URL)
        handlers = registered() | judging_handlers(self.mind)
        self.worker = Worker(
            handlers, owner=self.owner, clock=timezone.now, apart=kinds_apart(), crew=self.crew
        )
        self.recognizer = build_recognizer(settings.SPEECH)
        self.voice = build_voice(settings.SPEECH)
        self.turn_model, self._voice_activity = _listening_models()
        self._admission: Admission | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self) -> None:
        """Load the engines and start the chores; on the event loop that will serve."""
        self._keep(self._load())
        self._keep(self._sweep_now_and_then())
        self._keep(self._clear_up_now_and_then())
        self.worker.begin()

    async def aclose(self) -> None:
        """Stop the chores and the engines; the registry was shut down before."""
        await self.worker.aclose()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.recognizer.close()
        await self.mind.aclose()
        if self.voice is not None:
            await self.voice.aclose()
        if self._admission is not None:
            self._admission.close()

    def health(self) -> dict[str, Any]:
        """What hears here, and how it is doing."""
        return self.recognizer.health() | {"turn_model": self.turn_model.describe()}

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _load(self) -> None:
        try:
            await self.recognizer.start()
        except EngineError as error:
            logger.error("nothing can be heard, candidates can only type: %s", error)  # noqa: TRY400

    async def _sweep_now_and_then(self) -> None:
        while True:
            try:
                ended = await sweep(self.registry.services)
                erased = await database_sync_to_async(erase_expired)(timezone.now())
                await database_sync_to_async(erase_old)(timezone.now())
                if ended or erased:
                    logger.info("ended %s interviews that nobody came back to, erased %s", ended, erased)
            except Exception:
                logger.exception("could not look for what is over")
            await asyncio.sleep(SWEEP_EVERY_S)

    async def _clear_up_now_and_then(self) -> None:
        """A round that comes late says that we were away ourselves: then nobody is taken for gone."""
        loop = asyncio.get_running_loop()
        while True:
            looked_at = loop.time()
            await asyncio.sleep(CLEAR_UP_EVERY_S)
            if loop.time() - looked_at > 2 * CLEAR_UP_EVERY_S:
                continue
            try:
                if gone := await clear_up(self.registry.services):
                    logger.info("%s observers went with the process that they watched from", gone)
            except Exception:
                logger.exception("could not look who is gone")

    def _make_services(self) -> Services:
        self._admission = Admission(settings.SPEECH.run_path, lambda: self.recognizer.capacity)
        return Services(
            owner=self.owner,
            clock=timezone.now,
            bus=get_bus(),
            door=Places(self._admission),
            mind=self.mind,
            fallback=ScriptedInterviewer(),
            spend_for=spend_for,
            has_prepared_replies=settings.MIND.has_prepared_replies,
            make_ear=self._make_ear,
            make_person_ear=self._make_person_ear,
            facts=self._facts,
            work_waits=self.worker.work_waits,
            voice=self.voice,
        )

    def _make_ear(self, session: Session, offset: int, emit: Callable[[Heard], None]) -> Ear:
        factor = float(session.accommodations.get("patience_factor", 1) or 1)
        constants = {"patience_factor": min(max(factor, 1.0), 4.0)} | session.settings
        return Listener(
            recognition=self.recognizer,
            voice_activity=self._voice_activity,
            turn_model=self.turn_model,
            emit=emit,
            settings=settings_from(constants),
            start_offset=offset,
            session=str(session.uuid),
            language=session.language,
        )

    def _make_person_ear(self, session: Session, emit: Callable[[Heard], None]) -> Ear:
        return Listener(
            recognition=self.recognizer,
            voice_activity=self._voice_activity,
            turn_model=self.turn_model,
            emit=emit,
            settings=OF_PERSONS,
            session=f"{session.uuid}/person",  # a line of its own, so that neither side waits for the other's
            language=session.language,
        )

    def _facts(self) -> dict[str, Any]:
        return {
            "voice": settings.VOICE,
            "interviewer": self.mind.facts.name,
            "speech_engine": self.recognizer.health().get("label", ""),
        }


def _listening_models() -> tuple[TurnModel, VoiceActivityModel]:
    """Imported where they are used: their libraries take a second, which every command would wait for."""
    turns = importlib.import_module("speech.backends.smart_turn").smart_turn_model()
    return turns, importlib.import_module("speech.backends.silero").silero_model()


@lru_cache(maxsize=1)
def get_process() -> Process:
    return Process()


def get_registry() -> Registry:
    """The registry of this process; nothing heavy happens before the first session needs it."""
    return get_process().registry
