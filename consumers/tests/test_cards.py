"""A card of the live list, as a fold over events and signs."""

from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from consumers.cards import CardState, SessionFacts, Signs, fold_card, make_card, note_sign, worst_first
from consumers.wire import Card
from interviews.live.signals import Health, Latency, Level, ReplyDelta

AT = datetime(2026, 1, 2, 3, 0, 0, tzinfo=UTC)
FACTS = SessionFacts(7, "u", "T", "R", "Grace", "in_progress", 5, 30, None, 0)
Step = tuple[str, dict[str, Any] | None]


def folded(*steps: Step, every_s: int = 10) -> CardState:
    card = CardState()
    for number, (name, payload) in enumerate(steps):
        card = fold_card(card, number + 1, name, payload, AT + timedelta(seconds=every_s * number))
    return card


def shown(*steps: Step, signs: Signs = Signs()) -> Card:  # noqa: B008 (frozen)
    return make_card(FACTS, folded(*steps), signs)


def planned(kind: str, reason: str = "") -> Step:
    return "reply.planned", {"reply_id": 1, "move": {"kind": kind, "reason": reason}}


LIVE: tuple[Step, ...] = (("candidate.connected", {}), ("state.changed", {"state": "listening"}))


def test_a_card_knows_since_when_it_is_so() -> None:
    card = shown(*LIVE, ("candidate.left", {}))
    assert card.state_since_at == "2026-01-02T03:00:10+00:00"
    assert card.away_since_at == "2026-01-02T03:00:20+00:00"
    assert shown(*LIVE, ("candidate.left", {}), ("candidate.connected", {})).away_since_at is None


def test_the_clock_stands_still_in_a_pause() -> None:
    running = (*LIVE, ("settings.changed", {"time_left_ms": 60_000}))
    assert shown(*running).ends_at == "2026-01-02T03:01:20+00:00"
    paused = shown(*running, ("state.changed", {"state": "paused"}))
    assert (paused.ends_at, paused.time_left_ms) == (None, 50_000)
    assert shown().time_left_ms == 30 * 60_000
    given = shown(("settings.changed", {"time_left_ms": 90_000}), ("settings.changed", {"captions": "on"}))
    assert (given.ends_at, given.time_left_ms) == (None, 90_000)


def test_a_question_that_is_put_in_is_counted_at_once() -> None:
    asked = (*LIVE, ("question.started", {"number": 2, "total": 5, "text": "Why?", "kind": "technical"}))
    assert shown(*asked, ("settings.changed", {"total_questions": 6})).total_questions == 6
    assert shown(*asked, ("settings.changed", {"time_left_ms": 9})).total_questions == 5


def test_struggle_is_counted_and_a_withdrawn_reply_counts_nothing() -> None:
    struggle = shown(
        *LIVE,
        planned("question", "skipped"),
        planned("help", "struggle"),
        planned("repeat"),
        ("reply.withdrawn", {}),
        planned("ask_again"),
        planned("acknowledge_and_next"),
        ("reply.withdrawn", {}),
        ("utterance.missed", {}),
        ("silence.noticed", {"step": 1}),
    ).struggle
    assert (struggle.skips, struggle.helps, struggle.repeats) == (1, 1, 0)
    assert (struggle.asked_again, struggle.unheard, struggle.silences) == (1, 1, 1)


def test_what_was_erased_leaves_the_card_as_it_was() -> None:
    assert folded(*LIVE, ("state.changed", None)) == replace(folded(*LIVE), seq=3)


def test_signs_come_from_the_lossy_lane() -> None:
    signs = Signs()
    for signal in (
        Health(connected=True, backlog_ms=40, drops=0),
        Level(dbfs=-20.0, offset=0),
        Latency(turn_id=1, endpoint=1, transcribe=1, first_token=1, first_sentence=1, total=900),
        ReplyDelta(reply_id=1, text="none of this"),
    ):
        signs = note_sign(signs, signal)
    assert signs == Signs(backlog_ms=40, level=3, latency_ms=900)
    assert note_sign(signs, Level(dbfs=-96.0, offset=0)).level == 0


def test_the_worst_comes_first() -> None:
    fine = shown(*LIVE)
    skipping = shown(*LIVE, planned("question", "skipped"))
    slow = shown(*LIVE, signs=Signs(latency_ms=4_500))
    behind = shown(*LIVE, signs=Signs(backlog_ms=12_000))
    cut_off = shown(*LIVE, ("candidate.left", {}))
    assert sorted([fine, slow, cut_off, behind], key=worst_first) == [cut_off, behind, slow, fine]
    assert skipping.trouble == fine.trouble == 0


def test_before_it_begins_nobody_is_missed() -> None:
    assert shown().trouble == 0
