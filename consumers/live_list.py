"""The live list: one card for each running session, kept up to date for everyone who looks at it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from channels.db import database_sync_to_async

from consumers import codec
from consumers.cards import (
    CardState,
    SessionFacts,
    Signs,
    fold_card,
    make_card,
    note_sign,
    read_up_to,
    worst_first,
)
from consumers.reading import read_card_events, read_running, read_watchable
from consumers.wire import Card, CardChanged, CardGone, ListSnapshot
from interviews.live.kept_connection import keeping_connection
from interviews.live.signals import Signal

_READER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="viva-list")
ASK_AGAIN_ROUNDS = 10  # rounds after which it is asked anew who may see what


class ListWatch:
    """One person's open list: what was sent last of each session."""

    def __init__(self, live_list: "LiveList", user_id: int, send: Callable[[str], None]) -> None:
        self._list = live_list
        self.user_id = user_id
        self.send = send
        self.sent: dict[int, Card] | None = None

    def close(self) -> None:
        self._list.forget(self)


class LiveList:
    """All cards of one process; refreshed by the hub once a second while anyone looks."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._watches: set[ListWatch] = set()
        self._states: dict[int, CardState] = {}
        self._signs: dict[int, Signs] = {}
        self._watchable: dict[int, frozenset[int]] = {}
        self._asked_for: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
        self._rounds = 0

    @property
    def is_watched(self) -> bool:
        return bool(self._watches)

    def watch(self, user_id: int, send: Callable[[str], None]) -> ListWatch:
        """This will send the whole list at the next refresh, and each change after it."""
        watch = ListWatch(self, user_id, send)
        self._watches.add(watch)
        return watch

    def forget(self, watch: ListWatch) -> None:
        self._watches.discard(watch)

    def note_sign(self, session_id: int, signal: Signal) -> None:
        if session_id in self._states:
            self._signs[session_id] = note_sign(self._signs.get(session_id, Signs()), signal)

    async def refresh(self) -> None:
        """This will read what has changed and tell everyone what they may know of it."""
        asked = keeping_connection(self._read)
        read = database_sync_to_async(asked, thread_sensitive=False, executor=_READER)
        cards = await read(frozenset(watch.user_id for watch in self._watches))
        texts: dict[int, str] = {}
        for watch in tuple(self._watches):
            allowed = self._watchable.get(watch.user_id, frozenset())
            self._update(watch, {key: card for key, card in cards.items() if key in allowed}, texts)

    def _read(self, user_ids: frozenset[int]) -> dict[int, Card]:
        running = {facts.id: facts for facts in read_running(self._clock())}
        self._fold(running)
        self._find_watchable(user_ids, frozenset(running))
        return {
            key: make_card(facts, self._states[key], self._signs.get(key, Signs()))
            for key, facts in running.items()
        }

    def _fold(self, running: dict[int, SessionFacts]) -> None:
        self._states = {key: self._states.get(key, CardState()) for key in running}
        self._signs = {key: value for key, value in self._signs.items() if key in running}
        changed = {key: self._states[key].seq for key in running if running[key].seq > self._states[key].seq}
        for key, seq, type_name, payload, at in read_card_events(changed):
            self._states[key] = fold_card(self._states[key], seq, type_name, payload, at)
        for key in changed:
            self._states[key] = read_up_to(self._states[key], running[key].seq)

    def _find_watchable(self, user_ids: frozenset[int], session_ids: frozenset[int]) -> None:
        self._rounds += 1
        asked_for = (user_ids, session_ids)
        if asked_for != self._asked_for or self._rounds % ASK_AGAIN_ROUNDS == 0:
            self._watchable = read_watchable(user_ids, session_ids)
            self._asked_for = asked_for

    def _update(self, watch: ListWatch, cards: dict[int, Card], texts: dict[int, str]) -> None:
        if watch.sent is None:
            watch.send(codec.encode(ListSnapshot(sessions=sorted(cards.values(), key=worst_first))))
        else:
            for key, card in cards.items():
                if watch.sent.get(key) != card:
                    watch.send(_text(card, texts))
            for key in watch.sent.keys() - cards.keys():
                watch.send(codec.encode(CardGone(id=key)))
        watch.sent = cards


def _text(card: Card, texts: dict[int, Any]) -> str:
    if card.id not in texts:
        texts[card.id] = codec.encode(CardChanged(session=card))
    return str(texts[card.id])
