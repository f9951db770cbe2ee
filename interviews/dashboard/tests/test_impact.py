"""Impact ratios: rates and ratios by hand, what is left out or silent, and rows that lead to nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Organisation
from hiring.models import Candidate, Decision, Interview, Round
from interviews.dashboard.impact import impact_of
from interviews.dashboard.impact_ratios import Case, scoring, selection
from interviews.groups import has_answered, is_asked, keep_groups, key_of
from interviews.models import Evaluation, GroupAnswer, Session
from interviews.retention import delete_session, erase_session

NOW = timezone.now()


def cases(group: str, passed: int, of: int) -> list[Case]:
    return [Case(group, "White", number < passed, None) for number in range(of)]


def test_ratios_are_against_the_highest_rate() -> None:
    told = selection("By sex", cases("Female", 12, 40) + cases("Male", 20, 40), ("sex",))
    assert told.n == 80
    assert [(row.group, row.n, row.rate, row.ratio) for row in told.rows] == [
        ("Female", 40, 30.0, 0.6),
        ("Male", 40, 50.0, 1.0),
    ]


def test_small_groups_are_silent_warned_of_or_left_out() -> None:
    many = cases("Female", 500, 1000) + cases("Male", 9, 9) + cases("Another", 15, 15)
    told = selection("By sex", many, ("sex",))
    rows = {row.group: row for row in told.rows}
    assert (set(rows), told.hidden) == ({"Female", "Another"}, 9)
    assert (rows["Another"].rate, rows["Another"].ratio) == (100.0, None)
    assert "2 %" in rows["Another"].note
    assert rows["Female"].ratio == 1.0  # the highest of those that are not left out
    few = selection("By sex", cases("Female", 5, 20), ("sex",))
    assert "small number" in few.rows[0].note
    assert selection("By sex", cases("Female", 5, 9), ("sex",)).rows == ()


def test_no_small_group_is_told_by_subtracting() -> None:
    many = cases("Female", 10, 40) + cases("Male", 20, 40)
    few = [Case("Female", "Asian", number < 3, None) for number in range(4)]  # 3 of 4 would be 13 less 10
    others = [Case("Female", "Black", number < 6, None) for number in range(12)]
    every = many + few + others
    by_sex, by_race = selection("Sex", every, ("sex",)), selection("Race", every, ("ethnicity",))
    plain = selection("Both", every, ("sex", "ethnicity"))
    told = selection("Both", every, ("sex", "ethnicity"), (by_sex, by_race))
    assert {row.group for row in plain.rows} == {"Female · White", "Male · White", "Female · Black"}
    assert {row.group for row in told.rows} == {"Female · White", "Male · White"}
    assert (plain.hidden, told.hidden) == (4, 16)


def test_nobody_passed() -> None:
    told = selection("By sex", cases("Female", 0, 20), ("sex",))
    assert (told.rows[0].rate, told.rows[0].ratio) == (0.0, None)


def test_scoring_is_above_the_median_and_both_need_both() -> None:
    scored = [Case("Female" if number % 2 else "Male", "", None, float(number)) for number in range(40)]
    told = scoring("By sex", scored, ("sex",))
    assert [(row.group, row.rate) for row in told.rows] == [("Female", 50.0), ("Male", 50.0)]
    assert scoring("Both", scored, ("sex", "ethnicity")).n == 0
    assert scoring("None", [], ("sex",)).n == 0


@pytest.fixture
def make_over(organisation: Organisation) -> Callable[..., Session]:
    def make(verdict: str = "", score: float | None = None, **given: Any) -> Session:
        candidate = Candidate.objects.create(organisation=organisation, name="Ada")
        interview = Interview.objects.create(organisation=organisation, candidate=candidate)
        held_in = Round.objects.create(interview=interview, order=1)
        facts = {"organisation": organisation, "status": "completed", "round": held_in, **given}
        session = Session.objects.create(**facts)
        if verdict:
            Decision.objects.create(interview=interview, verdict=verdict, reason="Answers.")
        if score is not None:
            Evaluation.objects.create(session=session, number=0, overall=score, content={}, head_hash="")
        session.refresh_from_db()
        return session

    return make


@pytest.mark.django_db
def test_outcomes_that_come_later_are_counted(
    organisation: Organisation, make_over: Any, django_assert_num_queries: Any
) -> None:
    for number in range(24):
        session = make_over("advance" if number < 6 else "decline", score=number)
        keep_groups(session, sex="female" if number % 2 else "male", ethnicity="asian")
    keep_groups(make_over("hold"), sex="male", ethnicity="")
    make_over("advance")  # nobody said anything
    with django_assert_num_queries(2):
        by_sex, by_race, both, scored, *_ = impact_of(organisation.pk)
    assert (by_sex.n, by_race.n, scored.n) == (24, 24, 24)
    assert {row.group: row.rate for row in by_sex.rows} == {"Female": 25.0, "Male": 25.0}
    assert {row.group for row in both.rows} == {"Female · Asian", "Male · Asian"}
    assert impact_of(Organisation.objects.create(name="Elsewhere").pk)[0].n == 0


@pytest.mark.django_db
def test_a_row_leads_to_nobody(organisation: Organisation, make_over: Any, settings: Any) -> None:
    session = make_over()
    keep_groups(session, sex="female", ethnicity="")
    row = GroupAnswer.objects.values().get()
    assert set(row) == {"key", "organisation_id", "sex", "ethnicity"}
    assert str(session.uuid).replace("-", "") not in str(row)
    had = key_of(session.uuid)
    settings.SECRET_KEY = "another"
    assert key_of(session.uuid) != had


@pytest.mark.django_db
def test_who_is_asked(organisation: Organisation, make_over: Any) -> None:
    assert not is_asked(make_over())
    organisation.collects_groups = True
    organisation.save()
    assert is_asked(Session.objects.get(pk=make_over().pk))
    assert not is_asked(make_over(status="in_progress"))
    assert not is_asked(make_over(purpose="practice"))
    assert not is_asked(make_over(organisation=None))


@pytest.mark.django_db
@pytest.mark.parametrize("end", [erase_session, lambda session: delete_session(session, NOW)])
def test_it_goes_with_the_interview(make_over: Any, end: Callable[[Session], None]) -> None:
    session = make_over(seq=1)
    keep_groups(session, sex="female", ethnicity="")
    assert has_answered(session)
    end(session)
    assert not GroupAnswer.objects.exists()


@pytest.mark.django_db
def test_who_is_held_twice_is_counted_once(organisation: Organisation, make_over: Any) -> None:
    for number in range(10):
        first = make_over("advance" if number else "decline", score=number)
        again = Session.objects.create(organisation=organisation, status="completed", round=first.round)
        keep_groups(first, sex="male", ethnicity="asian")
        keep_groups(again, sex="female", ethnicity="asian")
    by_sex, *_, scored, _, _ = impact_of(organisation.pk)
    assert [(row.group, row.n, row.rate) for row in by_sex.rows] == [("Female", 10, 90.0)]
    assert [(row.group, row.n, row.rate) for row in scored.rows] == [("Female", 10, 50.0)]


@pytest.mark.django_db
def test_an_answer_goes_with_an_interview_that_never_began(make_over: Any) -> None:
    session = make_over(status="cancelled")
    keep_groups(session, sex="female", ethnicity="")
    delete_session(session, NOW)
    assert not GroupAnswer.objects.exists()
