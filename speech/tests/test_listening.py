"""One listener with scripted ears: what it reports, in which order, and what it never loses."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from speech.backends.scripted_hearing import ScriptedTurnModel, ScriptedVoiceActivity, tones
from speech.backends.scripted_stage import ListeningStage, ScriptedRecognition
from speech.heard import (
    AudioSettled,
    Heard,
    PartialHeard,
    SpeechLasted,
    SpeechStarted,
    SpeechStopped,
    TurnEndHeard,
    UtteranceEmpty,
    UtteranceHeard,
    UtteranceLost,
)
from speech.listening import Listener
from speech.transcribing import MOST_FINALS_AT_ONCE
from speech.transcript import EngineError, Kind, Transcript, Word

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


# --- utterances


async def test_an_answer_is_started_heard_stopped_and_over(stage: ListeningStage) -> None:
    await stage.play(("quiet", 500), ("speech", 1_000), ("quiet", 1_500))
    assert stage.kinds == [
        "SpeechStarted",
        "SpeechStopped",
        "UtteranceHeard",
        "TurnEndHeard",
    ]
    (heard,) = stage.of(UtteranceHeard)
    assert (heard.text, heard.confidence, heard.engine) == ("we used a queue", 0.9, "scripted")
    assert heard.start_ms == pytest.approx(500, abs=SLACK_MS)
    assert heard.end_ms == pytest.approx(1_500 + 192, abs=SLACK_MS)


async def test_words_lie_on_the_audio_line(make_stage: MakeStage) -> None:
    stage = make_stage(
        ScriptedRecognition(Transcript("yes", words=(Word("yes", 400, 700),))), start_offset=16_000
    )
    await stage.play(("quiet", 1_000), ("speech", 500), ("quiet", 600))
    (heard,) = stage.of(UtteranceHeard)
    (word,) = heard.words
    assert word.start_ms == pytest.approx(2_000, abs=SLACK_MS)


async def test_each_utterance_has_its_own_growing_id(stage: ListeningStage) -> None:
    await stage.play(*[("speech", 600), ("quiet", 600)] * 3)
    ids = [heard.utterance_id for heard in stage.of(UtteranceHeard)]
    assert len(ids) == 3
    assert ids == sorted(set(ids))


async def test_the_final_begins_before_the_utterance_is_closed(stage: ListeningStage) -> None:
    await stage.play(("speech", 1_000), ("quiet", 260))
    assert stage.recognition.finals == 1
    assert not stage.of(UtteranceHeard)
    await stage.play(("quiet", 300))
    assert stage.recognition.finals == 1
    assert stage.of(UtteranceHeard)


async def test_speech_that_goes_on_throws_the_guess_away(stage: ListeningStage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 1_000), ("quiet", 290))
    await asyncio.sleep(0)
    await stage.play(("speech", 500))
    await asyncio.sleep(0)
    assert stage.recognition.cancelled == 1
    stage.recognition.gate.set()
    await stage.play(("quiet", 500))
    (heard,) = stage.of(UtteranceHeard)
    assert heard.end_ms == pytest.approx(1_790 + 192, abs=SLACK_MS)


async def test_utterances_come_in_order_however_long_each_takes(stage: ListeningStage) -> None:
    stage.recognition.lines = ["first", "second"]
    first_may_go = asyncio.Event()
    answers = iter([first_may_go.wait, asyncio.Event().set])

    class Uneven(ScriptedRecognition):
        async def transcribe(
            self, pcm: bytes, *, session: str, kind: Kind, language: str = "en"
        ) -> Transcript:
            if kind == "partial":
                return Transcript("")
            waits = next(answers)()
            if waits is None:
                return Transcript("second")
            await waits
            return Transcript("first")

    heard: list[Heard] = []
    listener = Listener(
        recognition=Uneven(),
        voice_activity=ScriptedVoiceActivity(),
        turn_model=ScriptedTurnModel(None),
        emit=heard.append,
    )
    listener.push(tones(("speech", 600), ("quiet", 500), ("speech", 600), ("quiet", 500)))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not [one for one in heard if isinstance(one, UtteranceHeard)]
    first_may_go.set()
    await listener.rest()
    assert [one.text for one in heard if isinstance(one, UtteranceHeard)] == ["first", "second"]
    await listener.aclose()


async def test_a_recogniser_that_fails_loses_one_utterance_only(
    make_stage: MakeStage,
) -> None:
    stage = make_stage(ScriptedRecognition(EngineError("the worker died"), "and then it worked"))
    await stage.play(("speech", 800), ("quiet", 600), ("speech", 800), ("quiet", 600))
    (lost,) = stage.of(UtteranceLost)
    assert lost.message == "the worker died"
    assert [heard.text for heard in stage.of(UtteranceHeard)] == ["and then it worked"]


async def test_an_unknown_failure_is_a_loss_too(make_stage: MakeStage) -> None:
    stage = make_stage(ScriptedRecognition(ValueError("what?")))
    await stage.play(("speech", 800), ("quiet", 600))
    assert [lost.message for lost in stage.of(UtteranceLost)] == ["ValueError"]


async def test_much_that_is_sent_again_at_once_is_asked_for_in_portions(stage: ListeningStage) -> None:
    stage.recognition.gate.clear()
    await stage.play(*[("speech", 300), ("quiet", 500)] * 40)
    for _ in range(3):
        await asyncio.sleep(0)
    assert stage.recognition.finals == MOST_FINALS_AT_ONCE
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert len(stage.of(UtteranceHeard)) == 40


async def test_the_last_words_are_reported_before_the_line_ends(stage: ListeningStage) -> None:
    stage.listener.push(tones(("speech", 800), ("quiet", 40)))
    await stage.listener.hear_out(within_s=10)
    assert len(stage.of(UtteranceHeard)) == 1
    assert not stage.of(TurnEndHeard)


async def test_last_words_that_take_too_long_are_lost_and_said_to_be(stage: ListeningStage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 800), ("quiet", 600), ("speech", 800), ("quiet", 40))
    await stage.listener.hear_out(within_s=0.01)
    assert len(stage.of(UtteranceLost)) == 2
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert not stage.of(UtteranceHeard)


async def test_noise_is_an_empty_utterance(make_stage: MakeStage) -> None:
    stage = make_stage(ScriptedRecognition(Transcript(" ")))
    await stage.play(("speech", 800), ("quiet", 600))
    assert stage.of(UtteranceEmpty)
    assert not stage.of(UtteranceHeard)


async def test_a_cough_is_not_even_sent_to_the_recogniser(stage: ListeningStage) -> None:
    await stage.play(("quiet", 500), ("speech", 110), ("quiet", 1_500))
    assert stage.recognition.asked == []
    assert stage.kinds == ["SpeechStarted", "SpeechStopped", "UtteranceEmpty"]


async def test_a_click_is_not_heard_at_all(stage: ListeningStage) -> None:
    await stage.play(("quiet", 500), ("speech", 40), ("quiet", 1_500))
    assert stage.kinds == []


async def test_lasting_speech_is_told_once_for_each_utterance(stage: ListeningStage) -> None:
    await stage.play(("speech", 1_500), ("quiet", 500), ("speech", 200), ("quiet", 500))
    assert len(stage.of(SpeechLasted)) == 1
    assert stage.of(SpeechLasted)[0].speech_ms == pytest.approx(300, abs=32)


async def test_a_long_stretch_comes_in_pieces_without_a_hole(stage: ListeningStage) -> None:
    await stage.play(("speech", 25_000), ("quiet", 500))
    heard = stage.of(UtteranceHeard)
    assert len(heard) >= 3
    assert max(samples for kind, samples in stage.recognition.asked if kind == "final") < 12_000 * MS
    assert len(stage.of(SpeechStarted)) == len(stage.of(SpeechStopped)) == 1


# --- captions


async def test_captions_follow_about_once_a_second(stage: ListeningStage) -> None:
    await stage.play(("speech", 4_000))
    partials = stage.of(PartialHeard)
    assert 3 <= len(partials) <= 5
    assert partials[0].stable_chars == 0
    assert partials[1].stable_chars == len("we used")


async def test_only_one_partial_runs_at_a_time(stage: ListeningStage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 5_000))
    await asyncio.sleep(0)
    assert [kind for kind, _ in stage.recognition.asked] == ["partial"]


async def test_a_partial_that_comes_too_late_is_not_shown(stage: ListeningStage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 1_000), ("quiet", 500))
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert not stage.of(PartialHeard)


async def test_over_a_reply_words_are_shown_within_a_second(
    make_stage: MakeStage,
) -> None:
    stage = make_stage()  # the floor is the interviewer's
    await stage.play(("quiet", 500), ("speech", 600))
    assert stage.of(PartialHeard)
    assert stage.of(SpeechLasted)


# --- nothing is lost


async def test_silence_is_settled_every_second(stage: ListeningStage) -> None:
    await stage.play(("quiet", 10_000))
    offsets = [settled.offset for settled in stage.of(AudioSettled)]
    assert len(offsets) >= 9
    assert offsets == sorted(offsets)
    assert 10_000 * MS - offsets[-1] <= 1_600 * MS


async def test_speech_is_settled_when_its_words_were_reported(stage: ListeningStage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("quiet", 2_000), ("speech", 1_000), ("quiet", 3_000))
    assert stage.of(AudioSettled)[-1].offset <= 1_600 * MS + 1_024
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert stage.heard.index(stage.of(AudioSettled)[-1]) > stage.heard.index(stage.of(UtteranceHeard)[0])
    assert stage.of(AudioSettled)[-1].offset >= 3_192 * MS - 1_024


async def test_starting_again_where_it_was_settled_hears_what_was_not(
    make_stage: MakeStage,
) -> None:
    stretches = [("quiet", 1_000), ("speech", 1_000), ("quiet", 800), ("speech", 900), ("quiet", 800)]
    whole = make_stage()
    await whole.play(*stretches)
    pcm = tones(*stretches)
    for crash_ms in range(200, 4_500, 300):
        first = make_stage()
        first.listener.push(pcm[: crash_ms * MS * 2])
        await first.listener.rest()
        settled = first.listener.settled_offset
        second = make_stage(start_offset=settled)
        second.listener.push(pcm[settled * 2 :])
        await second.listener.rest()
        starts = [heard.start_ms for heard in first.of(UtteranceHeard) + second.of(UtteranceHeard)]
        assert starts == pytest.approx([heard.start_ms for heard in whole.of(UtteranceHeard)], abs=SLACK_MS)


async def test_a_gap_is_silence_and_ends_what_was_open(stage: ListeningStage) -> None:
    stage.listener.allow_turn_end(False)
    await stage.play(("quiet", 500), ("speech", 1_000))
    stage.listener.skip_to(16_000 * 10)
    await stage.listener.rest()
    (heard,) = stage.of(UtteranceHeard)
    assert heard.end_ms <= 1_500
    assert stage.of(AudioSettled)[-1].offset == 16_000 * 10
    await stage.play(("quiet", 300), ("speech", 1_000), ("quiet", 600))
    assert stage.of(UtteranceHeard)[1].start_ms == pytest.approx(10_300, abs=SLACK_MS)


async def test_a_gap_that_is_known_already_changes_nothing(stage: ListeningStage) -> None:
    await stage.play(("speech", 1_000))
    stage.listener.skip_to(100)
    assert stage.listener.position > 100
    await stage.play(("quiet", 600))
    assert len(stage.of(UtteranceHeard)) == 1


async def test_a_break_finishes_what_was_begun_and_ends_no_turn(stage: ListeningStage) -> None:
    await stage.play(("speech", 1_000), ("quiet", 600))
    await stage.play(("speech", 700))
    stage.listener.pause()
    await stage.listener.rest()
    assert len(stage.of(UtteranceHeard)) == 2
    assert not stage.of(TurnEndHeard)


async def test_memory_stays_bounded(stage: ListeningStage) -> None:
    await stage.play(("quiet", 90_000))
    assert stage.listener._tape.end - stage.listener._tape.start <= 14 * 16_000


async def test_nothing_is_reported_after_closing(stage: ListeningStage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 1_000), ("quiet", 1_000))
    before = len(stage.heard)
    await stage.listener.aclose()
    stage.recognition.gate.set()
    await asyncio.sleep(0)
    assert len(stage.heard) == before
