"""Adds up what each session costs at a language model, without anybody waiting for it."""

import atexit
import logging
import threading

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.db.models import F
from msgspec import Struct
from msgspec.structs import replace

from interviews.language_model import Spend, Spent
from interviews.models import ModelUse, Session

logger = logging.getLogger(__name__)
AGAIN_AFTER_S = 2.0  # while the database is away; sums wait in memory, one for each session and purpose
MOST_FAILURES = 30  # in a row; a minute without a database loses sums, not interviews
LAST_CHANCE_S = 3.0  # for what is left when the process ends
TOKENS_OF_A_PRICE = 1_000_000
_Key = tuple[int, str, str]  # session, purpose, model


class Cost(Struct, frozen=True):
    """Of some requests together. `money` is in the operator's currency; None where a price is unknown."""

    requests: int = 0
    failures: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0  # counted at the full price, so `money` is the most it can have cost
    output_tokens: int = 0
    is_estimate: bool = False
    money: float | None = None

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            requests=self.requests + other.requests,
            failures=self.failures + other.failures,
            input_tokens=self.input_tokens + other.input_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            is_estimate=self.is_estimate or other.is_estimate,
        )


class SessionCost(Struct, frozen=True):
    """What a session cost so far, in all and by purpose; `models` are those that were asked."""

    total: Cost
    by_purpose: dict[str, Cost]
    models: tuple[str, ...]


def spend_for(session_pk: int | None) -> Spend:
    """Where the cost of what is asked for this session goes. It never waits and never fails.

    Without a session (a plan that is still being written) the cost stands in the log only.
    """

    def spend(spent: Spent) -> None:
        if session_pk is None:
            logger.info("asked %s for a %s: %s tokens", spent.model, spent.purpose, _tokens(spent))
        else:
            _book.add((session_pk, spent.purpose, spent.model), _cost(spent))

    return spend


def cost_of(session: Session) -> SessionCost:
    """Read what was written so far; requests that are still under way are not in it."""
    by_purpose: dict[str, Cost] = {}
    rows = list(ModelUse.objects.filter(session=session))
    for row in rows:
        cost = Cost(*(getattr(row, name) for name in Cost.__struct_fields__ if name != "money"))
        by_purpose[row.purpose] = by_purpose.get(row.purpose, Cost()) + cost
    total = sum(by_purpose.values(), Cost())
    priced = {purpose: _priced(cost) for purpose, cost in by_purpose.items()}
    return SessionCost(_priced(total), priced, tuple(dict.fromkeys(row.model for row in rows)))


def settle(timeout_s: float = LAST_CHANCE_S) -> bool:
    """Wait until everything is written that was spent before; False when that took too long."""
    return _book.settle(timeout_s)


class _Book:
    """Sums that wait to be written, and the thread that writes them while there are any."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: dict[_Key, Cost] = {}
        self._is_writing = False

    def add(self, key: _Key, cost: Cost) -> None:
        with self._changed:
            self._waiting[key] = self._waiting.get(key, Cost()) + cost
            if not self._is_writing:
                self._is_writing = True
                threading.Thread(target=self._write, name="spending", daemon=True).start()

    def settle(self, timeout_s: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: not self._is_writing, timeout_s)

    def _write(self) -> None:
        failures = 0
        while (taken := self._take()) is not None:
            key, cost = taken
            try:
                _write(key, cost)
                failures = 0
            except IntegrityError:
                logger.info("a session is gone, and with it what it cost")
            except DatabaseError as error:
                failures += 1
                logger.warning("what was spent can't be written now: %s", error)
                if failures < MOST_FAILURES:
                    self.add(key, cost)
                    threading.Event().wait(AGAIN_AFTER_S)
            except Exception:  # a thread that dies would let everything wait for ever
                logger.exception("what was spent could not be written")
            finally:
                connections.close_all()

    def _take(self) -> tuple[_Key, Cost] | None:
        with self._changed:
            if self._waiting:
                return self._waiting.popitem()
            self._is_writing = False
            self._changed.notify_all()
            return None


_book = _Book()
atexit.register(settle)


def _write(key: _Key, cost: Cost) -> None:
    session_pk, purpose, model = key
    with transaction.atomic():
        row, _ = ModelUse.objects.get_or_create(session_id=session_pk, purpose=purpose, model=model[:120])
        ModelUse.objects.filter(pk=row.pk).update(
            requests=F("requests") + cost.requests,
            failures=F("failures") + cost.failures,
            input_tokens=F("input_tokens") + cost.input_tokens,
            cached_tokens=F("cached_tokens") + cost.cached_tokens,
            output_tokens=F("output_tokens") + cost.output_tokens,
            is_estimate=cost.is_estimate or row.is_estimate,
        )


def _cost(spent: Spent) -> Cost:
    return Cost(
        requests=1,
        failures=int(spent.has_failed),
        input_tokens=spent.input_tokens,
        cached_tokens=spent.cached_tokens,
        output_tokens=spent.output_tokens,
        is_estimate=spent.is_estimate,
    )


def _tokens(spent: Spent) -> int:
    return spent.input_tokens + spent.output_tokens


def _priced(cost: Cost) -> Cost:
    of_input, of_output = settings.MIND.price_input, settings.MIND.price_output
    if of_input is None or of_output is None:
        return cost
    money = (cost.input_tokens * of_input + cost.output_tokens * of_output) / TOKENS_OF_A_PRICE
    return replace(cost, money=round(money, 6))
