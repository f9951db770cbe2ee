from pathlib import Path

import msgspec
import pytest

from speech.assembly import build_recognizer
from speech.capacity import MOST, derive, least_cost
from speech.clips import Clip
from speech.engines import choose
from speech.settings import SpeechSettings
from speech.window_check import Finding, find_window, judge
from speech.word_errors import WordErrors, count_errors


async def test_from_settings_to_words(speech_settings: SpeechSettings, clips: list[Clip]) -> None:
    recognizer = build_recognizer(speech_settings)
    await recognizer.start()
    try:
        transcript = await recognizer.transcribe(clips[0].pcm, session="a", kind="final")
        assert count_errors(clips[0].text, transcript.text).total == 0
        health = recognizer.health()
        assert (health["engine"], health["window"], health["capacity"]) == ("faster_whisper", "tight", 10)
    finally:
        await recognizer.close()


async def test_without_a_set_capacity_the_machine_is_measured(speech_settings: SpeechSettings) -> None:
    recognizer = build_recognizer(msgspec.structs.replace(speech_settings, capacity=None))
    await recognizer.start()
    await recognizer.close()
    assert recognizer.capacity >= 1
    assert recognizer.health()["done"]["finals"] > 0


def test_capacity_follows_the_least_cost_and_the_lanes() -> None:
    clips = [Clip(bytes(32_000), "a"), Clip(bytes(96_000), "b")]
    assert least_cost(clips, [[100, 90], [40, 300]]) == pytest.approx(130 / 4_000)
    assert derive(0.03, lanes=2) == 20
    assert derive(0.03, lanes=1) == 10
    assert derive(9.0, lanes=2) == 1
    assert derive(0.0, lanes=2) == MOST


async def test_the_scripted_engine_needs_no_model() -> None:
    recognizer = build_recognizer(SpeechSettings(engine="scripted", script=("Yes.", "No.")))
    await recognizer.start()
    loud = b"\x00\x10\x00\xf0" * 8_000
    heard = [await recognizer.transcribe(loud, session="a", kind="final") for _ in range(2)]
    assert [transcript.text for transcript in heard] == ["Yes.", "No."]
    assert (await recognizer.transcribe(bytes(32_000), session="a", kind="final")).text == ""
    await recognizer.close()


async def test_the_window_is_checked_once_for_a_model_directory(speech_settings: SpeechSettings) -> None:
    settings = msgspec.structs.replace(speech_settings, window="auto")
    choice = choose(settings)
    window, finding = await find_window(settings, choice)
    assert finding is not None
    assert window == finding.window == "tight"
    assert finding.tight_errors <= 0.02
    assert finding.tight_cost < finding.full_cost
    kept = next((Path(settings.cache_dir) / "windows").glob("*.json"))
    kept.write_bytes(msgspec.json.encode(msgspec.structs.replace(finding, window="full")))
    assert (await find_window(settings, choice))[0] == "full"
    kept.write_bytes(b"{")
    assert (await find_window(settings, choice))[0] == "tight"


@pytest.mark.parametrize("window", ["tight", "full"])
async def test_a_window_that_was_set_is_not_checked(speech_settings: SpeechSettings, window: str) -> None:
    settings = msgspec.structs.replace(speech_settings, window=window)
    assert await find_window(settings, choose(settings)) == (window, None)


def test_a_short_window_that_costs_words_is_not_used() -> None:
    assert judge(WordErrors(wrong=1, words=60), WordErrors(words=60)) == "tight"
    assert judge(WordErrors(wrong=1, words=100), WordErrors(wrong=9, words=100)) == "tight"
    assert judge(WordErrors(missing=4, words=100), WordErrors(wrong=1, words=100)) == "full"


def test_a_finding_survives_being_written() -> None:
    finding = Finding(window="full", tight_errors=0.2, full_errors=0.01, tight_cost=0.01, full_cost=0.1)
    assert msgspec.json.decode(msgspec.json.encode(finding), type=Finding) == finding
