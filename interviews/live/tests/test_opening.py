"""The first event of a log holds what the session is run by."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec import to_builtins

from interviews.bank.planning import demo_plan
from interviews.live.constants import constants_from
from interviews.live.opening import opening_event
from interviews.models import Session


def _session(**fields: Any) -> Session:
    return Session(plan=to_builtins(demo_plan()), **fields)


def test_the_resume_window_of_the_installation_holds(settings: Any) -> None:
    settings.RESUME_WINDOW = timedelta(hours=72)
    assert constants_from(opening_event(_session()).constants).resume_window_ms == 72 * 3_600_000


def test_what_is_set_for_the_session_wins(settings: Any) -> None:
    settings.RESUME_WINDOW = timedelta(hours=72)
    event = opening_event(_session(settings={"resume_window_ms": 60_000}))
    assert constants_from(event.constants).resume_window_ms == 60_000


@pytest.mark.parametrize(("accommodations", "minutes"), [({}, 20), ({"time_factor": 1.5}, 30)])
def test_more_time_is_part_of_the_frame(accommodations: dict[str, Any], minutes: int) -> None:
    event = opening_event(_session(duration_minutes=20, accommodations=accommodations))
    assert event.duration_ms == minutes * 60_000
