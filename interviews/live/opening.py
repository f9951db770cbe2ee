"""Gets a session ready to run: takes its lease, folds its log, opens the log of a new one."""

from datetime import datetime, timedelta
from functools import reduce

from django.conf import settings
from msgspec import Struct, convert
from msgspec.structs import replace

from interviews.live import lease, log
from interviews.live.constants import SessionConstants
from interviews.live.events import SessionOpened
from interviews.live.inputs import CandidateWentAway, TimerFired
from interviews.live.services import Services
from interviews.live.session import SessionState, decide, evolve
from interviews.models import Session
from interviews.plan import Plan


class SessionOverError(Exception):
    """Nothing more happens in this session."""


class Opened(Struct, frozen=True):
    session: Session
    epoch: int
    state: SessionState
    seq: int


def open_session(session_id: int, services: Services, *, is_forced: bool) -> Opened | None:
    """Take the lease and rebuild the state; None while another process holds it and not `is_forced`.

    Raises SessionOverError, and Session.DoesNotExist. Sync: it asks the database a handful of times.
    """
    session = Session.objects.select_related("organisation").get(pk=session_id)
    if session.is_over:
        raise SessionOverError
    now, lapsed_at = services.clock(), session.lease_until
    epoch = lease.take(session_id, services.owner, now, is_forced=is_forced)
    if epoch is None:
        return None
    session.refresh_from_db()
    logged = log.read_events(session_id)
    if not logged:
        first = replace(opening_event(session), at=now)
        logged = log.append(session_id, epoch, [first])
        session.refresh_from_db()
    state = reduce(evolve, (one.event for one in logged), SessionState())
    alone_since = lapsed_at or logged[-1].event.at  # handed over: nobody looked after it since its last event
    if state.was_connected and alone_since < now:
        state = _after_lapse(session_id, epoch, state, lapsed_at=alone_since, now=now)
        session.refresh_from_db()
    return Opened(session, epoch, state, session.seq)


def force_open(session_id: int, services: Services) -> Opened:
    """Take the session from whoever has it. Raises as `open_session` does."""
    opened = open_session(session_id, services, is_forced=True)
    if opened is None:  # it was deleted between two questions
        raise SessionOverError
    return opened


def _after_lapse(
    session_id: int, epoch: int, state: SessionState, *, lapsed_at: datetime, now: datetime
) -> SessionState:
    """No process ran it: what its timers would have done by now (the pause after a minute) is done first."""
    away = timedelta(milliseconds=state.constants.away_pause_ms)
    for happened in (CandidateWentAway(at=lapsed_at), TimerFired(at=lapsed_at + away, name="away")):
        if not state.is_connected and isinstance(happened, CandidateWentAway):
            continue
        if happened.at > now:
            break
        decision = decide(state, happened)
        log.append(session_id, epoch, decision.events)
        state = reduce(evolve, decision.events, state)
    return state


def opening_event(session: Session) -> SessionOpened:
    """The first event of a log: the session's own plan, time and constants."""
    return SessionOpened(
        plan=convert(session.plan, Plan),
        duration_ms=wished_ms(session),
        constants={**_installed(), **session.settings},
        report_url=f"/api/reports/{session.uuid}/pdf/?edition=candidate",
    )


def _installed() -> dict[str, int | float]:
    """The constants that this installation sets otherwise; logged, so that a rebuild has the same."""
    window_ms = int(settings.RESUME_WINDOW.total_seconds() * 1_000)
    return {} if window_ms == SessionConstants().resume_window_ms else {"resume_window_ms": window_ms}


def wished_ms(session: Session) -> int:
    """How long the interview may take, with what makes it easier for its candidate."""
    return int(session.duration_minutes * 60_000 * float(session.accommodations.get("time_factor", 1) or 1))
