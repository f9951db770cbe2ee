"""Three hints choose among three patiences; a sure "no" of the turn model overrules the other two."""

import pytest

from speech.listening_settings import ListeningSettings
from speech.patience import Patience
from speech.turn_end import Hints, wait_ms

PATIENCE = Patience(700, 1_300, 2_500)


def wait(text: bool | None, sound: float | None, enough: bool | None, later: float | None = None) -> int:
    return wait_ms(Hints(text, sound, later, enough), PATIENCE, ListeningSettings())


def test_all_agree_that_it_is_complete() -> None:
    assert wait(True, 0.9, True) == 700


@pytest.mark.parametrize(
    ("text", "sound", "enough"),
    [(True, 0.9, False), (True, 0.3, True), (False, 0.9, True), (True, 0.9, None)],
)
def test_two_of_three_agree(text: bool, sound: float, enough: bool | None) -> None:
    assert wait(text, sound, enough) == 1_300


@pytest.mark.parametrize(
    ("text", "sound", "enough"),
    [(False, 0.3, False), (True, 0.3, False), (False, 0.9, False), (False, 0.3, True), (None, 0.9, None)],
)
def test_otherwise_patience_is_long(text: bool | None, sound: float, enough: bool | None) -> None:
    assert wait(text, sound, enough) == 2_500


def test_without_an_ear_for_the_voice_patience_is_long() -> None:
    assert wait(True, None, True) == 2_500
    assert wait(None, None, None) == 2_500


def test_who_twice_sounds_like_going_on_is_left_in_peace() -> None:
    assert wait(True, 0.02, True, later=0.05) == 2_500


def test_once_is_chance() -> None:
    assert wait(True, 0.02, True, later=0.4) == 1_300
    assert wait(True, 0.02, True, later=None) == 1_300
