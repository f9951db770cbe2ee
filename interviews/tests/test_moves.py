from msgspec.structs import replace

from interviews.bank import demo_plan, get_question
from interviews.coverage import cover
from interviews.moves import (
    Move,
    Progress,
    TurnFacts,
    after,
    next_move,
    opening_move,
    silence_move,
    with_coverage,
)
from interviews.plan import Plan, queued_question

PLAN = demo_plan(5)
MIGRATION = get_question("backend-migration")


def silences(plan: Plan, progress: Progress, count: int) -> list[tuple[str, str | None]]:
    heard = []
    for _ in range(count):
        move = silence_move(plan, 0, progress)
        progress = after(progress, move)
        heard.append((move.kind, move.offer))
    return heard


def test_the_session_opens_with_a_greeting_and_the_first_question():
    assert opening_move(PLAN) == Move("greeting", question_index=0)
    assert opening_move(Plan(role="Nurse")).kind == "closing_invite"


def test_silence_brings_a_nudge_then_other_words_then_offers():
    assert silences(PLAN, Progress(), 6) == [
        ("nudge", None),
        ("rephrase", None),
        ("offer", "skip"),
        ("offer", "break"),
        ("offer_accepted", "break"),
        ("offer_accepted", "break"),
    ]


def test_silence_after_a_follow_up_does_not_ask_the_question_again():
    assert silences(PLAN, Progress(follow_ups=1), 2) == [("nudge", None), ("offer", "skip")]


def test_silence_before_a_verbatim_question_repeats_it_word_for_word():
    plan = replace(PLAN, questions=(replace(MIGRATION, mode="verbatim"),))
    assert silences(plan, Progress(), 2)[1] == ("repeat", None)


def test_silence_after_the_invitation_ends_in_the_closing():
    assert silences(PLAN, Progress(phase="candidate_questions"), 2) == [("nudge", None), ("closing", None)]


def test_speaking_resets_the_ladder_of_silence():
    progress = after(Progress(silences=2), Move("follow_up", 0, point_index=1))
    assert progress.silences == 0
    assert progress.probed_points == (1,)


def test_buttons_work_whatever_was_said():
    assert next_move(PLAN, 0, Progress(), TurnFacts("some words", is_skip=True)).kind == "question"
    assert next_move(PLAN, 0, Progress(), TurnFacts("some words", is_repeat_request=True)).kind == "repeat"


def test_when_time_is_up_the_candidate_may_still_ask():
    move = next_move(PLAN, 0, Progress(), TurnFacts("I led it.", is_time_up=True))
    assert (move.kind, move.reason) == ("closing_invite", "time_up")


def test_with_little_time_nothing_is_probed():
    progress = with_coverage(Progress(), cover(get_question("backend-index"), "an index"))
    turn = TurnFacts("I would add an index to that table right away", time_left_s=60)
    assert next_move(PLAN, 0, progress, turn).kind == "acknowledge_and_next"


def test_a_limit_of_no_follow_ups_is_kept():
    plan = replace(PLAN, max_follow_ups=0)
    assert next_move(plan, 0, Progress(), TurnFacts("Something or other.")).kind == "acknowledge_and_next"


def test_a_queued_question_without_points_is_acknowledged_after_a_real_answer():
    plan = replace(PLAN, questions=(queued_question("q", "Why us?", is_verbatim=False), MIGRATION))
    answer = TurnFacts("Because I have used your product for years and like it a lot.")
    assert next_move(plan, 0, Progress(), answer).kind == "acknowledge_and_next"
    assert next_move(plan, 0, Progress(), TurnFacts("It is nice.")).kind == "clarify"


def test_three_questions_given_up_in_a_row_bring_the_offer_of_another_day():
    progress = Progress()
    for index in range(2):
        move = next_move(PLAN, index, progress, TurnFacts("skip", is_skip=True))
        progress = after(progress, move)
    move = next_move(PLAN, 2, progress, TurnFacts("skip", is_skip=True))
    assert (move.kind, move.offer) == ("offer", "reschedule")
    progress = after(progress, move)
    assert next_move(PLAN, 2, progress, TurnFacts("No, let us go on.")).kind == "question"
    assert next_move(PLAN, 2, progress, TurnFacts("Yes please")).offer == "reschedule"


def test_an_answer_ends_the_row_of_struggles():
    progress = after(Progress(struggles=2), Move("acknowledge_and_next", 1))
    assert progress == Progress()


def test_coverage_only_grows():
    progress = with_coverage(Progress(), cover(MIGRATION, "I led it in small batches."))
    assert (progress.covered_points, progress.last_covered) == ((0, 1), 1)
    again = with_coverage(progress, cover(MIGRATION, "There was no downtime."))
    assert again.covered_points == (0, 1, 4)
    assert again.missing_points(MIGRATION) == (2, 3)
    assert again.fraction(MIGRATION) == 0.6


def test_candidate_questions_are_bounded():
    progress = Progress(phase="candidate_questions", candidate_questions=6)
    move = next_move(PLAN, 4, progress, TurnFacts("And what about the canteen?"))
    assert (move.kind, move.reason) == ("closing", "passed_on")
