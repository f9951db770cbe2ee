"""Spoken answers, heard as a page sends them: every word, no turn cut off, the same at any speed."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from speech.backends.faster_whisper import load
from speech.backends.options import EngineOptions
from speech.backends.silero import silero_model
from speech.backends.smart_turn import SmartTurnModel, find_smart_turn
from speech.clips import ANSWERS
from speech.decoding_process import read_pcm
from speech.heard import (
    AudioSettled,
    Heard,
    PartialHeard,
    SpeechStarted,
    TurnEndHeard,
    UtteranceHeard,
    UtteranceLost,
)
from speech.in_process import InProcessRecognition
from speech.listening import Listener
from speech.patience import Patience
from speech.replay import Replay
from speech.settings import SpeechSettings
from speech.transcript import Kind, Transcript
from speech.turn_model import NoTurnModel, TurnModel
from speech.word_errors import WordErrors, count_errors

LABELLED: list[dict[str, Any]] = json.loads((ANSWERS / "answers.json").read_text())
NAMES = [answer["file"].removesuffix(".flac") for answer in LABELLED]
BY_NAME = dict(zip(NAMES, LABELLED, strict=True))
MS = 16
WAIT = bytes(5_000 * MS * 2)  # what follows the last word
VAD_SLACK_MS = 150
ENOUGH_WORDS = 15  # what the interview calls enough at the least, whatever was covered

needs_turn_model = pytest.mark.skipif(find_smart_turn() is None, reason="the turn model is not installed")

MakeReplay = Callable[..., Replay]


class RememberingRecognition:
    """The same audio has the same words: each is decoded once for all tests."""

    def __init__(self, inner: InProcessRecognition) -> None:
        self._inner = inner
        self._known: dict[tuple[bytes, Kind], Transcript] = {}

    async def transcribe(self, pcm: bytes, *, session: str, kind: Kind, language: str = "en") -> Transcript:
        if (pcm, kind) not in self._known:
            self._known[pcm, kind] = await self._inner.transcribe(
                pcm, session=session, kind=kind, language=language
            )
        await asyncio.sleep(0)
        return self._known[pcm, kind]


class RememberingTurnModel:
    def __init__(self, inner: SmartTurnModel) -> None:
        self._inner = inner
        self._known: dict[bytes, float | None] = {}

    async def completeness(self, pcm: bytes) -> float | None:
        if pcm not in self._known:
            self._known[pcm] = await self._inner.completeness(pcm)
        await asyncio.sleep(0)
        return self._known[pcm]

    def describe(self) -> str:
        return self._inner.describe()


@pytest.fixture(scope="module")
def recognition(mini_model: Path) -> Iterator[RememberingRecognition]:
    settings = SpeechSettings(engine="faster_whisper", whisper_model=str(mini_model), window="tight")
    engine = InProcessRecognition(load(EngineOptions(settings=settings, label="mini", model=str(mini_model))))
    yield RememberingRecognition(engine)
    engine.close()


@pytest.fixture(scope="module")
def turn_model() -> Iterator[TurnModel]:
    """Patient with audio that comes many times faster than real time."""
    path = find_smart_turn()
    if path is None:
        yield NoTurnModel("not installed")
        return
    model = SmartTurnModel(path, most_waiting=1_000)
    yield RememberingTurnModel(model)
    model.close()


@pytest.fixture
async def make_replay(
    recognition: RememberingRecognition, turn_model: TurnModel
) -> AsyncIterator[MakeReplay]:
    replays: list[Replay] = []

    def make(
        enough: str = "at the end", last_ms: int = 0, ear: TurnModel = turn_model, **options: Any
    ) -> Replay:
        def build(emit: Callable[[Heard], None]) -> Listener:
            words: list[str] = []

            def listen(value: Heard) -> None:
                emit(value)
                if isinstance(value, UtteranceHeard):
                    words.extend(value.text.split())
                    if (enough == "at the end" and value.end_ms > last_ms) or (
                        enough == "fifteen words" and len(words) >= ENOUGH_WORDS
                    ):
                        listener.set_enough(True)

            listener = Listener(
                recognition=recognition,
                voice_activity=silero_model(),
                turn_model=ear,
                emit=listen,
                **options,
            )
            return listener

        replays.append(Replay(build))
        replays[-1].listener.open_turn()
        return replays[-1]

    yield make
    for replay in replays:
        await replay.listener.aclose()


def pcm_of(name: str) -> bytes:
    return read_pcm(ANSWERS / BY_NAME[name]["file"])


def last_start_ms(name: str) -> int:
    return int(BY_NAME[name]["segments"][-1]["start_ms"])


async def heard(replay: Replay, pcm: bytes, **options: Any) -> Replay:
    await replay.play(pcm, **options)
    await replay.settle()
    return replay


@needs_turn_model
@pytest.mark.parametrize("enough", ["never", "fifteen words", "at the end"])
@pytest.mark.parametrize("name", NAMES)
async def test_nobody_is_cut_off_while_thinking(make_replay: MakeReplay, name: str, enough: str) -> None:
    replay = await heard(make_replay(enough, last_start_ms(name)), pcm_of(name) + WAIT)
    (end,) = replay.turn_ends
    assert end.at_ms == pytest.approx(BY_NAME[name]["turn_end_ms"], abs=VAD_SLACK_MS)


@pytest.mark.parametrize("name", NAMES)
async def test_nobody_is_cut_off_without_a_turn_model(make_replay: MakeReplay, name: str) -> None:
    replay = make_replay("fifteen words", ear=NoTurnModel("not here"))
    await heard(replay, pcm_of(name) + WAIT)
    assert replay.turn_ends[0].at_ms >= BY_NAME[name]["turn_end_ms"] - VAD_SLACK_MS


@needs_turn_model
async def test_an_answer_that_sounds_complete_is_taken_up_at_once(make_replay: MakeReplay) -> None:
    waits = []
    for name in ("dont_know", "repeat", "generator", "queue"):
        replay = await heard(make_replay("at the end", last_start_ms(name)), pcm_of(name) + WAIT)
        waits.append(replay.turn_ends[0].silence_ms)
    assert max(waits) <= 710


@needs_turn_model
async def test_nobody_is_cut_off_in_an_interview_that_learns(make_replay: MakeReplay) -> None:
    patience = Patience()
    for name in np.random.default_rng(7).permutation(NAMES):
        replay = make_replay("fifteen words", last_start_ms(name))
        replay.listener.set_patience(patience)
        await heard(replay, pcm_of(name) + WAIT)
        assert replay.turn_ends[0].at_ms >= BY_NAME[name]["turn_end_ms"] - VAD_SLACK_MS, name
        patience = replay.listener.patience


async def test_streaming_costs_no_words(make_replay: MakeReplay, recognition: RememberingRecognition) -> None:
    """Against the same model on each labelled stretch as a whole; the target is one point."""
    streamed, whole = WordErrors(), WordErrors()
    for name in NAMES:
        pcm = pcm_of(name)
        replay = await heard(make_replay("never"), pcm + WAIT)
        streamed += count_errors(BY_NAME[name]["text"], replay.text)
        pieces = []
        for segment in BY_NAME[name]["segments"]:
            start, end = max(0, segment["start_ms"] - 300), segment["end_ms"] + 300
            cut = pcm[start * MS * 2 : end * MS * 2]
            pieces.append((await recognition.transcribe(cut, session="", kind="final")).text)
        whole += count_errors(BY_NAME[name]["text"], " ".join(pieces))
    assert streamed.rate <= whole.rate + 0.01
    assert streamed.rate <= 0.05


def facts(replay: Replay) -> list[tuple[Any, ...]]:
    return [
        (value.at_ms, value.silence_ms, value.reason)
        if isinstance(value, TurnEndHeard)
        else (value.utterance_id, value.start_ms, value.end_ms, value.text)
        for value in replay.of(UtteranceHeard, TurnEndHeard)
        if isinstance(value, UtteranceHeard | TurnEndHeard)
    ]


@needs_turn_model
@pytest.mark.parametrize("name", ["mistake", "yes"])
async def test_the_speed_changes_nothing(make_replay: MakeReplay, name: str) -> None:
    pcm = pcm_of(name) + WAIT
    at_once = await heard(make_replay("never"), pcm)
    faster = await heard(make_replay("never"), pcm, speed=12)
    in_one_go = make_replay("never")
    in_one_go.listener.push(pcm)
    await in_one_go.settle()
    assert facts(at_once) == facts(faster) == facts(in_one_go)


async def test_the_size_of_chunks_changes_nothing(make_replay: MakeReplay) -> None:
    pcm = pcm_of("background") + WAIT
    usual = await heard(make_replay("never", ear=NoTurnModel("")), pcm)
    odd = await heard(make_replay("never", ear=NoTurnModel("")), pcm, chunk_samples=777)
    assert facts(usual) == facts(odd)


async def test_captions_appear_while_the_candidate_speaks(make_replay: MakeReplay) -> None:
    replay = await heard(make_replay("never", ear=NoTurnModel("")), pcm_of("not_sure") + WAIT, speed=4)
    (utterance,) = [one for one in replay.heard if isinstance(one.value, UtteranceHeard)]
    captions = [one for one in replay.heard if isinstance(one.value, PartialHeard)]
    assert len(captions) >= 2
    assert captions[0].played_samples < utterance.played_samples
    stable = ""
    for caption in captions:
        assert isinstance(caption.value, PartialHeard)
        assert caption.value.text.startswith(stable)
        stable = caption.value.text[: caption.value.stable_chars]


async def test_a_barge_in_is_understood_within_a_second(make_replay: MakeReplay) -> None:
    replay = make_replay("never", ear=NoTurnModel(""))
    replay.listener.close_turn()
    await heard(replay, pcm_of("not_sure"), speed=2)
    began = next(one for one in replay.heard if isinstance(one.value, SpeechStarted))
    words = next(one for one in replay.heard if isinstance(one.value, PartialHeard | UtteranceHeard))
    assert (words.played_samples - began.played_samples) / MS <= 1_000


async def test_a_crash_at_any_settled_offset_loses_and_doubles_no_word(make_replay: MakeReplay) -> None:
    """What the page sends again begins at the last acknowledged offset, or behind the last logged words."""
    pcm = pcm_of("conflict") + WAIT
    whole = await heard(make_replay("never", ear=NoTurnModel("")), pcm)
    for crash_ms in (2_000, 4_600, 9_300, 13_000):
        first = make_replay("never", ear=NoTurnModel(""))
        await heard(first, pcm[: crash_ms * MS * 2])
        settled = [value.offset for value in first.of(AudioSettled) if isinstance(value, AudioSettled)]
        restart = max(settled, default=0)
        second = make_replay("never", ear=NoTurnModel(""), start_offset=restart)
        await heard(second, pcm[restart * 2 :])
        assert f"{first.text} {second.text}".split() == whole.text.split(), crash_ms


def test_what_nobody_said_is_not_heard(wordless: np.ndarray) -> None:
    """Down to the detector: these never get as far as the recogniser."""
    detector = silero_model().open()
    whole = len(wordless) // 512 * 512
    assert max(detector.probabilities(wordless[:whole])) < 0.8


@pytest.mark.shared
@pytest.mark.parametrize("number", [1, 2, 3, 4])
async def test_street_and_room_noise_gives_no_words(
    make_replay: MakeReplay, shared_dir: Path, number: int
) -> None:
    noise = read_pcm(shared_dir / "audio" / f"noise{number}.flac")
    replay = await heard(make_replay("never"), noise + WAIT)
    assert replay.of(UtteranceHeard, PartialHeard, UtteranceLost, TurnEndHeard) == []


@pytest.mark.shared
@pytest.mark.parametrize("level", [1.0, 0.03])
async def test_people_are_heard_loud_or_quiet(
    make_replay: MakeReplay, shared_dir: Path, level: float
) -> None:
    """Not what they say, as the miniature knows no people, but that and how long they speak."""
    for name in ("spk1_snt1", "spk2_snt4", "lj"):
        pcm = read_pcm(shared_dir / "audio" / f"{name}.flac")
        quieter = (np.frombuffer(pcm, "<i2") * level).astype("<i2").tobytes()
        replay = make_replay("never")
        await heard(replay, quieter)
        assert replay.of(SpeechStarted), name
