"""From a score to the words and colours that people read."""

from interviews.evaluation.results import Performance

EXCELLENT, GOOD, AVERAGE = 85, 70, 50
_EXCELLENT = Performance(
    "excellent",
    "Excellent",
    "Excellent performance. Nearly everything that was asked for was there.",
    "green",
)
_GOOD = Performance("good", "Good", "Good performance, with a few points left open.", "blue")
_AVERAGE = Performance(
    "average",
    "Average",
    "Average performance. Focus on the improvement areas to boost your score.",
    "yellow",
)
_POOR = Performance(
    "poor",
    "Needs work",
    "Much of what was asked for was not said. The improvement areas show where to begin.",
    "red",
)


def performance_of(score: float) -> Performance:
    """The level of a score from 0 to 100."""
    if score >= EXCELLENT:
        return _EXCELLENT
    if score >= GOOD:
        return _GOOD
    return _AVERAGE if score >= AVERAGE else _POOR
