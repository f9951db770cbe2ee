"""What a person sees of a plan before using it: its questions, the time they take, what is missing."""

from collections.abc import Iterable

from msgspec import Struct

from interviews.plan import Claim, Kind, Level, Mode, Plan, PlannedQuestion, Source
from interviews.planning.description import is_about
from interviews.planning.timing import Span, time_of, time_of_question


class PreviewedQuestion(Struct, frozen=True):
    number: int
    key: str
    text: str
    kind: Kind
    competency: str
    difficulty: Level
    mode: Mode
    source: Source
    is_core: bool
    reason: str
    minutes: float  # usually
    most_minutes: float
    expected_points: tuple[str, ...]
    follow_ups: tuple[str, ...]


class CoveredCompetency(Struct, frozen=True):
    """A competency and the numbers of the questions that go into it; none where it is not covered."""

    name: str
    numbers: tuple[int, ...]
    is_wanted: bool  # by the job; others come with the questions


class Time(Struct, frozen=True):
    """In minutes."""

    least: float
    usual: float
    most: float
    planned: int

    @property
    def fits(self) -> bool:
        return self.usual <= self.planned


class Preview(Struct, frozen=True):
    role: str
    level: Level
    questions: tuple[PreviewedQuestion, ...]
    time: Time
    competencies: tuple[CoveredCompetency, ...]
    claims: tuple[Claim, ...]
    notes: tuple[str, ...]


def preview_plan(plan: Plan, competencies: Iterable[str] = ()) -> Preview:
    """This will describe `plan`; `competencies` are those that the job wants."""
    least, usual, most = time_of(plan).minutes
    return Preview(
        role=plan.role,
        level=plan.level,
        questions=tuple(_question(plan, number, one) for number, one in enumerate(plan.questions, 1)),
        time=Time(least, usual, most, plan.duration_minutes),
        competencies=_coverage(plan, tuple(competencies)),
        claims=plan.claims,
        notes=plan.notes,
    )


def preview_lines(preview: Preview) -> list[str]:
    """The same for a terminal."""
    time = preview.time
    head = f"{preview.role} ({preview.level}): {len(preview.questions)} questions"
    return [
        f"{head}, usually {time.usual:g} minutes ({time.least:g} to {time.most:g}); {time.planned} planned.",
        *(f"  Note: {note}" for note in preview.notes),
        *(line for question in preview.questions for line in _lines_of(question)),
        "",
        "Competencies:",
        *(f"  {one.name}: {_numbers(one.numbers)}" for one in preview.competencies),
    ]


def _lines_of(question: PreviewedQuestion) -> list[str]:
    share = "for everybody" if question.is_core else "for this candidate only"
    facts = (
        question.kind,
        question.competency,
        question.difficulty,
        question.mode,
        f"from: {question.source}",
    )
    lines = [
        "",
        f"{question.number}. {question.text}",
        f"   {', '.join(facts)}, {share}, {question.minutes:g} min",
    ]
    return [*lines, f"   {question.reason}"] if question.reason else lines


def _numbers(numbers: tuple[int, ...]) -> str:
    return "question " + ", ".join(map(str, numbers)) if numbers else "no question goes into it"


def _question(plan: Plan, number: int, question: PlannedQuestion) -> PreviewedQuestion:
    span: Span = time_of_question(question, plan.max_follow_ups)
    return PreviewedQuestion(
        number=number,
        key=question.key,
        text=question.text,
        kind=question.kind,
        competency=question.competency,
        difficulty=question.difficulty,
        mode=question.mode,
        source=question.source,
        is_core=question.is_core,
        reason=question.reason,
        minutes=span.minutes[1],
        most_minutes=span.minutes[2],
        expected_points=tuple(point.text for point in question.expected_points),
        follow_ups=question.follow_ups,
    )


def _coverage(plan: Plan, wanted: tuple[str, ...]) -> tuple[CoveredCompetency, ...]:
    core = [(number, one) for number, one in enumerate(plan.questions, 1) if one.is_core]
    asked = [
        CoveredCompetency(name, tuple(number for number, one in core if is_about(one, name)), True)
        for name in wanted
    ]
    others = dict.fromkeys(one.competency for _, one in core if one.competency not in wanted)
    return (
        *asked,
        *(
            CoveredCompetency(name, tuple(number for number, one in core if one.competency == name), False)
            for name in others
            if name
        ),
    )
