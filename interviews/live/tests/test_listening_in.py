"""Who hears the candidate: only while they agree, and never unseen."""

from typing import Any

import pytest

from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live.tests.interview import Interview

AGREED = inp.ConsentDecided(notice_version="1", ai_evaluation=True, recording=True, listening=True)
WITHDRAWN = inp.ConsentDecided(notice_version="1", ai_evaluation=True, recording=True, listening=False)


def switched(listening: bool, ref: str = "r-1") -> inp.ListeningSwitched:
    return inp.ListeningSwitched(ref=ref, name="Dana", role="recruiter", listening=listening)


def joinings(interview: Interview) -> list[tuple[str, bool]]:
    joined: list[Any] = [one for one in interview.events if isinstance(one, ev.ParticipantJoined)]
    return [(one.ref, one.listening) for one in joined]


@pytest.fixture
def watched() -> Interview:
    interview = Interview()
    interview.feed(AGREED)
    interview.feed(inp.ObserverCame(ref="r-1", name="Dana", role="recruiter"))
    return interview


def test_without_consent_nobody_listens() -> None:
    interview = Interview()
    interview.feed(switched(True))
    interview.feed(WITHDRAWN)
    interview.feed(switched(True))
    assert interview.rejections == ["no_consent", "no_consent"]
    assert not interview.state.is_listened_to


def test_the_candidate_sees_who_begins_and_stops_to_listen(watched: Interview) -> None:
    watched.feed(switched(True))
    assert watched.state.is_listened_to
    watched.feed(switched(True))
    watched.feed(switched(False))
    watched.feed(switched(False))
    assert joinings(watched) == [("r-1", False), ("r-1", True), ("r-1", False)]
    assert not watched.state.is_listened_to


def test_who_has_left_listens_no_more(watched: Interview) -> None:
    watched.feed(switched(True))
    watched.feed(inp.ObserverWent(ref="r-1"))
    assert not watched.state.is_listened_to
    assert watched.last(ev.ParticipantLeft).listening


def test_withdrawing_consent_stops_everybody_at_once(watched: Interview) -> None:
    watched.feed(switched(True))
    watched.feed(switched(True, "r-2"))
    watched.feed(WITHDRAWN)
    assert not watched.state.is_listened_to
    assert joinings(watched)[-2:] == [("r-1", False), ("r-2", False)]
    watched.feed(AGREED)
    assert not watched.state.is_listened_to
