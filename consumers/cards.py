"""What the live list shows of one session, as a fold over the few events that matter for it. Pure."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from consumers.wire import Card


class CardState(Struct, frozen=True):
    """Where a session stands, from its log."""

    seq: int = 0
    state: str = "waiting"
    question_number: int = 0
    total_questions: int = 0
    is_connected: bool = False
    drops: int = 0
    observers: frozenset[str] = frozenset()


class SessionFacts(Struct, frozen=True):
    """What the session's row says."""

    id: int
    uuid: str
    title: str
    role: str
    candidate_name: str
    status: str
    num_questions: int
    started_at: str | None
    seq: int


_Payload = dict[str, Any]
_FOLD: dict[str, Callable[[CardState, _Payload], CardState]] = {
    "state.changed": lambda card, said: replace(card, state=said["state"]),
    "question.started": lambda card, said: replace(
        card, question_number=said["number"], total_questions=said["total"]
    ),
    "candidate.connected": lambda card, _: replace(card, is_connected=True),
    "candidate.left": lambda card, _: replace(card, is_connected=False, drops=card.drops + 1),
    "participant.joined": lambda card, said: replace(card, observers=card.observers | {_who(said)}),
    "participant.left": lambda card, said: replace(card, observers=card.observers - {_who(said)}),
}
CARD_EVENTS = frozenset(_FOLD)


def _who(said: _Payload) -> str:
    return str(said.get("ref") or said.get("name", ""))


def fold_card(card: CardState, seq: int, type_name: str, payload: _Payload | None) -> CardState:
    """This will give the card after one event; an erased one leaves it as it was."""
    changed = card if payload is None else _FOLD[type_name](card, payload)
    return read_up_to(changed, seq)


def read_up_to(card: CardState, seq: int) -> CardState:
    """This will note that nothing before `seq` needs reading again."""
    return replace(card, seq=max(card.seq, seq))


def make_card(facts: SessionFacts, card: CardState, backlog_ms: int) -> Card:
    """This will join row, log and health to what is sent."""
    return Card(
        id=facts.id,
        uuid=facts.uuid,
        title=facts.title,
        role=facts.role,
        candidate_name=facts.candidate_name,
        status=facts.status,
        state=card.state,
        question_number=card.question_number,
        total_questions=card.total_questions or facts.num_questions,
        is_connected=card.is_connected,
        drops=card.drops,
        backlog_ms=backlog_ms,
        observers=len(card.observers),
        started_at=facts.started_at,
    )
