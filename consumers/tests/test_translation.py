"""Every message of a candidate means an input, or is answered by the socket."""

from datetime import UTC, datetime

from consumers import wire
from consumers.translation import _TABLE, ANSWERED_BY_THE_SOCKET, FOR_THE_VOICE, to_input
from interviews.live import inputs as happened

AT = datetime(2026, 1, 2, tzinfo=UTC)


def test_the_table_has_no_gaps_and_nothing_twice() -> None:
    others = ANSWERED_BY_THE_SOCKET | FOR_THE_VOICE
    assert set(_TABLE) | others == set(wire.CANDIDATE_MESSAGES)
    assert not set(_TABLE) & others


def test_an_input_carries_what_was_said_and_when() -> None:
    said = wire.PlaybackStopped(reply_id=3, heard_chars=12)
    assert to_input(said, AT) == happened.PlaybackStopped(reply_id=3, heard_chars=12, at=AT)


def test_a_candidate_ends_in_their_own_name() -> None:
    assert to_input(wire.SessionEnd(), AT) == happened.EndRequested(reason="ended_by_candidate", at=AT)


def test_a_typed_answer_keeps_its_time() -> None:
    said = wire.AnswerText(text="I cache it.", time_taken_seconds=9)
    assert to_input(said, AT) == happened.AnswerTyped(text="I cache it.", time_taken_seconds=9, at=AT)
