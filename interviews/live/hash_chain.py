"""The hashes that make the log tamper-evident and still let words be erased. Pure.

Each event has a digest of its salted payload, and a hash over the previous hash and everything that stays.
When payload and salt are erased the digest remains, so the chain still verifies: `erased`, not `broken`.
The salt keeps short payloads from being guessed back from their digest.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Literal

from msgspec import Struct

GENESIS = "0" * 64
Verdict = Literal["intact", "erased", "broken"]


class ChainedEvent(Struct, frozen=True):
    seq: int
    type: str
    at: datetime
    payload: dict[str, Any] | None
    salt: str | None
    digest: str
    hash: str


def digest_of(payload: dict[str, Any], salt: str) -> str:
    """The hex SHA-256 over salt and payload; keys are sorted, because databases do not keep their order."""
    canonical = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{salt}\n{canonical}".encode()).hexdigest()


def chain_hash(previous: str, *, session: str, seq: int, type_name: str, at: datetime, digest: str) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(
        f"{previous}\n{session}\n{seq}\n{type_name}\n{moment}\n{digest}".encode()
    ).hexdigest()


def verify_event(event: ChainedEvent, previous: str, session: str, seq: int) -> Verdict:
    """Judge one event behind `previous`, the hash before it (GENESIS for the first)."""
    expected = chain_hash(
        previous, session=session, seq=event.seq, type_name=event.type, at=event.at, digest=event.digest
    )
    if event.seq != seq or event.hash != expected:
        return "broken"
    if event.payload is None or event.salt is None:
        return "erased"
    return "intact" if digest_of(event.payload, event.salt) == event.digest else "broken"


def verify_chain(session: str, events: Iterable[ChainedEvent], head: str) -> tuple[list[Verdict], bool]:
    """The verdict on every event, and whether the chain ends in `head` (a cut tail would not)."""
    previous, verdicts = GENESIS, []
    for seq, event in enumerate(events, start=1):
        verdicts.append(verify_event(event, previous, session, seq))
        previous = event.hash
    return verdicts, previous == (head or GENESIS)
