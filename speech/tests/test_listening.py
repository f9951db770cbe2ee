"""One listener with scripted ears: what it reports, in which order, and what it never does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from speech.backends.scripted_hearing import ScriptedTurnModel, ScriptedVoiceActivity, tones
from speech.heard import (
    AudioSettled,
    Heard,
    PartialHeard,
    PauseLearned,
    SpeechLasted,
    SpeechStarted,
    SpeechStopped,
    TurnEndHeard,
    UtteranceEmpty,
    UtteranceHeard,
    UtteranceLost,
)
from speech.listening import Listener
from speech.listening_settings import ListeningSettings
from speech.patience import Patience
from speech.transcribing import MOST_FINALS_AT_ONCE
from speech.transcript import EngineError, Kind, Transcript, Word

MS = 16
SLACK_MS = 64  # two frames


class ScriptedRecognition:
    """Says its lines in turn, each when the test lets it; keeps what it was asked."""

    def __init__(self, *lines: str | Transcript | Exception) -> None:
        self.lines = list(lines) or ["we used a queue"]
        self.partials: list[str] = ["we used", "we used a", "we used a queue"]
        self.asked: list[tuple[Kind, int]] = []
        self.cancelled = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def transcribe(self, pcm: bytes, *, session: str, kind: Kind, language: str = "en") -> Transcript:
        self.asked.append((kind, len(pcm) // 2))
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += kind == "final"
            raise
        if kind == "partial":
            return Transcript(self.partials.pop(0) if len(self.partials) > 1 else self.partials[0])
        line = self.lines.pop(0) if len(self.lines) > 1 else self.lines[0]
        if isinstance(line, Exception):
            raise line
        return line if isinstance(line, Transcript) else Transcript(line, 0.9, (), "scripted")

    @property
    def finals(self) -> int:
        return sum(kind == "final" for kind, _ in self.asked)


class Stage:
    """A listener, its scripted parts, and what it said."""

    def __init__(
        self,
        recognition: ScriptedRecognition | None = None,
        turn_model: ScriptedTurnModel | None = None,
        *,
        start_offset: int = 0,
        **differing: Any,
    ) -> None:
        self.heard: list[Heard] = []
        self.recognition = recognition or ScriptedRecognition()
        self.turn_model = turn_model or ScriptedTurnModel(0.9)
        self.on_heard: Callable[[Heard], None] = lambda _: None
        self.listener = Listener(
            recognition=self.recognition,
            voice_activity=ScriptedVoiceActivity(),
            turn_model=self.turn_model,
            emit=self._take,
            settings=ListeningSettings(**differing),
            start_offset=start_offset,
            session="one",
        )

    def _take(self, value: Heard) -> None:
        self.heard.append(value)
        self.on_heard(value)

    async def play(self, *stretches: tuple[str, int], is_fast: bool = False) -> None:
        """Push in chunks of 100 ms; unless `is_fast`, everything is known before the next chunk."""
        pcm = tones(*stretches)
        for at in range(0, len(pcm), 3_200):
            self.listener.push(pcm[at : at + 3_200])
            if not is_fast and self.recognition.gate.is_set():
                await self.listener.rest()
        if self.recognition.gate.is_set():
            await self.listener.rest()

    def of(self, *types: type[Heard]) -> list[Any]:
        return [value for value in self.heard if isinstance(value, types)]

    @property
    def kinds(self) -> list[str]:
        passing = (AudioSettled, PartialHeard, SpeechLasted, PauseLearned)
        return [type(value).__name__ for value in self.heard if not isinstance(value, passing)]

    @property
    def end(self) -> TurnEndHeard:
        (end,) = self.of(TurnEndHeard)
        assert isinstance(end, TurnEndHeard)
        return end


@pytest.fixture
async def make_stage() -> AsyncIterator[Callable[..., Stage]]:
    stages: list[Stage] = []

    def make(*args: Any, **options: Any) -> Stage:
        stages.append(Stage(*args, **options))
        return stages[-1]

    yield make
    for stage in stages:
        stage.recognition.gate.set()
        await stage.listener.aclose()


@pytest.fixture
def stage(make_stage: Callable[..., Stage]) -> Stage:
    """A listener in whose turn everything agrees: what ends, ends after the short patience."""
    one = make_stage()
    one.listener.open_turn()
    one.listener.set_enough(True)
    return one


# --- utterances


async def test_an_answer_is_started_heard_stopped_and_over(stage: Stage) -> None:
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


async def test_words_lie_on_the_audio_line(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(
        ScriptedRecognition(Transcript("yes", words=(Word("yes", 400, 700),))), start_offset=16_000
    )
    await stage.play(("quiet", 1_000), ("speech", 500), ("quiet", 600))
    (heard,) = stage.of(UtteranceHeard)
    (word,) = heard.words
    assert word.start_ms == pytest.approx(2_000, abs=SLACK_MS)


async def test_each_utterance_has_its_own_growing_id(stage: Stage) -> None:
    await stage.play(*[("speech", 600), ("quiet", 600)] * 3)
    ids = [heard.utterance_id for heard in stage.of(UtteranceHeard)]
    assert len(ids) == 3
    assert ids == sorted(set(ids))


async def test_the_final_begins_before_the_utterance_is_closed(stage: Stage) -> None:
    await stage.play(("speech", 1_000), ("quiet", 260))
    assert stage.recognition.finals == 1
    assert not stage.of(UtteranceHeard)
    await stage.play(("quiet", 300))
    assert stage.recognition.finals == 1
    assert stage.of(UtteranceHeard)


async def test_speech_that_goes_on_throws_the_guess_away(stage: Stage) -> None:
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


async def test_utterances_come_in_order_however_long_each_takes(stage: Stage) -> None:
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


async def test_a_recogniser_that_fails_loses_one_utterance_only(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(ScriptedRecognition(EngineError("the worker died"), "and then it worked"))
    await stage.play(("speech", 800), ("quiet", 600), ("speech", 800), ("quiet", 600))
    (lost,) = stage.of(UtteranceLost)
    assert lost.message == "the worker died"
    assert [heard.text for heard in stage.of(UtteranceHeard)] == ["and then it worked"]


async def test_an_unknown_failure_is_a_loss_too(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(ScriptedRecognition(ValueError("what?")))
    await stage.play(("speech", 800), ("quiet", 600))
    assert [lost.message for lost in stage.of(UtteranceLost)] == ["ValueError"]


async def test_much_that_is_sent_again_at_once_is_asked_for_in_portions(stage: Stage) -> None:
    stage.recognition.gate.clear()
    await stage.play(*[("speech", 300), ("quiet", 500)] * 40)
    for _ in range(3):
        await asyncio.sleep(0)
    assert stage.recognition.finals == MOST_FINALS_AT_ONCE
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert len(stage.of(UtteranceHeard)) == 40


async def test_noise_is_an_empty_utterance(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(ScriptedRecognition(Transcript(" ")))
    await stage.play(("speech", 800), ("quiet", 600))
    assert stage.of(UtteranceEmpty)
    assert not stage.of(UtteranceHeard)


async def test_a_cough_is_not_even_sent_to_the_recogniser(stage: Stage) -> None:
    await stage.play(("quiet", 500), ("speech", 110), ("quiet", 1_500))
    assert stage.recognition.asked == []
    assert stage.kinds == ["SpeechStarted", "SpeechStopped", "UtteranceEmpty"]


async def test_a_click_is_not_heard_at_all(stage: Stage) -> None:
    await stage.play(("quiet", 500), ("speech", 40), ("quiet", 1_500))
    assert stage.kinds == []


async def test_lasting_speech_is_told_once_for_each_utterance(stage: Stage) -> None:
    await stage.play(("speech", 1_500), ("quiet", 500), ("speech", 200), ("quiet", 500))
    assert len(stage.of(SpeechLasted)) == 1
    assert stage.of(SpeechLasted)[0].speech_ms == pytest.approx(300, abs=32)


async def test_a_long_stretch_comes_in_pieces_without_a_hole(stage: Stage) -> None:
    await stage.play(("speech", 25_000), ("quiet", 500))
    heard = stage.of(UtteranceHeard)
    assert len(heard) >= 3
    assert max(samples for kind, samples in stage.recognition.asked if kind == "final") < 12_000 * MS
    assert len(stage.of(SpeechStarted)) == len(stage.of(SpeechStopped)) == 1


# --- captions


async def test_captions_follow_about_once_a_second(stage: Stage) -> None:
    await stage.play(("speech", 4_000))
    partials = stage.of(PartialHeard)
    assert 3 <= len(partials) <= 5
    assert partials[0].stable_chars == 0
    assert partials[1].stable_chars == len("we used")


async def test_only_one_partial_runs_at_a_time(stage: Stage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 5_000))
    await asyncio.sleep(0)
    assert [kind for kind, _ in stage.recognition.asked] == ["partial"]


async def test_a_partial_that_comes_too_late_is_not_shown(stage: Stage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 1_000), ("quiet", 500))
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert not stage.of(PartialHeard)


async def test_over_a_reply_words_are_shown_within_a_second(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage()  # the floor is the interviewer's
    await stage.play(("quiet", 500), ("speech", 600))
    assert stage.of(PartialHeard)
    assert stage.of(SpeechLasted)


# --- the end of a turn


async def test_all_hints_together_end_the_turn_soon(stage: Stage) -> None:
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
    make_stage: Callable[..., Stage], text: str, opinion: float | None, enough: bool | None, silence_ms: int
) -> None:
    stage = make_stage(ScriptedRecognition(text), ScriptedTurnModel(opinion))
    stage.listener.open_turn()
    stage.listener.set_enough(enough)
    await stage.play(("speech", 1_000), ("quiet", 4_000))
    assert stage.end.silence_ms == pytest.approx(silence_ms, abs=32)


async def test_the_turn_model_gets_the_last_eight_seconds_at_most(stage: Stage) -> None:
    await stage.play(("speech", 9_000), ("quiet", 300))
    (asked,) = stage.turn_model.asked_samples
    assert asked == 8_000 * MS


async def test_the_turn_model_is_asked_again_before_its_no_counts(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(turn_model=ScriptedTurnModel(0.03, 0.05))
    stage.listener.open_turn()
    stage.listener.set_enough(True)
    await stage.play(("speech", 1_000), ("quiet", 4_000))
    assert stage.end.silence_ms == pytest.approx(2_500, abs=32)
    assert len(stage.turn_model.asked_samples) == 2


async def test_no_turn_ends_before_anything_was_said(stage: Stage) -> None:
    await stage.play(("quiet", 20_000))
    assert stage.kinds == []


async def test_noise_alone_ends_no_turn(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(ScriptedRecognition(Transcript("")))
    stage.listener.open_turn()
    await stage.play(("speech", 1_000), ("quiet", 6_000))
    assert not stage.of(TurnEndHeard)


async def test_a_turn_with_lost_words_ends_patiently(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(ScriptedRecognition(EngineError("gone")), ScriptedTurnModel(0.2))
    stage.listener.open_turn()
    await stage.play(("speech", 1_000), ("quiet", 4_000))
    assert stage.end.silence_ms == pytest.approx(2_500, abs=32)


async def test_a_turn_end_waits_for_its_words(stage: Stage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 1_000), ("quiet", 2_000))
    assert not stage.of(TurnEndHeard)
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert stage.kinds[-2:] == ["UtteranceHeard", "TurnEndHeard"]
    assert stage.end.silence_ms == pytest.approx(700, abs=32)


async def test_what_is_said_after_a_late_turn_end_is_reported_after_it(stage: Stage) -> None:
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


async def test_the_same_audio_gives_the_same_turns_at_any_speed(make_stage: Callable[..., Stage]) -> None:
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


async def test_nothing_ends_while_the_floor_is_closed(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage()
    await stage.play(("speech", 1_000), ("quiet", 5_000))
    assert stage.kinds[-1] in {"UtteranceHeard", "SpeechStopped"}
    assert not stage.of(TurnEndHeard)


async def test_a_barge_in_becomes_the_turn_it_opens(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage()
    stage.on_heard = lambda value: stage.listener.open_turn() if isinstance(value, UtteranceHeard) else None
    await stage.play(("speech", 1_000), ("quiet", 4_000))
    assert stage.end.at_ms == pytest.approx(1_000, abs=SLACK_MS)


async def test_a_remark_from_long_before_does_not_end_a_new_turn(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage()
    await stage.play(("speech", 1_000), ("quiet", 6_000))
    stage.listener.open_turn()
    await stage.play(("quiet", 4_000))
    assert not stage.of(TurnEndHeard)


async def test_after_a_crash_silence_still_ends_the_turn(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(start_offset=160_000)
    stage.listener.open_turn(has_spoken=True)
    await stage.play(("quiet", 7_000))
    assert not stage.of(TurnEndHeard)
    await stage.play(("quiet", 1_000))
    assert stage.end.silence_ms == pytest.approx(5_000 + 2_500, abs=SLACK_MS)


async def test_a_closed_turn_does_not_end_late(stage: Stage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 1_000), ("quiet", 2_000))
    stage.listener.close_turn()
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert stage.of(UtteranceHeard)
    assert not stage.of(TurnEndHeard)


async def test_the_accommodation_factor_stretches_every_wait(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(patience_factor=2.0)
    stage.listener.open_turn()
    stage.listener.set_enough(True)
    await stage.play(("speech", 1_000), ("quiet", 4_000))
    assert stage.end.silence_ms == pytest.approx(1_400, abs=32)
    assert stage.listener.patience == Patience()


# --- buttons


async def test_done_ends_the_turn_at_once(stage: Stage) -> None:
    await stage.play(("speech", 1_000), ("quiet", 100))
    stage.listener.finish()
    await stage.listener.rest()
    assert stage.kinds[-1] == "TurnEndHeard"
    assert stage.of(UtteranceHeard)
    assert stage.end.reason == "done"
    await stage.play(("quiet", 5_000))
    assert len(stage.of(TurnEndHeard)) == 1


async def test_done_waits_for_the_last_words(stage: Stage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 1_000))
    stage.listener.finish()
    assert not stage.of(TurnEndHeard)
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert stage.kinds[-2:] == ["UtteranceHeard", "TurnEndHeard"]


async def test_done_without_a_word_is_a_turn_end_too(stage: Stage) -> None:
    await stage.play(("quiet", 2_000))
    stage.listener.finish()
    assert stage.end.reason == "done"


async def test_done_means_all_that_is_still_on_its_way(stage: Stage) -> None:
    stage.listener.allow_turn_end(False)
    await stage.play(("speech", 1_000), ("quiet", 1_000))
    stage.listener.finish()
    await stage.play(("speech", 1_000), ("quiet", 100))
    assert not stage.of(TurnEndHeard)
    stage.listener.allow_turn_end(True)
    await stage.listener.rest()
    assert len(stage.of(UtteranceHeard)) == 2
    assert stage.end.reason == "done"


async def test_a_held_turn_waits(stage: Stage) -> None:
    await stage.play(("speech", 1_000), ("quiet", 300))
    stage.listener.hold(10_000)
    await stage.play(("quiet", 10_000))
    assert not stage.of(TurnEndHeard)
    await stage.play(("quiet", 2_000))
    assert stage.end.reason == "endpoint"


async def test_speaking_on_releases_the_hold(stage: Stage) -> None:
    await stage.play(("speech", 1_000), ("quiet", 300))
    stage.listener.hold(60_000)
    await stage.play(("quiet", 5_000), ("speech", 1_000), ("quiet", 2_000))
    assert stage.end.at_ms == pytest.approx(7_300, abs=SLACK_MS)


async def test_the_longest_turn_ends_in_its_next_pause(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(longest_turn_ms=20_000)
    stage.listener.open_turn()
    await stage.play(("speech", 19_000), ("quiet", 300), ("speech", 3_000), ("quiet", 300))
    assert stage.end.reason == "too_long"
    assert stage.end.at_ms == pytest.approx(22_300, abs=SLACK_MS)


async def test_who_never_pauses_is_stopped_in_the_end(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(longest_turn_ms=20_000, longest_turn_slack_ms=5_000)
    stage.listener.open_turn()
    await stage.play(("speech", 26_000))
    assert stage.end.reason == "too_long"


async def test_no_turn_ends_in_audio_of_the_past(stage: Stage) -> None:
    stage.listener.allow_turn_end(False)
    await stage.play(("speech", 1_000), ("quiet", 5_000), ("speech", 1_000), ("quiet", 1_500))
    assert not stage.of(TurnEndHeard)
    stage.listener.allow_turn_end(True)
    await stage.listener.rest()
    assert stage.end.at_ms == pytest.approx(7_000, abs=SLACK_MS)


# --- patience


async def test_long_pauses_inside_a_turn_teach_patience(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(turn_model=ScriptedTurnModel(0.3))
    stage.listener.open_turn()
    await stage.play(("speech", 1_000), ("quiet", 2_000), ("speech", 1_000), ("quiet", 500))
    (learned,) = stage.of(PauseLearned)
    assert learned.patience.long_ms > 2_500
    assert learned.patience == stage.listener.patience


async def test_going_on_right_after_the_end_teaches_patience(stage: Stage) -> None:
    stage.on_heard = lambda value: stage.listener.close_turn() if isinstance(value, TurnEndHeard) else None
    await stage.play(("speech", 1_000), ("quiet", 1_600), ("speech", 1_000), ("quiet", 500))
    assert stage.of(TurnEndHeard)
    assert stage.of(PauseLearned)


async def test_the_wait_for_a_question_teaches_nothing(stage: Stage) -> None:
    await stage.play(("speech", 1_000), ("quiet", 1_000))
    stage.listener.close_turn()
    await stage.play(("quiet", 2_500))
    stage.listener.open_turn()
    await stage.play(("quiet", 300), ("speech", 1_000), ("quiet", 500))
    assert not stage.of(PauseLearned)


async def test_patience_of_the_practice_question_is_used(stage: Stage) -> None:
    stage.listener.set_patience(Patience(1_000, 2_000, 4_000))
    await stage.play(("speech", 1_000), ("quiet", 3_000))
    assert stage.end.silence_ms == pytest.approx(1_000, abs=32)


# --- nothing is lost


async def test_silence_is_settled_every_second(stage: Stage) -> None:
    await stage.play(("quiet", 10_000))
    offsets = [settled.offset for settled in stage.of(AudioSettled)]
    assert len(offsets) >= 9
    assert offsets == sorted(offsets)
    assert 10_000 * MS - offsets[-1] <= 1_600 * MS


async def test_speech_is_settled_when_its_words_were_reported(stage: Stage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("quiet", 2_000), ("speech", 1_000), ("quiet", 3_000))
    assert stage.of(AudioSettled)[-1].offset <= 1_600 * MS + 1_024
    stage.recognition.gate.set()
    await stage.listener.rest()
    assert stage.heard.index(stage.of(AudioSettled)[-1]) > stage.heard.index(stage.of(UtteranceHeard)[0])
    assert stage.of(AudioSettled)[-1].offset >= 3_192 * MS - 1_024


async def test_starting_again_where_it_was_settled_hears_what_was_not(
    make_stage: Callable[..., Stage],
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


async def test_a_gap_is_silence_and_ends_what_was_open(stage: Stage) -> None:
    stage.listener.allow_turn_end(False)
    await stage.play(("quiet", 500), ("speech", 1_000))
    stage.listener.skip_to(16_000 * 10)
    await stage.listener.rest()
    (heard,) = stage.of(UtteranceHeard)
    assert heard.end_ms <= 1_500
    assert stage.of(AudioSettled)[-1].offset == 16_000 * 10
    await stage.play(("quiet", 300), ("speech", 1_000), ("quiet", 600))
    assert stage.of(UtteranceHeard)[1].start_ms == pytest.approx(10_300, abs=SLACK_MS)


async def test_a_gap_that_is_known_already_changes_nothing(stage: Stage) -> None:
    await stage.play(("speech", 1_000))
    stage.listener.skip_to(100)
    assert stage.listener.position > 100
    await stage.play(("quiet", 600))
    assert len(stage.of(UtteranceHeard)) == 1


async def test_a_break_finishes_what_was_begun_and_ends_no_turn(stage: Stage) -> None:
    await stage.play(("speech", 1_000), ("quiet", 600))
    await stage.play(("speech", 700))
    stage.listener.pause()
    await stage.listener.rest()
    assert len(stage.of(UtteranceHeard)) == 2
    assert not stage.of(TurnEndHeard)


async def test_memory_stays_bounded(stage: Stage) -> None:
    await stage.play(("quiet", 90_000))
    assert stage.listener._tape.end - stage.listener._tape.start <= 14 * 16_000


async def test_nothing_is_reported_after_closing(stage: Stage) -> None:
    stage.recognition.gate.clear()
    await stage.play(("speech", 1_000), ("quiet", 1_000))
    before = len(stage.heard)
    await stage.listener.aclose()
    stage.recognition.gate.set()
    await asyncio.sleep(0)
    assert len(stage.heard) == before
