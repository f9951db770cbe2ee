"""What the live list shows of one session: a fold over the few events that matter for it. Pure."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from consumers.wire import Card, Struggle
from interviews.live.signals import Health, Latency, Level, Signal

STANDING_STILL = frozenset({"waiting", "practice", "paused", "ended"})  # the interview's clock in these
STRUGGLES = {"repeat": "repeats", "rephrase": "repeats", "help": "helps", "ask_again": "asked_again"}
LEVELS_DBFS = (-60.0, -45.0, -32.0, -18.0)  # judged: where a card's meter gets another bar


class CardState(Struct, frozen=True):
    """Where a session stands, from its log."""

    seq: int = 0
    state: str = "waiting"
    state_since: datetime | None = None
    question_number: int = 0
    total_questions: int = 0
    is_connected: bool = False
    away_since: datetime | None = None
    drops: int = 0
    observers: frozenset[str] = frozenset()
    time_left_ms: int | None = None
    ends_at: datetime | None = None
    struggle: Struggle = Struggle()
    newest_struggle: str = ""


class Signs(Struct, frozen=True):
    """What was seen of a session beside its log."""

    backlog_ms: int = 0
    level: int | None = None
    latency_ms: int | None = None


class SessionFacts(Struct, frozen=True):
    """What the session's row says."""

    id: int
    uuid: str
    title: str
    role: str
    candidate_name: str
    status: str
    num_questions: int
    duration_minutes: int
    started_at: str | None
    seq: int
    owner_id: int | None = None


_Payload = dict[str, Any]


def _enter(card: CardState, said: _Payload, at: datetime) -> CardState:
    entered = replace(card, state=said["state"], state_since=at)
    if said["state"] in STANDING_STILL and card.ends_at is not None:
        left = max(timedelta(), card.ends_at - at)
        return replace(entered, ends_at=None, time_left_ms=_ms(left))
    return entered


def _change_settings(card: CardState, said: _Payload, at: datetime) -> CardState:
    total = said.get("total_questions")
    return _set_clock(card if total is None else replace(card, total_questions=total), said, at)


def _set_clock(card: CardState, said: _Payload, at: datetime) -> CardState:
    left_ms = said.get("time_left_ms")
    if left_ms is None:
        return card
    runs = card.state not in STANDING_STILL
    return replace(card, time_left_ms=left_ms, ends_at=at + timedelta(milliseconds=left_ms) if runs else None)


def _ms(span: timedelta) -> int:
    return int(span.total_seconds() * 1_000)


def _count(card: CardState, name: str, by: int = 1) -> CardState:
    counted = max(0, getattr(card.struggle, name) + by)
    return replace(card, struggle=replace(card.struggle, **{name: counted}))


def _reply_planned(card: CardState, said: _Payload) -> CardState:
    move = said["move"]
    name = "skips" if move.get("reason") == "skipped" else STRUGGLES.get(move["kind"], "")
    return replace(_count(card, name) if name else card, newest_struggle=name)


def _reply_withdrawn(card: CardState) -> CardState:
    """The candidate went on: what it was an answer to was not the end of it."""
    name = card.newest_struggle
    return replace(_count(card, name, -1) if name else card, newest_struggle="")


_FOLD: dict[str, Callable[[CardState, _Payload, datetime], CardState]] = {
    "state.changed": _enter,
    "settings.changed": _change_settings,
    "question.started": lambda card, said, _: replace(
        card, question_number=said["number"], total_questions=said["total"]
    ),
    "candidate.connected": lambda card, _, __: replace(card, is_connected=True, away_since=None),
    "candidate.left": lambda card, _, at: replace(
        card, is_connected=False, drops=card.drops + 1, away_since=at
    ),
    "participant.joined": lambda card, said, _: replace(card, observers=card.observers | {_who(said)}),
    "participant.left": lambda card, said, _: replace(card, observers=card.observers - {_who(said)}),
    "utterance.missed": lambda card, _, __: _count(card, "unheard"),
    "silence.noticed": lambda card, _, __: _count(card, "silences"),
    "reply.planned": lambda card, said, _: _reply_planned(card, said),
    "reply.withdrawn": lambda card, _, __: _reply_withdrawn(card),
}
CARD_EVENTS = frozenset(_FOLD)


def _who(said: _Payload) -> str:
    return str(said.get("ref") or said.get("name", ""))


def fold_card(card: CardState, seq: int, type_name: str, payload: _Payload | None, at: datetime) -> CardState:
    """This will give the card after one event; an erased one leaves it as it was."""
    changed = card if payload is None else _FOLD[type_name](card, payload, at)
    return read_up_to(changed, seq)


def read_up_to(card: CardState, seq: int) -> CardState:
    """This will note that nothing before `seq` needs reading again."""
    return replace(card, seq=max(card.seq, seq))


def note_sign(signs: Signs, signal: Signal) -> Signs:
    """This will take what a card shows out of a signal of the lossy lane."""
    if isinstance(signal, Health):
        return replace(signs, backlog_ms=signal.backlog_ms)
    if isinstance(signal, Level):
        return replace(signs, level=sum(signal.dbfs > bound for bound in LEVELS_DBFS))
    if isinstance(signal, Latency):
        return replace(signs, latency_ms=signal.total)
    return signs


def make_card(facts: SessionFacts, card: CardState, signs: Signs) -> Card:
    """This will join row, log and signs to what is sent."""
    left_ms = facts.duration_minutes * 60_000 if card.time_left_ms is None else card.time_left_ms
    made = Card(
        id=facts.id,
        uuid=facts.uuid,
        title=facts.title,
        role=facts.role,
        candidate_name=facts.candidate_name,
        status=facts.status,
        state=card.state,
        state_since_at=_iso(card.state_since),
        question_number=card.question_number,
        total_questions=card.total_questions or facts.num_questions,
        is_connected=card.is_connected,
        away_since_at=_iso(card.away_since),
        drops=card.drops,
        backlog_ms=signs.backlog_ms,
        level=signs.level,
        latency_ms=signs.latency_ms,
        observers=len(card.observers),
        started_at=facts.started_at,
        owner_id=facts.owner_id,
        time_left_ms=left_ms,
        ends_at=_iso(card.ends_at),
        struggle=card.struggle,
    )
    return replace(made, trouble=trouble_of(made))


def trouble_of(card: Card) -> int:
    """This will give how soon somebody should look at a session: 0 for one in which all is well.

    It weighs what goes wrong on our side and on the line. How somebody answers is no trouble.
    """
    is_under_way = card.state not in {"waiting", "practice", "ended"}
    is_cut_off = is_under_way and not card.is_connected
    misheard = card.struggle.asked_again + card.struggle.unheard
    return (
        100 * is_cut_off
        + 40 * (card.state == "paused" and card.is_connected)
        + _step(card.backlog_ms, (3_000, 30), (10_000, 60))
        + _step(card.latency_ms or 0, (2_000, 15), (4_000, 30))
        + min(20, 5 * card.drops)
        + min(30, 10 * misheard)
        + min(15, 5 * card.struggle.silences)
    )


def worst_first(card: Card) -> tuple[int, int]:
    """This will order cards: the worst first, of equal ones the newest."""
    return -card.trouble, -card.id


def _step(value: int, *steps: tuple[int, int]) -> int:
    return max((weight for bound, weight in steps if value >= bound), default=0)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
