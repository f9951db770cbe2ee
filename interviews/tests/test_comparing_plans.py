"""What changed between two versions of a plan, in sentences."""

from msgspec.structs import replace

from interviews.plan import Plan, PlannedQuestion, Policy
from interviews.planning.comparing import changes_between

A = PlannedQuestion(key="a", text="What did you change?")
B = PlannedQuestion(key="b", text="Whom did you ask?")
C = PlannedQuestion(key="c", text="x" * 100)
PLAN = Plan(role="Nurse", questions=(A, B))


def with_questions(*questions: PlannedQuestion) -> tuple[str, ...]:
    return changes_between(PLAN, replace(PLAN, questions=questions))


def test_the_same_plan_has_no_changes() -> None:
    assert changes_between(PLAN, PLAN) == ()
    assert with_questions(replace(A, source="person", reason="Because."), B) == ()


def test_questions_come_and_go() -> None:
    assert with_questions(A, B, C) == (f"Added: “{'x' * 69}…”",)
    assert with_questions(A) == ("Taken away: “Whom did you ask?”",)


def test_an_order_is_told_only_of_those_that_stayed() -> None:
    assert with_questions(B, A) == ("The order of the questions.",)
    assert with_questions(B, A, C)[-1] == "The order of the questions."
    assert with_questions(C, A, B) == (f"Added: “{'x' * 69}…”",)


def test_what_changed_in_a_question() -> None:
    assert with_questions(replace(A, text="What else?"), B) == (
        "Reworded: “What did you change?” is now “What else?”",
    )
    assert with_questions(replace(A, follow_ups=("Why?",)), B) == (
        "Changed beside its wording: “What did you change?”",
    )
    assert with_questions(replace(A, mode="verbatim", is_core=False), B) == (
        "“What did you change?” is now asked word for word.",
        "“What did you change?” now counts in no score.",
    )


def test_settings_are_told_with_what_they_were() -> None:
    after = replace(PLAN, duration_minutes=20, max_follow_ups=0, persona="Mara", level="advanced")
    assert changes_between(PLAN, after) == (
        "Planned for 20 minutes, before 30.",
        "At most 0 follow-ups a question, before 2.",
        "The interviewer is called Mara, before Viva.",
        "For Nurse (advanced), before Nurse (intermediate).",
    )


def test_policies_are_told() -> None:
    after = replace(PLAN, policy=Policy("Ring twice.", "once", "scores"))
    assert changes_between(PLAN, after) == (
        "What candidates read before they agree.",
        "Now each question may be answered once more.",
        "Now candidates read feedback in words and scores.",
    )
