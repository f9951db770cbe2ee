import pytest
from msgspec.structs import replace

from interviews.bank import (
    BankError,
    build_plan,
    closest_role,
    demo_plan,
    find_questions,
    get_question,
    load_bank,
    read_role_file,
    with_facts,
)
from interviews.bank.lint import find_faults, find_gaps
from interviews.bank.loader import GENERAL_ROLE
from interviews.plan import ExpectedPoint, PlannedQuestion

QUESTIONS = [entry.question for entry in find_questions()]


def test_the_bank_has_no_faults():
    assert find_faults(QUESTIONS) == []


def test_at_least_twelve_professions_are_asked_fully_at_every_level():
    roles = {file.role: [entry.question for entry in file.questions] for file in load_bank()}
    full = {role for role, questions in roles.items() if not find_gaps(questions)}
    assert full == set(roles) - {GENERAL_ROLE}
    assert len(full) >= 12
    assert len(QUESTIONS) >= 240


def test_each_role_has_technical_and_behavioral_questions():
    for file in load_bank():
        kinds = {entry.question.kind for entry in file.questions}
        assert "behavioral" in kinds
        assert file.role == "Any role" or "technical" in kinds


def test_filters_meet():
    found = find_questions(role="nurse", level="beginner", kind="technical", competency="Safety")
    assert [entry.question.key for entry in found] == ["nurse-medication", "nurse-hygiene"]


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        get_question("no-such-question")


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Nurse", "Nurse"),
        ("Senior Python Developer", "Backend engineer"),
        ("React developer", "Frontend engineer"),
        ("ICU nurse", "Nurse"),
        ("product owner", "Product manager"),
        ("Sales manager", "Any role"),
        ("", "Any role"),
    ],
)
def test_names_of_jobs_find_their_questions(name, role):
    assert closest_role(name)[0].role == role


def test_a_plan_is_the_same_each_time_and_easiest_first():
    plan = build_plan("Backend engineer", "intermediate", count=6)
    order = ["beginner", "intermediate", "advanced"]
    levels = [order.index(question.difficulty) for question in plan.questions]
    assert plan == build_plan("Backend engineer", "intermediate", count=6)
    assert levels == sorted(levels)
    assert len({question.key for question in plan.questions}) == 6


def test_a_mixed_plan_holds_both_kinds_and_spreads_over_competencies():
    plan = build_plan("Nurse", "beginner", "mixed", count=4)
    assert {question.kind for question in plan.questions} == {"technical", "behavioral"}
    assert len({question.competency for question in plan.questions}) == 4


@pytest.mark.parametrize("kind", ["technical", "behavioral", "coding", "system_design"])
def test_a_plan_of_one_type_begins_with_that_type(kind):
    plan = build_plan("Backend engineer", "beginner", kind, count=1)
    expected = {"technical", "coding", "system_design"} if kind == "technical" else {kind}
    assert plan.questions[0].kind in expected
    assert plan.notes == ()


@pytest.mark.parametrize("kind", ["mixed", "technical", "behavioral"])
def test_an_unknown_role_gets_questions_and_a_note(kind):
    plan = build_plan("Lighthouse keeper", "advanced", kind, count=5)
    assert len(plan.questions) == 5
    assert plan.role == "Lighthouse keeper"
    assert "Lighthouse keeper" in plan.notes[0]


def test_the_number_of_questions_follows_the_time():
    assert build_plan("Nurse", duration_minutes=15).total == 3
    assert build_plan("Nurse", duration_minutes=30).total == 6
    assert build_plan("Nurse", duration_minutes=200).total == 10


def test_the_demo_fits_the_recordings():
    keys = [question.key for question in demo_plan().questions]
    assert keys[:3] == ["backend-background", "backend-generator", "backend-migration"]
    assert demo_plan().facts


def test_facts_are_put_in():
    plan = with_facts(build_plan("Nurse", count=3), "St Anna", ("There are night shifts.",))
    assert (plan.organisation, plan.facts) == ("St Anna", ("There are night shifts.",))


def test_a_file_of_ones_own_that_is_wrong_is_named(tmp_path):
    path = tmp_path / "pilot.yaml"
    path.write_text("role: Pilot\naliases: []\nquestions:\n  - key: one\n", encoding="utf-8")
    with pytest.raises(BankError, match=r"pilot\.yaml.*level"):
        read_role_file(path)
    path.write_text("role: [", encoding="utf-8")
    with pytest.raises(BankError, match=r"pilot\.yaml"):
        read_role_file(path)


def test_words_that_yaml_would_take_for_something_else_stay_words(tmp_path):
    path = tmp_path / "pilot.yaml"
    path.write_text(ONE_QUESTION.format(cues="[no, Yes, on, 1984, 2.5, 2024-05-01]"), encoding="utf-8")
    question = read_role_file(path).questions[0].question
    assert question.expected_points[0].cues == ("no", "Yes", "on", "1984", "2.5", "2024-05-01")
    assert question.expected_points[0].probe == "Why?"
    path.write_text(ONE_QUESTION.format(cues="[~]"), encoding="utf-8")
    with pytest.raises(BankError, match=r"pilot\.yaml.*cues"):
        read_role_file(path)


ONE_QUESTION = """
role: Pilot
aliases: []
questions:
  - key: pilot-refusal
    level: beginner
    type: behavioral
    competency: Judgement
    text: When did you last say no?
    rephrase: When did you refuse?
    help: Think of the weather.
    points:
      - point: Says no.
        topic: refusing
        cues: {cues}
    follow_ups:
      - point: 1
        ask: Why?
    anchors: [a, b, c, d, e]
"""
GOOD = get_question("backend-queue")


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        (replace(GOOD, text="Don't you think that queues are a good idea for slow work?"), "leads"),
        (replace(GOOD, help="Are you married, by the way?"), "protected topic: family"),
        (replace(GOOD, rephrase=""), "rephrase is missing"),
        (replace(GOOD, text="Queues?"), "7 characters"),
        (replace(GOOD, help=" ".join(["word"] * 40)), "40 words"),
        (replace(GOOD, follow_ups=("Why?",)), "1 follow-ups"),
        (replace(GOOD, expected_points=GOOD.expected_points[:2]), "2 expected points"),
        (replace(GOOD, anchors={"1": "Something that is long enough."}), "anchors"),
        (replace(GOOD, text=GOOD.text + " Was it idempotent?"), "reciting it would score"),
    ],
)
def test_the_linter_finds_what_is_wrong(question: PlannedQuestion, fault: str):
    assert any(fault in found for found in find_faults([question]))


def test_the_linter_finds_duplicates_and_points_that_miss_themselves():
    deaf = (ExpectedPoint("Says hello.", cues=("goodbye",), topic="greeting"), *GOOD.expected_points[1:])
    faults = find_faults([GOOD, replace(GOOD, key="other"), replace(GOOD, expected_points=deaf)])
    assert "other: nearly the same question as backend-queue" in faults
    assert "backend-queue: the key is used twice" in faults
    assert any("point 1's cues" in fault for fault in faults)
