"""Settings that can't work are refused when they are made, not in the middle of an answer."""

import msgspec
import pytest

from speech.listening_settings import ListeningSettings, settings_from


def test_a_session_may_differ_in_any_of_them() -> None:
    settings = settings_from({"patience_factor": 2, "close_after_ms": 450, "nudge_after_ms": 9_000})
    assert (settings.patience_factor, settings.close_after_ms) == (2, 450)


def test_only_what_differs_is_stored() -> None:
    assert msgspec.to_builtins(settings_from({"close_after_ms": 450})) == {"close_after_ms": 450}


@pytest.mark.parametrize(
    "differing",
    [
        {"speech_until": 0.9},
        {"close_after_ms": 100},
        {"close_after_ms": 900},
        {"dip_ms": 250},
        {"patience_medium_ms": 600},
        {"ask_again_after_ms": 690},
        {"ask_after_ms": 400},
        {"patience_factor": 0.5},
        {"patience_factor": 9},
    ],
)
def test_what_contradicts_itself_is_refused(differing: dict[str, int | float]) -> None:
    with pytest.raises((ValueError, msgspec.ValidationError)):
        settings_from(differing)


def test_a_word_is_no_number() -> None:
    with pytest.raises(msgspec.ValidationError):
        settings_from({"close_after_ms": "soon"})  # type: ignore[dict-item]


def test_the_usual_settings_are_sound() -> None:
    assert ListeningSettings().shortest_wait_ms == pytest.approx(665)
