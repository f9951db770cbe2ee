"""Whether a pause ends the candidate's turn: three hints, three patiences (design section 3.3).

The hints: the words could be an end, the voice sounds like an end, enough is said for the question. Two
exceptions were measured to be needed (docs/decisions/turn-taking.md). Where the turn model is sure, twice,
that the speaker is going on, neither the words nor the coverage of the question shorten the wait. And where
there is no opinion on the voice at all, because no model is installed or it has too much to do, the other two
do not suffice: people pause between complete sentences, and it is the voice that tells.
"""

from math import sqrt

from msgspec import Struct

from speech.listening_settings import ListeningSettings
from speech.patience import Patience


class Hints(Struct, frozen=True):
    """What speaks for an end; None where nothing is known."""

    is_text_finished: bool | None = None
    completeness: float | None = None  # the turn model's, early in the pause
    completeness_later: float | None = None
    is_enough: bool | None = None


def wait_ms(hints: Hints, patience: Patience, settings: ListeningSettings) -> int:
    """This will tell how long a pause with these hints has to last to end the turn."""
    if hints.completeness is None or is_going_on(hints, settings):
        return patience.long_ms
    sounds_complete = hints.completeness >= settings.complete_from
    agreeing = [hints.is_text_finished, sounds_complete, hints.is_enough].count(True)
    return {3: patience.short_ms, 2: patience.medium_ms}.get(agreeing, patience.long_ms)


def is_going_on(hints: Hints, settings: ListeningSettings) -> bool:
    """The turn model heard twice that the speaker has not finished; evidence adds up in logarithms."""
    first, second = hints.completeness, hints.completeness_later
    if first is None or second is None:
        return False
    return sqrt(first * second) < settings.going_on_below
