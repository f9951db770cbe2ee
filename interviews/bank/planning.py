"""Plans made from the bank: the same questions for the same wishes, easiest first."""

from collections.abc import Iterable

from msgspec.structs import replace

from interviews.bank.loader import (
    GENERAL_ROLE,
    BankQuestion,
    RoleFile,
    find_questions,
    get_question,
    load_bank,
)
from interviews.plan import Level, Plan, PlannedQuestion
from interviews.spoken_words import stem, words

MINUTES_PER_QUESTION = 5  # a question, two follow-ups and the thinking
FEWEST, MOST = 3, 10
_LEVELS: tuple[Level, ...] = ("beginner", "intermediate", "advanced")
_TECHNICAL = frozenset({"technical", "coding", "system_design"})
_EMPTY_ROLE_WORDS = frozenset(
    {"senior", "junior", "lead", "the", "a", "of", "and", "in", "for", "staff", "head"}
)

DEMO_KEYS = (
    "backend-background",
    "backend-generator",
    "backend-migration",
    "backend-queue",
    "backend-conflict",
    "backend-mistake",
    "backend-index",
    "backend-design-start",
)
DEMO_FACTS = (
    (
        "The job is backend engineer in the billing team of Brightwater, a company of eighty people "
        "that makes booking software for small clinics."
    ),
    "The team has six people, among them two backend engineers, a designer and a product manager.",
    (
        "You can work from home up to three days a week; the office is near the central station and easy "
        "to reach."
    ),
    "The salary range is 62,000 to 74,000 euros a year, depending on experience.",
    (
        "The position is full-time and permanent, with 30 days of holiday a year; part-time from 80 "
        "percent is possible."
    ),
    "The main tools are Python, Django, Postgres and a little Go.",
    (
        "The next step is a talk of one hour with two people from the team; you hear from us within five "
        "working days."
    ),
    "Nobody is turned down by a program: a person of the hiring team reads the report and decides.",
)


def build_plan(
    role: str,
    level: str = "intermediate",
    type: str = "mixed",  # noqa: A002 - the word that the REST clients use
    *,
    count: int | None = None,
    duration_minutes: int = 30,
) -> Plan:
    """A plan for any role's name; `type` is mixed, technical, behavioral, coding or system_design.

    Unknown roles get the closest known one or questions that fit any role, and a sentence in `notes`.
    """
    file, notes = closest_role(role)
    wanted = level if level in _LEVELS else "intermediate"
    number = question_count(count, duration_minutes)
    fitting = eligible_questions(file, wanted, type)
    others = [question for question in eligible_questions(file, wanted, "mixed") if question not in fitting]
    picked = _pick(fitting, number) + _pick(others, number - len(fitting))
    if len(fitting) < number:
        notes = (*notes, _shortage(len(fitting), len(picked), number))
    return Plan(
        role=role.strip() or file.role,
        level=_LEVELS[_LEVELS.index(wanted)],
        questions=in_order(picked),
        duration_minutes=duration_minutes,
        notes=notes,
    )


def demo_plan(count: int = 5) -> Plan:
    """An interview for a backend engineer at a made-up company, for first tries and demonstrations."""
    return Plan(
        role="Backend engineer",
        level="intermediate",
        questions=tuple(get_question(key) for key in DEMO_KEYS[:count]),
        duration_minutes=20,
        organisation="Brightwater",
        facts=DEMO_FACTS,
    )


def in_order(questions: Iterable[PlannedQuestion]) -> tuple[PlannedQuestion, ...]:
    """Easiest first; otherwise as they come."""
    return tuple(sorted(questions, key=lambda question: _LEVELS.index(question.difficulty)))


def _shortage(fitting: int, picked: int, wanted: int) -> str:
    others = f" {picked - fitting} of another type fill it up." if picked > fitting else ""
    return f"The bank has {fitting} fitting questions, of {wanted} asked for.{others}"


def closest_role(name: str) -> tuple[RoleFile, tuple[str, ...]]:
    """The role file that fits `name` best, and what the person who asked should know about the choice."""
    wanted = _role_words(name)
    scored = [(_likeness(wanted, file), file) for file in load_bank() if file.role != GENERAL_ROLE]
    best, file = max(scored, key=lambda pair: pair[0])
    if best >= 1.0:
        return file, ()
    if best >= 0.5:
        return file, (f"There are no questions for “{name}” yet; these are the ones for: {file.role}.",)
    general = next(file for file in load_bank() if file.role == GENERAL_ROLE)
    return general, (f"There are no questions for “{name}” yet; these fit any role. Add some of your own.",)


def _likeness(wanted: frozenset[str], file: RoleFile) -> float:
    names = [_role_words(name) for name in (file.role, *file.aliases)]
    return max(len(wanted & name) / max(len(wanted | name), 1) for name in names)


def _role_words(name: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(name) if word not in _EMPTY_ROLE_WORDS)


def eligible_questions(file: RoleFile, level: str, kind: str) -> list[PlannedQuestion]:
    """The role's questions of that level first, then of the nearest levels, then those for any role."""
    own = sorted(file.questions, key=lambda entry: _distance(level, entry))
    general = [] if file.role == GENERAL_ROLE else find_questions(role=GENERAL_ROLE)
    fitting = [entry.question for entry in (*own, *general) if _is_of(kind, entry.question)]
    return _alternating(fitting) if kind == "mixed" else fitting


def _distance(level: str, entry: BankQuestion) -> int:
    names: tuple[str, ...] = _LEVELS
    return abs(names.index(entry.question.difficulty) - names.index(level))


def _is_of(kind: str, question: PlannedQuestion) -> bool:
    if kind == "technical":
        return question.kind in _TECHNICAL
    return question.kind == kind if kind in {"behavioral", "coding", "system_design"} else True


def _alternating(questions: list[PlannedQuestion]) -> list[PlannedQuestion]:
    technical = [question for question in questions if question.kind in _TECHNICAL]
    behavioral = [question for question in questions if question.kind not in _TECHNICAL]
    shared = min(len(technical), len(behavioral))
    pairs = zip(behavioral[:shared], technical[:shared], strict=True)
    return [question for pair in pairs for question in pair] + technical[shared:] + behavioral[shared:]


def _pick(questions: list[PlannedQuestion], count: int) -> list[PlannedQuestion]:
    """The first `count`, but no competency a second time while another has had no turn."""
    picked: list[PlannedQuestion] = []
    waiting = list(questions)
    while waiting and len(picked) < count:
        seen = [question.competency for question in picked]
        waiting.sort(key=lambda question: seen.count(question.competency))
        picked.append(waiting.pop(0))
    return picked


def question_count(count: int | None, duration_minutes: int) -> int:
    """As many as are wished for, else as many as fit the time."""
    if count is not None:
        return max(count, 1)
    return min(max(duration_minutes // MINUTES_PER_QUESTION, FEWEST), MOST)


def with_facts(plan: Plan, organisation: str, facts: tuple[str, ...]) -> Plan:
    """The plan for one organisation's job."""
    return replace(plan, organisation=organisation, facts=facts)
