"""What observers see of the plan while it is being answered."""

from interviews.live import inputs as inp
from interviews.live.plan_view import PlanFold, coverage_of, covered_now, plan_of
from interviews.live.state import SessionState
from interviews.live.tests.interview import Interview


def test_before_the_first_question_there_is_nothing_to_cover() -> None:
    assert coverage_of(SessionState()) is None
    assert covered_now(SessionState()) == ()


def test_the_open_turn_counts_at_once(listening: Interview) -> None:
    assert covered_now(listening.state) == ()
    listening.say("We moved the data in small batches.")
    assert covered_now(listening.state) == (0,)
    covered = coverage_of(listening.state)
    assert covered is not None
    assert (covered.number, covered.covered) == (1, (0,))


def test_what_a_model_heard_counts_too(listening: Interview) -> None:
    listening.say("We did it bit by bit.")
    turn_id = listening.state.turn.turn_id
    listening.feed(inp.CoverageJudged(turn_id=turn_id, question_index=0, points=(1,)))
    assert covered_now(listening.state) == (1,)


def test_the_plan_remembers_what_was_covered_of_questions_that_are_over(listening: Interview) -> None:
    listening.answer("We moved the data in small batches and compared every row.")
    listening.listen()
    listening.say("Because a queue takes the load off the web server.")
    fold = PlanFold().after(listening.events)
    covered = fold.covered
    plan = plan_of(fold.state, covered)
    assert fold.state.flow.question_index == 1
    assert [one["asked"] for one in plan][:3] == [True, True, False][: len(plan)]
    assert [point["covered"] for point in plan[0]["points"]] == [True, True]
    assert plan[0]["number"] == 1
    assert covered[0] == (0, 1)


def test_a_fold_that_goes_on_leads_where_one_from_the_beginning_does(listening: Interview) -> None:
    listening.answer("We moved the data in small batches and compared every row.")
    listening.compose()
    listening.say("And one more thing.")  # the next question is withdrawn
    listening.fall_silent()
    listening.listen()
    listening.say("Because a queue takes the load off the web server.")
    whole, step_by_step = PlanFold().after(listening.events), PlanFold()
    for event in listening.events:
        step_by_step = step_by_step.after([event])
        assert step_by_step.covered is not None  # asked in between, it changes nothing
    assert (step_by_step.state, step_by_step.covered) == (whole.state, whole.covered)
