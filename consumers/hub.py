"""Serves everybody who watches, from one task a process: reads each log once, serialises each event once.

Theory of operation. Observers stand at a position in a log. Whoever is at the log's head as the hub knows it
follows: new events are read once and sent to all of them as the same text. Whoever is behind (a reconnect, a
`hello`) is brought up from the database until they are there. The bus only says where to look sooner; without
it the hub asks once a second for the heads of all watched logs, in one query. Without observers it rests.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, Protocol, TypeVar

from channels.db import database_sync_to_async
from django.utils import timezone

from consumers import codec
from consumers.lines import MAX_EVENTS, Line
from consumers.live_list import ListWatch, LiveList
from consumers.one_per_loop import OnePerLoop
from consumers.pending import Pending
from consumers.reading import Answered, read_answers, read_heads, read_logs
from interviews.live.bus import Bus, Lossy, Notice, Nudge, Overheard, get_bus
from interviews.live.events import PRIVATE_TO_LOG, ParticipantJoined, ParticipantLeft
from interviews.live.kept_connection import keeping_connection
from interviews.live.signals import OBSERVER_SIGNALS

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
LOOK_FOR_ANSWERS_S = 0.2
LOOK_FOR_ROOM_S = 0.05  # while somebody catches up who reads more slowly than we do
AFTER_FAILURE_S = 1.0

T = TypeVar("T")
# Number, text (None for a private event), and whose hearing it switches.
Said = tuple[int, str | None, dict[str, bool] | None]


_READER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="viva-hub")


class Ear(Protocol):
    """Where one observer is told what may get lost. Returns at once."""

    def __call__(self, data: str | bytes) -> object: ...


def _send_texts(send: Callable[[str], None]) -> Ear:
    def tell(data: str | bytes) -> None:
        if isinstance(data, str):
            send(data)

    return tell


class Watch:
    """One observer's place in one log.

    Whether they hear the audio is what the log says of their presence, so that nobody hears anything whom
    the candidate's page doesn't show.
    """

    def __init__(
        self,
        hub: "Hub",
        session_id: int,
        position: int,
        send: Callable[[str], None],
        *,
        hint: Ear | None = None,
        has_room: Callable[[], bool] = lambda: True,
        ref: str = "",
    ) -> None:
        self._hub = hub
        self.session_id = session_id
        self.position = position
        self.send = send
        self.hint: Ear = hint or _send_texts(send)
        self.has_room = has_room
        self.ref = ref
        self.is_listening = False

    def rewind(self, seq: int) -> None:
        """This will send what comes after `seq` again."""
        self.position = min(self.position, seq)
        self._hub.look_now(self.session_id)

    def close(self) -> None:
        self._hub.forget(self)

    def receive(self, lines: list[Said]) -> None:
        for said in lines:
            self._take(said)

    def catch_up(self, lines: list[Said]) -> None:
        """This will take as many of `lines` as the observer has room for; the rest comes another time."""
        for said in lines:
            if not self.has_room():
                return
            self._take(said)

    def _take(self, said: Said) -> None:
        seq, text, hearing = said
        if seq <= self.position:
            return
        self.position = seq
        if hearing is not None:
            self.is_listening = hearing.get(self.ref, self.is_listening)
        if text is not None:
            self.send(text)


class _Tail:
    """One log as far as this process has read it, and who watches it."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        self.watches: set[Watch] = set()

    @property
    def followers(self) -> list[Watch]:
        return [watch for watch in self.watches if watch.position >= self.seq]

    @property
    def behind(self) -> list[Watch]:
        """Who has to catch up, and can."""
        return [watch for watch in self.watches if watch.position < self.seq and watch.has_room()]

    @property
    def is_awaited(self) -> bool:
        """Whether anybody is behind and has no room yet."""
        return any(watch.position < self.seq and not watch.has_room() for watch in self.watches)


class Hub:
    """All observers of one process. Every method belongs to its event loop."""

    def __init__(self, bus: Bus, clock: Callable[[], datetime] = timezone.now) -> None:
        self._bus = bus
        self._tails: dict[int, _Tail] = {}
        self._due: set[int] = set()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._listing: asyncio.Task[None] | None = None
        self._looked_at = 0.0
        self._is_all_due = False
        self.pending = Pending()
        self.list = LiveList(clock)

    # --- for the sockets

    def watch(
        self,
        session_id: int,
        position: int,
        send: Callable[[str], None],
        *,
        hint: Ear | None = None,
        has_room: Callable[[], bool] = lambda: True,
        ref: str = "",
    ) -> Watch:
        """This will send every event after `position`, and the lossy lane, until the watch is closed.

        The lossy lane goes to `hint` where there is one; who is behind gets more while they have room;
        `ref` is the presence of whoever watches.
        """
        tail = self._tails.setdefault(session_id, _Tail(position))
        watch = Watch(self, session_id, position, send, hint=hint, has_room=has_room, ref=ref)
        tail.watches.add(watch)
        self.look_now(session_id)
        return watch

    def watch_list(self, user_id: int, send: Callable[[str], None]) -> ListWatch:
        """This will send the live list as this person may see it, then its changes, until closed."""
        watch = self.list.watch(user_id, send)
        self._is_all_due = True
        self.look_now()
        return watch

    def await_answer(
        self, row_id: int, session_id: int, command_id: str, send: Callable[[str], None]
    ) -> None:
        """This will send the answer to a command as soon as there is one, after all that it caused."""
        self.pending.add(row_id, session_id, command_id, send, _now_s())
        self.look_now()

    def forget(self, watch: Watch) -> None:
        tail = self._tails.get(watch.session_id)
        if tail is not None:
            tail.watches.discard(watch)
            if not tail.watches:
                del self._tails[watch.session_id]

    def look_now(self, session_id: int | None = None) -> None:
        """This will have the hub look without waiting for its second."""
        if session_id is not None:
            self._due.add(session_id)
        self._wake.set()
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    # --- the one task

    @property
    def _is_needed(self) -> bool:
        return bool(self._tails) or bool(self.pending) or self.list.is_watched

    async def _run(self) -> None:
        unsubscribe = self._bus.subscribe(self._hear)
        try:
            while self._is_needed:
                try:
                    await self._round()
                    await self._rest()
                except Exception:
                    logger.exception("A round of the hub failed; it goes on.")
                    await asyncio.sleep(AFTER_FAILURE_S)
        finally:
            unsubscribe()

    async def _rest(self) -> None:
        self._wake.clear()
        if self._is_all_due or self._due or any(tail.behind for tail in self._tails.values()):
            return
        wait_s = LOOK_FOR_ANSWERS_S if self.pending.is_urgent(_now_s()) else LOOK_EVERY_S
        if any(tail.is_awaited for tail in self._tails.values()):
            wait_s = LOOK_FOR_ROOM_S
        try:
            async with asyncio.timeout(wait_s):
                await self._wake.wait()
        except TimeoutError:
            return

    def _hear(self, notice: Notice) -> None:
        if isinstance(notice, Lossy):
            self._pass_on(notice)
        elif isinstance(notice, Overheard):
            self._let_hear(notice)
        elif isinstance(notice, Nudge):
            tail = self._tails.get(notice.session_id)
            if tail is not None and notice.seq > tail.seq:
                self._due.add(notice.session_id)
                self._wake.set()

    def _pass_on(self, notice: Lossy) -> None:
        self.list.note_sign(notice.session_id, notice.signal)
        tail = self._tails.get(notice.session_id)
        if tail is None or type(notice.signal) not in OBSERVER_SIGNALS:
            return
        text = codec.encode(notice.signal)
        for watch in tail.followers:
            watch.hint(text)

    def _let_hear(self, notice: Overheard) -> None:
        tail = self._tails.get(notice.session_id)
        for watch in tail.followers if tail is not None else ():
            if watch.is_listening and watch.ref != notice.but_for:
                watch.hint(notice.frame)

    async def _round(self) -> None:
        now_s = _now_s()
        is_full = self._is_all_due or now_s - self._looked_at >= LOOK_EVERY_S
        if is_full:
            self._looked_at, self._is_all_due = now_s, False
            await self._find_due()
        answers = await self._find_answers()
        await self._read_due()
        await self._catch_up()
        self.pending.settle(answers, now_s)
        if is_full and self.list.is_watched and (self._listing is None or self._listing.done()):
            self._listing = asyncio.get_running_loop().create_task(self._refresh_list())

    async def _refresh_list(self) -> None:
        """Beside the rounds: no event waits for hundreds of cards."""
        try:
            await self.list.refresh()
        except Exception:
            logger.exception("The live list could not be brought up to date; it is tried again.")

    async def _find_due(self) -> None:
        if not self._tails:
            return
        heads = await _ask(read_heads, list(self._tails))
        for session_id, seq in heads.items():
            tail = self._tails.get(session_id)
            if tail is not None and seq > tail.seq:
                self._due.add(session_id)

    async def _read_due(self) -> None:
        due, self._due = self._due, set()
        positions = {key: self._tails[key].seq for key in due if key in self._tails}
        if not positions:
            return
        for session_id, logged in (await _ask(read_logs, positions)).items():
            tail = self._tails.get(session_id)
            if tail is None or not logged:
                continue
            followers, lines = tail.followers, _texts(logged)
            tail.seq = max(tail.seq, logged[-1].seq)
            for watch in followers:
                watch.receive(lines)
            if len(logged) == MAX_EVENTS:
                self._due.add(session_id)

    async def _catch_up(self) -> None:
        """Those who are behind are served together, from the lowest of their positions."""
        lowest = {
            key: min(watch.position for watch in behind)
            for key, tail in self._tails.items()
            if (behind := tail.behind)
        }
        if not lowest:
            return
        for session_id, logged in (await _ask(read_logs, lowest)).items():
            tail = self._tails.get(session_id)
            if tail is None:
                continue
            lines = _texts(logged) or [(tail.seq, None, None)]  # nothing is left of it
            for watch in tail.behind:
                if watch.position >= lowest[session_id]:
                    watch.catch_up(lines)

    async def _find_answers(self) -> list[Answered]:
        """What a command has caused is told before its answer, so its log is read now."""
        if not self.pending:
            return []
        answers = await _ask(read_answers, self.pending.row_ids)
        self._due |= self.pending.sessions_of(answers) & self._tails.keys()
        return answers


def _texts(logged: list[Line]) -> list[Said]:
    return [(line.seq, _text(line), _hearing(line)) for line in logged]


def _hearing(line: Line) -> dict[str, bool] | None:
    if isinstance(line.event, ParticipantJoined | ParticipantLeft):
        return {line.event.ref: line.event.listening and isinstance(line.event, ParticipantJoined)}
    return None


def _text(line: Line) -> str | None:
    if line.event is None or type(line.event) in PRIVATE_TO_LOG:
        return None
    return codec.encode_event(line.event, line.seq)


async def _ask(question: Callable[..., T], *arguments: Any) -> T:
    """Where neither live sessions nor those who come wait for it, nor it for them."""
    run = database_sync_to_async(keeping_connection(question), thread_sensitive=False, executor=_READER)
    answer: T = await run(*arguments)
    return answer


def _now_s() -> float:
    return asyncio.get_running_loop().time()


get_hub = OnePerLoop(lambda: Hub(get_bus()))
