"""The dashboard's figures as charts: each with what it stands on, and silent below ten."""

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString
from msgspec import Struct

from interviews.dashboard.figures import Group, HiringFunnel, Progress, Stop
from interviews.dashboard.quality import Quality, QuestionFigure, Reliability
from interviews.dashboard.spread import FEWEST, Agreement, Percentiles, Spread
from web.charts import Bar, Column, Mark, bars, columns, told

MOST_WEEKS = 26


class Chart(Struct, frozen=True, kw_only=True):
    """One picture, its headline figure, and the same as a table. Without `svg` it is silent."""

    key: str
    title: str
    n: int
    unit: str
    headline: str = ""
    words: str = ""
    svg: SafeString | None = None
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_silent(self) -> bool:
        return self.n < FEWEST


def funnel_chart(progress: Progress, opened: int, funnel: HiringFunnel) -> Chart:
    steps = [
        ("Invited", progress.total),
        ("Opened the room", opened),
        ("Began", progress.started),
        ("Completed", progress.completed),
        ("Decided by a person", progress.decided),
    ]
    verdicts = [("Advance", funnel.advance), ("Hold", funnel.hold), ("Decline", funnel.decline)]
    shown = [Bar(label, count, _of(count, progress.total)) for label, count in steps]
    shown += [Bar(f"Decision: {label.lower()}", count, f"{count}", is_part=True) for label, count in verdicts]
    title = "From invitation to decision"
    if progress.total < FEWEST:
        return Chart(key="funnel", title=title, n=progress.total, unit="interviews")
    rows = tuple((one.label, one.shown) for one in shown)
    return Chart(
        key="funnel",
        title=title,
        n=progress.total,
        unit="interviews",
        words="What people decided last counts processes, which may hold several interviews or none.",
        svg=bars("funnel", title, told(rows), shown, of=progress.total),
        columns=("Step", "Interviews"),
        rows=rows,
    )


def completion_chart(progress: Progress, weeks: Sequence[Group]) -> Chart:
    title = "Completion by week"
    if progress.ended < FEWEST:
        return Chart(key="completion", title=title, n=progress.ended, unit="interviews that are over")
    last = weeks[-MOST_WEEKS:]
    shown = [
        Column(_day(one.key), one.progress.ended, one.progress.completed)
        for one in last
        if one.progress.ended
    ]
    rows = tuple(
        (_day(one.key), str(one.progress.ended), str(one.progress.completed))
        for one in last
        if one.progress.ended
    )
    return Chart(
        key="completion",
        title=title,
        n=progress.ended,
        unit="interviews that are over",
        headline=f"{progress.completion_rate:g} %",
        words="Of those that began. Filled: completed; outline: left or ended early.",
        svg=columns(
            "completion",
            title,
            told((week, f"{done} of {over}") for week, over, done in rows),
            shown,
            axis="Interviews, by the Monday of their week",
        ),
        columns=("Week of", "Over", "Completed"),
        rows=rows,
    )


def spread_chart(key: str, title: str, unit: str, spread: Spread, *, suffix: str, axis: str) -> Chart:
    if spread.mean is None or spread.median is None:
        return Chart(key=key, title=title, n=spread.n, unit=unit)
    low, high = spread.lower_quartile or 0.0, spread.upper_quartile or 0.0
    rows = tuple((f"{one.low:g} to {one.high:g}", str(one.count)) for one in spread.bins)
    edges = [one.low for one in spread.bins] + [spread.bins[-1].high]
    mark = Mark(_place(low, edges), _place(spread.median, edges), _place(high, edges))
    shown = [Column(f"{one.low:g}", one.count) for one in spread.bins]
    return Chart(
        key=key,
        title=title,
        n=spread.n,
        unit=unit,
        headline=f"{spread.median:g}{suffix}",
        words=f"Median (line). Mean {spread.mean:g}; the middle half lies from {low:g} to {high:g} (band).",
        svg=columns(key, title, told(rows), shown, mark=mark, ends=f"{edges[-1]:g}", axis=axis),
        columns=("From, to", "Interviews"),
        rows=rows,
    )


def drop_off_chart(stops: Sequence[Stop]) -> Chart:
    title, reached = "Where candidates leave", stops[0].reached if stops else 0
    if reached < FEWEST:
        return Chart(key="drop-off", title=title, n=reached, unit="interviews that began")
    rows = tuple(
        (
            f"Question {one.number}",
            str(one.reached),
            str(one.stopped),
            f"{one.drop_off_rate:g} %" if one.reached >= FEWEST else "too few",
        )
        for one in stops
    )
    shown = [
        Bar(name, float(one.stopped), f"{left} of {n}")
        for one, (name, n, left, _) in zip(stops, rows, strict=True)
    ]
    return Chart(
        key="drop-off",
        title=title,
        n=reached,
        unit="interviews that began",
        words="How many left at each question, of those who reached it.",
        svg=bars("drop-off", title, told((name, f"{left} of {n}") for name, n, left, _ in rows), shown),
        columns=("Question", "Reached", "Left", "Share"),
        rows=rows,
    )


def questions_chart(questions: Sequence[QuestionFigure]) -> Chart:
    title = "How hard each question is, and how well it tells strong from weak"
    spoken = [one for one in questions if one.share is not None]
    if not spoken:
        most = max((one.n for one in questions), default=0)
        return Chart(key="questions", title=title, n=most, unit="answers to the most asked question")
    rows = tuple(
        (
            one.text,
            f"{100 * (one.share or 0):.0f} %",
            f"{one.discrimination:g}" if one.discrimination is not None else "too few, or no spread",
            str(one.n),
        )
        for one in spoken
    )
    shown = [
        Bar(text, 100 * (one.share or 0), f"{share} · r {r}" if one.discrimination is not None else share)
        for one, (text, share, r, _) in zip(spoken, rows, strict=True)
    ]
    return Chart(
        key="questions",
        title=title,
        n=max(one.n for one in spoken),
        unit="answers to the most asked question",
        words="Share of the points reached: the lower, the harder. r: how an answer goes with the "
        "candidate's other answers; below 0.2 a question tells little, below 0 it misleads.",
        svg=bars(
            "questions", title, told((text, f"{share}, r {r}") for text, share, r, _ in rows), shown, of=100
        ),
        columns=("Question", "Share of the points", "Discrimination", "Answers"),
        rows=rows,
    )


def agreement_chart(agreement: Agreement) -> Chart:
    title = "People and the AI"
    base = Chart(key="agreement", title=title, n=agreement.n, unit="answers rated by people")
    if agreement.same is None or agreement.close is None:
        return base
    rows = (("The same anchor", f"{agreement.same:g} %"), ("One apart at most", f"{agreement.close:g} %"))
    shown = [Bar(rows[0][0], agreement.same, rows[0][1]), Bar(rows[1][0], agreement.close, rows[1][1])]
    kappa = agreement.kappa
    return Chart(
        key="agreement",
        title=title,
        n=agreement.n,
        unit="answers rated by people",
        headline=f"κ {kappa:g}" if kappa is not None else "",
        words="The first rating of each person, given before their rating of the whole opened the answers, "
        "against the AI's anchor (1 to 5). κ is weighted quadratically: 1 is always the same, 0 is as often "
        "as by chance.",
        svg=bars("agreement", title, told(rows), shown, of=100),
        columns=("How near", "Share"),
        rows=(*rows, ("Weighted kappa", f"{kappa:g}" if kappa is not None else "no spread")),
    )


def service_chart(latency: Percentiles, reliability: Reliability) -> Chart:
    title = "The service"
    if reliability.n < FEWEST or latency.p50 is None or latency.p95 is None:
        return Chart(
            key="service", title=title, n=min(reliability.n, latency.n), unit="interviews and replies"
        )
    rows = (
        ("Half of the replies begin within", f"{latency.p50 / 1_000:.1f} s"),
        ("95 of 100 begin within", f"{latency.p95 / 1_000:.1f} s"),
    )
    shown = [Bar(rows[0][0], latency.p50, rows[0][1]), Bar(rows[1][0], latency.p95, rows[1][1])]
    losses = (
        ("Lost the connection at least once", _rate(reliability.dropped, reliability.logs_n)),
        ("Of these, came back", _rate(reliability.resumed, reliability.dropped)),
        ("Abandoned", _rate(reliability.abandoned, reliability.n)),
    )
    return Chart(
        key="service",
        title=title,
        n=latency.n,
        unit="replies",
        headline=rows[0][1],
        words="From the end of an answer to the first sentence of the reply. " + told(losses),
        svg=bars("service", title, told(rows + losses), shown),
        columns=("What", "How much"),
        rows=rows + losses,
    )


def all_charts(
    *,
    progress: Progress,
    opened: int,
    funnel: HiringFunnel,
    weeks: Sequence[Group],
    stops: Sequence[Stop],
    quality: Quality,
) -> list[Chart]:
    return [
        funnel_chart(progress, opened, funnel),
        completion_chart(progress, weeks),
        spread_chart("scores", "Scores", "scored interviews", quality.scores, suffix=" of 100", axis="Score"),
        spread_chart(
            "minutes", "Time taken", "completed interviews", quality.minutes, suffix=" min", axis="Minutes"
        ),
        drop_off_chart(stops),
        questions_chart(quality.questions),
        agreement_chart(quality.agreement),
        service_chart(quality.latency, quality.reliability),
    ]


def _day(key: str) -> str:
    """`16 Nov`, of a day as ISO 8601 writes it."""
    day = date.fromisoformat(key)
    return f"{day.day} {day:%b}"


def _of(count: int, whole: int) -> str:
    return f"{count} · {round(100 * count / whole)} %" if whole else f"{count}"


def _rate(part: int, whole: int) -> str:
    return f"{part} of {whole}" if whole >= FEWEST else "too few"


def _place(value: float, edges: Sequence[float]) -> float:
    """How many columns from the left a value lies, between edges that need not be equally far apart."""
    inside = min(max(value, edges[0]), edges[-1])
    at = max(0, min(len(edges) - 2, sum(1 for edge in edges[1:-1] if inside >= edge)))
    return at + (inside - edges[at]) / (edges[at + 1] - edges[at])
