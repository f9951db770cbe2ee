import msgspec

from interviews.bank import demo_plan
from interviews.plan import Plan, insert_question, queued_question


def test_a_plan_survives_json():
    plan = demo_plan(8)
    assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan


def test_question_at_is_none_outside_the_plan():
    plan = demo_plan(2)
    assert plan.question_at(1) == plan.questions[1]
    assert plan.question_at(2) is None
    assert plan.question_at(-1) is None


def test_a_queued_question_comes_next_and_behind_those_queued_before():
    first = queued_question("q1", "Do you know Go? ", is_verbatim=True, asked_by="Ada")
    second = queued_question("q2", "And Rust?", is_verbatim=False, asked_by="Ada")
    plan = insert_question(insert_question(demo_plan(3), 0, first), 0, second)
    assert [question.key for question in plan.questions][1:3] == ["q1", "q2"]
    assert plan.total == 5
    assert (first.mode, first.text) == ("verbatim", "Do you know Go?")


def test_a_question_can_be_queued_before_the_first_one():
    plan = insert_question(demo_plan(2), -1, queued_question("q1", "Hello?", is_verbatim=True))
    assert plan.questions[0].key == "q1"
