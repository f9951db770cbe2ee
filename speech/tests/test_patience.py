"""Patience follows a candidate's own pauses, slowly down, faster up, within bounds."""

from hypothesis import given
from hypothesis import strategies as st

from speech.listening_settings import ListeningSettings
from speech.patience import Patience, PatienceLearner

SETTINGS = ListeningSettings()


def learner() -> PatienceLearner:
    return PatienceLearner(SETTINGS)


def test_it_starts_from_the_settings() -> None:
    assert learner().patience == Patience(700, 1_300, 2_500)


def test_long_pauses_make_it_longer_and_short_ones_take_it_back() -> None:
    one = learner()
    one.learn(2_000)
    stretched = one.patience
    assert stretched.long_ms > 2_500
    for _ in range(100):
        one.learn(450)
    assert one.patience.long_ms < stretched.long_ms


def test_a_long_pause_counts_more_than_a_short_one() -> None:
    up, down = learner(), learner()
    up.learn(1_200)
    down.learn(400)
    assert up.patience.long_ms - 2_500 > 2_500 - down.patience.long_ms


def test_pauses_of_articulation_and_of_absence_teach_nothing() -> None:
    one = learner()
    assert not one.learn(200)
    assert not one.learn(30_000)
    assert one.patience == Patience()


def test_whether_it_changed_is_told() -> None:
    one = learner()
    assert one.learn(2_000)
    assert not one.learn(SETTINGS.usual_pause_ms + 160)


def test_what_was_learned_before_is_where_it_goes_on() -> None:
    first = learner()
    for _ in range(3):
        first.learn(1_800)
    second = learner()
    second.use(first.patience)
    assert second.patience == first.patience
    second.learn(1_800)
    assert second.patience.long_ms >= first.patience.long_ms


def test_the_accommodation_factor_comes_on_top() -> None:
    assert Patience(700, 1_300, 2_500).times(2) == Patience(1_400, 2_600, 5_000)


@given(pauses=st.lists(st.integers(0, 60_000)))
def test_it_never_leaves_its_bounds(pauses: list[int]) -> None:
    one = learner()
    for pause_ms in pauses:
        one.learn(pause_ms)
        short, medium, long = one.patience.short_ms, one.patience.medium_ms, one.patience.long_ms
        assert SETTINGS.shortest_wait_ms <= short <= medium <= long
        assert 1_200 <= medium <= 2_600
        assert 2_350 <= long <= 5_000
