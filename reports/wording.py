"""Numbers, times and amounts as a report says them."""

import math
from datetime import date, datetime

NOT_JUDGED = "not judged"

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def clock(at_ms: int) -> str:
    """A position in the conversation: 03:12, or 1:03:12 from an hour on."""
    minutes, seconds = divmod(max(0, at_ms) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def length(ms: int) -> str:
    """A duration: 45 s, 2 min 10 s, 31 min."""
    seconds = round(max(0, ms) / 1000)
    if seconds < 60:
        return f"{seconds} s"
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if rest and minutes < 10 else f"{minutes} min"


def day(on: date) -> str:
    """21 November 2026."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def moment(at: datetime) -> str:
    """21 November 2026, 10:30 UTC; the zone only where the time carries one."""
    zone = f" {at.tzname()}" if at.tzinfo else ""
    return f"{day(at)}, {at:%H:%M}{zone}"


def points(value: float | None) -> str:
    """A score of 0–100 as a whole number."""
    return str(math.floor(value + 0.5)) if is_known(value) and value is not None else NOT_JUDGED


def mean(value: float | None) -> str:
    """A mean of anchors with one decimal."""
    return f"{value:.1f}" if is_known(value) else NOT_JUDGED


def rating(value: float | None) -> str:
    """One rating on 1–5, without decimals it doesn't have."""
    return f"{value:g}" if is_known(value) else NOT_JUDGED


def per_cent(share: float) -> str:
    """A share of 0..1 as a whole per cent."""
    return f"{round(share * 100)} %"


def count(n: int, one: str, many: str = "") -> str:
    """1 answer, 2 answers."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def sentence_case(word: str) -> str:
    """system_design as "System design"."""
    spaced = word.replace("_", " ").strip()
    return spaced[:1].upper() + spaced[1:]


_REPLIES = {
    "follow_up": "follow-up",
    "clarify": "clarifying question",
    "repeat": "said again",
    "rephrase": "in other words",
    "help": "a foothold",
    "offer_accepted": "offer taken",
    "ask_again": "asked to say it once more",
    "nudge": "after a silence",
    "person": "a person was asked for",
    "said": "words of a person",
}


def reply(kind: str) -> str:
    """What kind of reply it was, for people."""
    return _REPLIES.get(kind, kind.replace("_", " "))


def is_known(value: float | None) -> bool:
    """This will tell a number from None and from what isn't a number."""
    return value is not None and math.isfinite(value)
