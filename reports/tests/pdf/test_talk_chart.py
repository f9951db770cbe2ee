import pytest

from reports.content import SpokenSpan, Timeline, TimelineMark
from reports.pdf import talk_chart

MINUTE = 60_000


@pytest.mark.parametrize(
    ("minutes", "lengths"),
    [(5, [5]), (12, [12]), (31, [10, 10, 10, 1]), (100, [15] * 6 + [10]), (600, [75] * 8)],
)
def test_a_conversation_is_divided_into_staves_of_one_scale(minutes: int, lengths: list[int]) -> None:
    staves = talk_chart.staves(Timeline(duration_ms=minutes * MINUTE))
    assert [(stave.to_ms - stave.from_ms) // MINUTE for stave in staves] == lengths
    assert len({stave.scale_ms for stave in staves}) == 1


def test_nothing_said_still_gives_a_stave() -> None:
    assert len(talk_chart.staves(Timeline())) == 1


def test_speech_past_the_stated_end_is_on_the_chart() -> None:
    staves = talk_chart.staves(Timeline(MINUTE, (SpokenSpan("candidate", 0, 3 * MINUTE),)))
    assert staves[-1].to_ms == 3 * MINUTE


def test_marks_are_numbered_in_order_of_time() -> None:
    late, early = TimelineMark("drop", 9_000), TimelineMark("pause", 1_000)
    assert talk_chart.numbered(Timeline(10_000, (), (late, early))) == [(1, early), (2, late)]


def test_the_words_for_it_name_shares_and_marks() -> None:
    line = Timeline(
        2 * MINUTE, (SpokenSpan("candidate", 0, MINUTE),), (TimelineMark("drop", 5), TimelineMark("drop", 9))
    )
    assert talk_chart.in_words(line) == (
        "Who spoke when over 2 min: interviewer 0 s, candidate 1 min; 0 pauses, 2 drops, 0 interventions."
    )
