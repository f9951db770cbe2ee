"""From speech probabilities to utterances and pauses; a frame is 32 ms."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.endpointing import (
    Endpoint,
    Endpointer,
    PauseGrew,
    SpeechBegan,
    SpeechLasted,
    SpeechResumed,
    UtteranceClosed,
)
from speech.listening_settings import ListeningSettings

FRAME = 512
MS = 16


def endpointer(offset: int = 0, **differing: Any) -> Endpointer:
    return Endpointer(ListeningSettings(**differing), offset)


def feed(one: Endpointer, *runs: tuple[float, int], loudness: float = 1.0) -> list[Endpoint]:
    """Push runs of (probability, frames); what was found but for the pauses' growing."""
    found = [
        end for probability, frames in runs for _ in range(frames) for end in one.push(probability, loudness)
    ]
    return [end for end in found if not isinstance(end, PauseGrew)]


def closed(found: list[Endpoint]) -> list[UtteranceClosed]:
    return [end for end in found if isinstance(end, UtteranceClosed)]


def test_silence_finds_nothing() -> None:
    one = endpointer()
    assert feed(one, (0.02, 1_000)) == []
    assert one.utterance is None


def test_speech_begins_at_its_first_frame() -> None:
    one = endpointer()
    assert feed(one, (0.02, 30), (0.9, 3)) == [SpeechBegan(30 * FRAME, None)]


@pytest.mark.parametrize("frames", [1, 2])
def test_a_click_is_no_speech(frames: int) -> None:
    assert feed(endpointer(), (0.02, 30), (0.95, frames), (0.02, 60)) == []


def test_typing_is_no_speech() -> None:
    assert feed(endpointer(), *[(0.95, 1), (0.02, 3)] * 50) == []


def test_an_utterance_has_its_margins() -> None:
    (found,) = closed(feed(endpointer(), (0.02, 60), (0.9, 40), (0.02, 12)))
    assert found.first == 60 * FRAME
    assert found.last == 100 * FRAME
    assert found.start == 60 * FRAME - 400 * MS
    assert found.end == 106 * FRAME  # 192 ms, six frames, behind the last spoken one
    assert found.is_speech


def test_it_closes_at_the_pause_and_not_before() -> None:
    one = endpointer()
    assert not closed(feed(one, (0.9, 40), (0.02, 11)))
    assert closed(feed(one, (0.02, 1)))


def test_no_utterance_reaches_into_the_one_before() -> None:
    one = endpointer()
    first, second = closed(feed(one, (0.9, 40), (0.02, 13), (0.9, 40), (0.02, 13)))
    assert second.start == first.end


def test_a_dip_inside_a_word_ends_nothing() -> None:
    found = feed(endpointer(), (0.9, 20), (0.1, 3), (0.9, 1), (0.1, 3), (0.9, 20), (0.02, 12))
    assert [type(end) for end in found] == [SpeechBegan, SpeechLasted, UtteranceClosed]


def test_soft_word_ends_are_kept() -> None:
    (found,) = closed(feed(endpointer(), (0.9, 20), (0.4, 10), (0.02, 12)))
    assert found.last == 30 * FRAME


def test_going_on_after_a_short_pause_is_told() -> None:
    found = feed(endpointer(), (0.9, 20), (0.02, 8), (0.9, 3))
    assert found[-1] == SpeechResumed(28 * FRAME, 20 * FRAME)


def test_a_blip_does_not_start_the_pause_anew() -> None:
    one = endpointer()
    feed(one, (0.9, 20), (0.02, 30), (0.9, 1), (0.02, 5))
    (grew,) = [end for end in one.push(0.02, 0.0) if isinstance(end, PauseGrew)]
    assert grew == PauseGrew(20 * FRAME, 37 * FRAME)


def test_the_pause_is_not_counted_while_speech_may_be_beginning() -> None:
    one = endpointer()
    feed(one, (0.9, 20), (0.02, 30))
    assert one.push(0.9, 0.0) == []
    assert one.push(0.02, 0.0) == []


def test_speech_after_a_pause_tells_where_the_pause_began() -> None:
    found = feed(endpointer(), (0.9, 20), (0.02, 50), (0.9, 3))
    assert found[-1] == SpeechBegan(70 * FRAME, 20 * FRAME)


def test_lasting_speech_is_told_once() -> None:
    lasted = [end for end in feed(endpointer(), (0.9, 100)) if isinstance(end, SpeechLasted)]
    assert lasted == [SpeechLasted(0, 10 * FRAME)]


def test_a_cough_is_too_short_for_words() -> None:
    (found,) = closed(feed(endpointer(), (0.02, 30), (0.9, 4), (0.02, 12)))
    assert not found.is_speech


def test_what_never_sounds_like_a_voice_is_no_speech() -> None:
    (found,) = closed(feed(endpointer(), (0.02, 30), (0.65, 30), (0.02, 12)))
    assert not found.is_speech


def test_a_stretch_without_pause_is_cut_where_it_is_quietest() -> None:
    one = endpointer()
    feed(one, (0.9, 200))
    feed(one, (0.9, 6), loudness=0.1)
    found = closed(feed(one, (0.9, 200)))
    assert len(found) == 1
    assert found[0].is_cut
    assert 200 * FRAME <= found[0].end <= 206 * FRAME
    assert one.utterance is not None
    assert one.utterance.start == found[0].end


def test_no_utterance_is_as_long_as_twelve_seconds() -> None:
    found = closed(feed(endpointer(), (0.02, 30), (0.9, 2_000), (0.02, 12)))
    assert max(end.end - end.start for end in found) < 12_000 * MS
    assert all(later.start == earlier.end for earlier, later in pairwise(found))


def test_the_rest_of_a_cut_is_speech_however_short() -> None:
    one = endpointer()
    feed(one, (0.9, 330))
    feed(one, (0.9, 4), loudness=0.0)
    *_, last = closed(feed(one, (0.9, 11), (0.02, 12)))
    assert last.is_speech


def test_closing_by_hand_takes_what_there_is() -> None:
    one = endpointer()
    feed(one, (0.02, 60), (0.9, 20))
    found = one.close_now()
    assert found is not None
    assert (found.last, found.end, found.is_speech) == (80 * FRAME, 80 * FRAME, True)
    assert one.close_now() is None


def test_missing_audio_ends_the_utterance_and_restarts_the_pause() -> None:
    one = endpointer()
    feed(one, (0.9, 20))
    found = one.skip_to(100_000)
    assert found is not None
    assert found.end == 20 * FRAME
    (grew,) = one.push(0.02, 0.0)
    assert grew == PauseGrew(100_000, FRAME)


def test_what_could_still_be_needed_is_kept() -> None:
    one = endpointer()
    feed(one, (0.02, 300))
    assert 0 < one.position - one.oldest_needed <= 600 * MS
    feed(one, (0.9, 50))
    assert one.utterance is not None
    assert one.oldest_needed == one.utterance.start


def test_it_may_begin_anywhere() -> None:
    found = feed(endpointer(offset=777), (0.9, 3))
    assert found == [SpeechBegan(777, None)]


@given(
    runs=st.lists(st.tuples(st.sampled_from([0.02, 0.3, 0.45, 0.6, 0.95]), st.integers(1, 80)), max_size=40),
    loudness=st.floats(0, 1),
)
def test_utterances_never_overlap_and_nothing_spoken_lies_between_them(
    runs: list[tuple[float, int]], loudness: float
) -> None:
    one = endpointer()
    found = feed(one, *runs, (0.02, 20), loudness=loudness)
    ends = closed(found)
    begins = [end for end in found if isinstance(end, SpeechBegan)]
    assert one.utterance is None
    assert len([end for end in ends if not end.is_cut]) == len(begins)
    for earlier, later in pairwise(ends):
        assert earlier.start < earlier.end <= later.start
    for end in ends:
        assert end.start <= end.first <= end.last <= end.end
        assert end.end - end.start < 12_000 * MS
