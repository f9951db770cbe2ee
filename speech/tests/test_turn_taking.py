"""One listener with scripted ears: when a turn is over, and when it is not."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from speech.backends.scripted_hearing import ScriptedTurnModel
from speech.backends.scripted_stage import ListeningStage, ScriptedRecognition
from speech.heard import (
    PauseLearned,
    TurnEndHeard,
    UtteranceHeard,
)
from speech.patience import Patience
from speech.transcript import EngineError, Transcript

MS = 16
SLACK_MS = 64  # two frames

MakeStage = Callable[..., ListeningStage]


@pytest.fixture
async def make_stage() -> AsyncIterator[MakeStage]:
    stages: list[ListeningStage] = []

    def make(*args: Any, **options: Any) -> ListeningStage:
        stages.append(ListeningStage(*args, **options))
        return stages[-1]

    yield make
    for stage in stages:
        stage.recognition.gate.set()
        await stage.listener.aclose()


@pytest.fixture
def stage(make_stage: MakeStage) -> ListeningStage:
    """A listener in whose turn everything agrees: what ends, ends after the short patience."""
    one = make_stage()
    one.listener.open_turn()
    one.listener.set_enough(True)
    return one


# --- the end of a turn


async def test_all_hints_together_end_the_turn_soon(stage: ListeningStage) -> None:
    await stage.play(("quiet", 500), ("speech", 1_000), ("quiet", 3_000))
    assert stage.end.at_ms == pytest.approx(1_500, abs=SLACK_MS)
    assert stage.end.silence_ms == pytest.approx(700, abs=32)
    assert stage.end.reason == "endpoint"


@pytest.mark.parametrize(
    ("text", "opinion", "enough", "silence_ms"),
    [
        ("it is done", 0.9, False, 1_300),
        ("it is done", 0.2, True, 1_300),
        ("it is done and", 0.9, True, 1_300),
        ("it is done and", 0.2, True, 2_500),
        ("it is done", None, None, 2_500),
    ],
)
async def test_fewer_hints_mean_more_patience(
    make_stage: MakeStage,
    text: str,
    opinion: float | None,
    enough: bool | None,
    silence_ms: int,
) -> None:
    stage = make_stage(ScriptedRecognition(text), ScriptedTurnModel(opinion))
    stage.listener.open_turn()
    stage.listener.set_enough(enough)
    await stage.play(("speech", 1_000), ("quiet", 4_000))
    assert stage.end.silence_ms == pytest.approx(silence_ms, abs=32)


async def test_the_turn_model_gets_the_last_eight_seconds_at_most(stage: ListeningStage) -> None:
    await stage.play(("speech", 9_000), ("quiet", 300))
    (asked,) = stage.turn_model.asked_samples
    assert asked == 8_000 * MS


async def test_the_turn_model_is_asked_again_before_its_no_counts(
    make_stage: MakeStage,
) -> None:
    stage = make_stage(turn_model=ScriptedTurnModel(0.03, 0.05))
    stage.listener.open_turn()
    stage.listener.set_enough(True)
    await stage.play(("speech", 1_000), ("quiet", 4_000))
    assert stage.end.silence_ms == pytest.approx(2_500, abs=32)
    assert len(stage.turn_model.asked_samples) == 2


async def test_no_turn_ends_before_anything_was_said(stage: ListeningStage) -> None:
    await stage.play(("quiet", 20_000))
    assert stage.kinds == []


async def test_noise_alone_ends_no_turn(make_stage: MakeStage) -> None:
    stage = make_stage(ScriptedRecognition(Transcript("")))
    stage.listener.open_turn()
    await stage.play(("speech", 1_000), ("quiet", 6_000))
    assert not stage.of(TurnEndHeard)


async def test_a_turn_with_lost_words_ends_patiently(make_stage: MakeStage) -> None:
    stage = make_stage(ScriptedRecognition(EngineError("gone")), ScriptedTurnModel(0.2))
    stage.listener.open_turn()
    await stage.play(("speech", 1_000), ("quiet", 4_000))
    assert stage.end.silence_ms == pytest.approx(2_500, abs=32)


async def test_a_turn_end_waits_for_its_words(stage: ListeningStage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 1_000), ("quiet", 2_000))
    assert not stage.of(TurnEndHeard)
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert stage.kinds[-2:] == ["UtteranceHeard", "TurnEndHeard"]
    assert stage.end.silence_ms == pytest.approx(700, abs=32)


async def test_what_is_said_after_a_late_turn_end_is_reported_after_it(stage: ListeningStage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 1_000), ("quiet", 1_500), ("speech", 1_000))
    assert stage.kinds == ["SpeechStarted", "SpeechStopped"]
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert stage.kinds == [
        "SpeechStarted",
        "SpeechStopped",
        "UtteranceHeard",
        "TurnEndHeard",
        "SpeechStarted",
    ]


async def test_the_same_audio_gives_the_same_turns_at_any_speed(
    make_stage: MakeStage,
) -> None:
    stretches = [
        ("speech", 900),
        ("quiet", 900),
        ("speech", 700),
        ("quiet", 1_200),
        ("speech", 400),
        ("quiet", 3_000),
    ]
    reports = []
    for is_fast in (False, True):
        stage = make_stage(
            ScriptedRecognition("first we", "then it was done", "and that is all"),
            ScriptedTurnModel(0.2, 0.2, 0.9),
        )
        stage.listener.open_turn()
        await stage.play(*stretches, is_fast=is_fast)
        reports.append(
            [
                (value.at_ms, value.silence_ms)
                if isinstance(value, TurnEndHeard)
                else (value.start_ms, value.text)
                for value in stage.of(UtteranceHeard, TurnEndHeard)
            ]
        )
    assert reports[0] == reports[1]
    assert len(reports[0]) == 4


async def test_nothing_ends_while_the_floor_is_closed(make_stage: MakeStage) -> None:
    stage = make_stage()
    await stage.play(("speech", 1_000), ("quiet", 5_000))
    assert stage.kinds[-1] in {"UtteranceHeard", "SpeechStopped"}
    assert not stage.of(TurnEndHeard)


async def test_a_barge_in_becomes_the_turn_it_opens(make_stage: MakeStage) -> None:
    stage = make_stage()
    stage.on_heard = lambda value: stage.listener.open_turn() if isinstance(value, UtteranceHeard) else None
    await stage.play(("speech", 1_000), ("quiet", 4_000))
    assert stage.end.at_ms == pytest.approx(1_000, abs=SLACK_MS)


async def test_a_remark_from_long_before_does_not_end_a_new_turn(
    make_stage: MakeStage,
) -> None:
    stage = make_stage()
    await stage.play(("speech", 1_000), ("quiet", 6_000))
    stage.listener.open_turn()
    await stage.play(("quiet", 4_000))
    assert not stage.of(TurnEndHeard)


async def test_after_a_crash_silence_still_ends_the_turn(make_stage: MakeStage) -> None:
    stage = make_stage(start_offset=160_000)
    stage.listener.open_turn(has_spoken=True)
    await stage.play(("quiet", 7_000))
    assert not stage.of(TurnEndHeard)
    await stage.play(("quiet", 1_000))
    assert stage.end.silence_ms == pytest.approx(5_000 + 2_500, abs=SLACK_MS)


async def test_a_closed_turn_does_not_end_late(stage: ListeningStage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 1_000), ("quiet", 2_000))
    stage.listener.close_turn()
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert stage.of(UtteranceHeard)
    assert not stage.of(TurnEndHeard)


async def test_the_accommodation_factor_stretches_every_wait(
    make_stage: MakeStage,
) -> None:
    stage = make_stage(patience_factor=2.0)
    stage.listener.open_turn()
    stage.listener.set_enough(True)
    await stage.play(("speech", 1_000), ("quiet", 4_000))
    assert stage.end.silence_ms == pytest.approx(1_400, abs=32)
    assert stage.listener.patience == Patience()


# --- buttons


async def test_done_ends_the_turn_at_once(stage: ListeningStage) -> None:
    await stage.play(("speech", 1_000), ("quiet", 100))
    stage.listener.finish()
    await stage.listener.rest()
    assert stage.kinds[-1] == "TurnEndHeard"
    assert stage.of(UtteranceHeard)
    assert stage.end.reason == "done"
    await stage.play(("quiet", 5_000))
    assert len(stage.of(TurnEndHeard)) == 1


async def test_done_waits_for_the_last_words(stage: ListeningStage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 1_000))
    stage.listener.finish()
    assert not stage.of(TurnEndHeard)
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert stage.kinds[-2:] == ["UtteranceHeard", "TurnEndHeard"]


async def test_done_without_a_word_is_a_turn_end_too(stage: ListeningStage) -> None:
    await stage.play(("quiet", 2_000))
    stage.listener.finish()
    assert stage.end.reason == "done"


async def test_done_means_all_that_is_still_on_its_way(stage: ListeningStage) -> None:
    stage.listener.allow_turn_end(False)
    await stage.play(("speech", 1_000), ("quiet", 1_000))
    stage.listener.finish()
    await stage.play(("speech", 1_000), ("quiet", 100))
    assert not stage.of(TurnEndHeard)
    stage.listener.allow_turn_end(True)
    await stage.listener.rest()
    assert len(stage.of(UtteranceHeard)) == 2
    assert stage.end.reason == "done"


async def test_a_held_turn_waits(stage: ListeningStage) -> None:
    await stage.play(("speech", 1_000), ("quiet", 300))
    stage.listener.hold(10_000)
    await stage.play(("quiet", 10_000))
    assert not stage.of(TurnEndHeard)
    await stage.play(("quiet", 2_000))
    assert stage.end.reason == "endpoint"


async def test_speaking_on_releases_the_hold(stage: ListeningStage) -> None:
    await stage.play(("speech", 1_000), ("quiet", 300))
    stage.listener.hold(60_000)
    await stage.play(("quiet", 5_000), ("speech", 1_000), ("quiet", 2_000))
    assert stage.end.at_ms == pytest.approx(7_300, abs=SLACK_MS)


async def test_the_longest_turn_ends_in_its_next_pause(make_stage: MakeStage) -> None:
    stage = make_stage(longest_turn_ms=20_000)
    stage.listener.open_turn()
    await stage.play(("speech", 19_000), ("quiet", 300), ("speech", 3_000), ("quiet", 300))
    assert stage.end.reason == "too_long"
    assert stage.end.at_ms == pytest.approx(22_300, abs=SLACK_MS)


async def test_who_never_pauses_is_stopped_in_the_end(make_stage: MakeStage) -> None:
    stage = make_stage(longest_turn_ms=20_000, longest_turn_slack_ms=5_000)
    stage.listener.open_turn()
    await stage.play(("speech", 26_000))
    assert stage.end.reason == "too_long"


async def test_no_turn_ends_in_audio_of_the_past(stage: ListeningStage) -> None:
    stage.listener.allow_turn_end(False)
    await stage.play(("speech", 1_000), ("quiet", 5_000), ("speech", 1_000), ("quiet", 1_500))
    assert not stage.of(TurnEndHeard)
    stage.listener.allow_turn_end(True)
    await stage.listener.rest()
    assert stage.end.at_ms == pytest.approx(7_000, abs=SLACK_MS)


# --- patience


async def test_long_pauses_inside_a_turn_teach_patience(make_stage: MakeStage) -> None:
    stage = make_stage(turn_model=ScriptedTurnModel(0.3))
    stage.listener.open_turn()
    await stage.play(("speech", 1_000), ("quiet", 2_000), ("speech", 1_000), ("quiet", 500))
    (learned,) = stage.of(PauseLearned)
    assert learned.patience.long_ms > 2_500
    assert learned.patience == stage.listener.patience


async def test_going_on_right_after_the_end_teaches_patience(stage: ListeningStage) -> None:
    stage.on_heard = lambda value: stage.listener.close_turn() if isinstance(value, TurnEndHeard) else None
    await stage.play(("speech", 1_000), ("quiet", 1_600), ("speech", 1_000), ("quiet", 500))
    assert stage.of(TurnEndHeard)
    assert stage.of(PauseLearned)


async def test_the_wait_for_a_question_teaches_nothing(stage: ListeningStage) -> None:
    await stage.play(("speech", 1_000), ("quiet", 1_000))
    stage.listener.close_turn()
    await stage.play(("quiet", 2_500))
    stage.listener.open_turn()
    await stage.play(("quiet", 300), ("speech", 1_000), ("quiet", 500))
    assert not stage.of(PauseLearned)


async def test_patience_of_the_practice_question_is_used(stage: ListeningStage) -> None:
    stage.listener.set_patience(Patience(1_000, 2_000, 4_000))
    await stage.play(("speech", 1_000), ("quiet", 3_000))
    assert stage.end.silence_ms == pytest.approx(1_000, abs=32)
