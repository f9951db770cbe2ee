"""Where each watched session stands: its log is folded once in this process, and gone on from there.

Theory of operation. Whoever opens a monitor is told the whole log as it stands. That is the same for all who
watch, so the fold is kept for as long as anybody does (`hold`, `release`), and each new one (`of`) reads only
what has come since. Nothing in it depends on who asks. What was folded may be erased later: the lines that
still have words are counted each time, and where some have lost them the fold begins again without them.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from itertools import islice
from typing import Any

from msgspec import Struct

from consumers.lines import MAX_EVENTS, Line, count_kept, read_lines
from interviews.live.events import NoteAdded
from interviews.live.plan_view import PlanFold

MOST_KEPT = 500  # judged: as many as the live list shows; who watches more has some folded anew


class Standing(Struct, frozen=True):
    """One log, folded up to `seq`."""

    seq: int = 0
    kept_lines: int = 0  # those with words
    fold: PlanFold = PlanFold()
    notes: tuple[dict[str, Any], ...] = ()

    def after(self, lines: Iterable[Line]) -> "Standing":
        """This will give where the session stands after these lines, which come next."""
        read = list(lines)
        events = [line.event for line in read if line.event is not None]
        return Standing(
            seq=read[-1].seq if read else self.seq,
            kept_lines=self.kept_lines + sum(not line.is_erased for line in read),
            fold=self.fold.after(events),
            notes=(*self.notes, *(_note(one) for one in events if isinstance(one, NoteAdded))),
        )


class _Kept:
    def __init__(self) -> None:
        self.watchers = 0
        self.standing = Standing()
        self.folding = threading.Lock()  # of many who come at once, one reads the log


class Standings:
    """All sessions that are watched from one process. Safe from any thread; only `of` asks the database."""

    def __init__(self, *, most_kept: int = MOST_KEPT) -> None:
        self._most_kept = most_kept
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, _Kept] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def hold(self, session_id: int) -> None:
        """Somebody watches from now on. Call `release` as often."""
        with self._lock:
            self._kept.setdefault(session_id, _Kept()).watchers += 1

    def release(self, session_id: int) -> None:
        """One fewer watches; with the last of them the fold is forgotten."""
        with self._lock:
            kept = self._kept[session_id]
            kept.watchers -= 1
            if not kept.watchers:
                del self._kept[session_id]

    def of(self, session_id: int) -> Standing:
        """This will fold what is new. A session that nobody holds is folded from its beginning."""
        with self._lock:
            kept = self._kept.get(session_id)
            if kept is not None:
                self._kept.move_to_end(session_id)
        if kept is None:
            return _go_on(session_id, Standing())
        with kept.folding:
            kept.standing = standing = _go_on(session_id, kept.standing)
        self._forget_the_oldest()
        return standing

    def _forget_the_oldest(self) -> None:
        with self._lock:
            for kept in islice(self._kept.values(), max(0, len(self._kept) - self._most_kept)):
                kept.standing = Standing()


def _go_on(session_id: int, known: Standing) -> Standing:
    found = _read_on(session_id, known)
    if known.seq and count_kept(session_id, found.seq) != found.kept_lines:
        return _read_on(session_id, Standing())
    return found


def _read_on(session_id: int, known: Standing) -> Standing:
    while lines := read_lines(session_id, known.seq):
        known = known.after(lines)
        if len(lines) < MAX_EVENTS:
            break
    return known


def _note(note: NoteAdded) -> dict[str, Any]:
    return {"text": note.text, "by": note.by, "at_ms": note.at_ms, "at": note.at}


STANDINGS = Standings()
