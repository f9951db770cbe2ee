"""Where there is room for one quote, it is the one that says most."""

import msgspec

from reports import sample
from reports.content import Answer, Finding, Quote
from reports.evidence import best_quote, most_telling

IN_PASSING, LONG, SHORT = (
    Quote("an index", 1),
    Quote("every write gets slower with it", 2),
    Quote("I measure", 3),
)


def test_the_quote_under_most_points_is_taken_however_short() -> None:
    assert most_telling([IN_PASSING, LONG, SHORT, SHORT]) == SHORT


def test_among_equals_the_longest_is_taken() -> None:
    assert most_telling([IN_PASSING, LONG, SHORT]) == LONG
    assert most_telling([]) is None


def test_what_shows_a_point_goes_before_what_is_only_quoted() -> None:
    answer = Answer(text="", covered=(Finding("Measures.", SHORT), Finding("Unshown.")), quotes=(LONG,))
    assert best_quote(answer) == SHORT
    assert best_quote(msgspec.structs.replace(answer, covered=())) == LONG
    assert best_quote(Answer(text="")) is None


def test_every_quote_of_a_sample_can_be_counted() -> None:
    answers = [question.answer for question in sample.short().questions if question.answer]
    assert sum(best_quote(answer) is not None for answer in answers) == len(answers) - 1
