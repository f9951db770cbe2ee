"""Impact ratios, pure: how often each group passes, against the group that passes most often.

As the rules to New York City's Local Law 144 have it: the rate of a group divided by the highest rate, for
sex, for race or ethnicity, and for both together; groups below two percent of all may be left out. These are
facts to look into and never a verdict.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from interviews.dashboard.spread import FEWEST, quantile

SMALLEST_SHARE = 0.02
BETWEEN = " · "  # the names of a group
SMALL = 30  # below it one person more or less moves a rate by three points and more


class Case(Struct, frozen=True):
    """One candidate who answered. `advanced` is None where nobody decided, `score` where there is none."""

    sex: str
    ethnicity: str
    advanced: bool | None
    score: float | None


class Passing(Struct, frozen=True, kw_only=True):
    """One group of ten or more. `ratio` is None for the smallest, and where nobody passes."""

    group: str
    n: int
    rate: float
    ratio: float | None = None
    note: str = ""


class Impact(Struct, frozen=True, kw_only=True):
    """One table; silent (no rows) below ten cases in all."""

    title: str
    n: int
    hidden: int = 0  # cases of groups that are not even named: below ten, or told by subtracting
    rows: tuple[Passing, ...] = ()


def selection(
    title: str, cases: Iterable[Case], names: Sequence[str], margins: Sequence[Impact] = ()
) -> Impact:
    """By what people decided: who was advanced, of those who were decided about.

    `margins` are the tables by each of several `names`, in their order; nothing is told by subtracting.
    """
    found = [(_group(one, names), bool(one.advanced)) for one in cases if one.advanced is not None]
    return _impact(title, found, margins)


def scoring(
    title: str, cases: Iterable[Case], names: Sequence[str], margins: Sequence[Impact] = ()
) -> Impact:
    """By scores: who lies above the median of all who have one. `margins` as above."""
    scored = [(one, one.score) for one in cases if one.score is not None]
    if not scored:
        return Impact(title=title, n=0)
    median = quantile([score for _, score in scored], 0.5)
    return _impact(title, [(_group(one, names), score > median) for one, score in scored], margins)


def _group(case: Case, names: Sequence[str]) -> str:
    """Empty where one of the names was not answered."""
    values = [str(getattr(case, name)) for name in names]
    return BETWEEN.join(values) if all(values) else ""


def _impact(title: str, found: list[tuple[str, bool]], margins: Sequence[Impact]) -> Impact:
    known = [one for one in found if one[0]]
    if len(known) < FEWEST:
        return Impact(title=title, n=len(known))
    counts: dict[str, list[bool]] = {}
    for group, passed in known:
        counts.setdefault(group, []).append(passed)
    shown = {group: of for group, of in counts.items() if len(of) >= FEWEST}
    while (telling := _told_by_subtracting(shown, margins)) is not None:
        del shown[telling]
    fit = {
        group: 100 * sum(of) / len(of)
        for group, of in shown.items()
        if len(of) >= SMALLEST_SHARE * len(known)
    }
    best = max(fit.values(), default=0.0)
    rows = [_passing(group, of, fit.get(group), best) for group, of in shown.items()]
    return Impact(
        title=title,
        n=len(known),
        hidden=len(known) - sum(row.n for row in rows),
        rows=tuple(sorted(rows, key=lambda row: (-row.n, row.group))),
    )


def _told_by_subtracting(shown: Mapping[str, list[bool]], margins: Sequence[Impact]) -> str | None:
    """The smallest group that, taken from a row of a margin, leaves fewer than ten people."""
    for place, margin in enumerate(margins):
        for whole in margin.rows:
            parts = [group for group in shown if group.split(BETWEEN)[place] == whole.group]
            left = whole.n - sum(len(shown[group]) for group in parts)
            if parts and 0 < left < FEWEST:
                return min(parts, key=lambda group: (len(shown[group]), group))
    return None


def _passing(group: str, of: list[bool], fit: float | None, best: float) -> Passing:
    n = len(of)
    rate = round(100 * sum(of) / n, 1)
    if fit is None:
        return Passing(group=group, n=n, rate=rate, note="below 2 % of all: left out of the ratios")
    note = "small number: one person more or less changes much" if n < SMALL else ""
    return Passing(group=group, n=n, rate=rate, ratio=round(fit / best, 2) if best else None, note=note)
