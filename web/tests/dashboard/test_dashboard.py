"""The dashboard's page: whose figures, narrowed how, silent below ten, and impact ratios for admins alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, Role, User
from hiring.models import Job
from interviews.groups import keep_groups
from interviews.models import Evaluation, GroupAnswer, Session

pytestmark = pytest.mark.django_db
NOW = timezone.now()
MakeUser = Callable[..., User]


@pytest.fixture
def make_held(organisation: Organisation) -> Callable[..., Session]:
    def make(score: float = 50, **given: Any) -> Session:
        facts = {
            "organisation": organisation,
            "status": "completed",
            "end_reason": "completed",
            "started_at": NOW - timedelta(minutes=20),
            "ended_at": NOW,
            "reached_question": 2,
            "num_questions": 2,
            **given,
        }
        session = Session.objects.create(**facts)
        session.questions.create(order=1, text="What <b>went</b> wrong?")
        for number in (0, 1):
            Evaluation.objects.create(
                session=session, number=number, overall=score, content={"anchor": 3}, head_hash=""
            )
        return session

    return make


def read(client: Client, path: str = "/dashboard/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("role", Role.values)
def test_every_role_reads_it(make_user: MakeUser, signed_in: Any, make_held: Any, role: str) -> None:
    for number in range(10):
        make_held(number * 10)
    html = read(signed_in(make_user("mia", role)))
    assert "n = 10 scored interviews" in html
    assert "Median (line). Mean 45" in html
    assert "What &lt;b&gt;went&lt;/b&gt; wrong?" in html
    assert "style=" not in html


def test_it_is_silent_below_ten(make_user: MakeUser, signed_in: Any, make_held: Any) -> None:
    for _ in range(9):
        make_held(77.25)
    html = read(signed_in(make_user("mia")))
    assert "Too few: 9 of 10 scored interviews." in html
    assert "<svg" not in html
    assert "77.2" not in html


def test_strangers_have_their_own(make_user: MakeUser, signed_in: Any, make_held: Any) -> None:
    for _ in range(12):
        make_held()
    stranger = make_user("stan", Role.ADMIN, at=Organisation.objects.create(name="Elsewhere"))
    assert "Too few: 0 of 10 interviews." in read(signed_in(stranger))
    assert "Too few: 0 of 10 interviews." in read(signed_in(make_user("nils", at=None)))


def test_the_address_narrows_it(
    make_user: MakeUser, signed_in: Any, make_held: Any, organisation: Organisation
) -> None:
    job = Job.objects.create(organisation=organisation, title="Nurse")
    foreign = Job.objects.create(organisation=Organisation.objects.create(name="Elsewhere"), title="Pilot")
    for number in range(20):
        make_held(job=job if number < 11 else None)
    client = signed_in(make_user("mia"))
    assert "n = 11 interviews" in read(client, f"/dashboard/?job={job.pk}")
    assert "n = 20 interviews" in read(client, f"/dashboard/?begin={NOW.date()}&end={NOW.date()}")
    assert "Too few: 0 of 10 interviews." in read(client, "/dashboard/?begin=2020-01-01&end=2020-12-31")
    html = read(client, f"/dashboard/?job={foreign.pk}")
    assert "Pilot" not in html
    assert 'aria-invalid="true"' in html


@pytest.mark.parametrize(
    "wish",
    ["begin=2026-02-01&end=2026-01-01", "begin=never", "end=9999-12-31", "begin=0001-01-01", "job=x"],
)
def test_wishes_that_are_none(make_user: MakeUser, signed_in: Any, wish: str) -> None:
    html = read(signed_in(make_user("mia")), f"/dashboard/?{wish}")
    assert "field-error" in html
    assert "Nothing is counted" in html


def test_sealed_scores_are_in_no_average(
    make_user: MakeUser, signed_in: Any, make_held: Any, organisation: Organisation
) -> None:
    for _ in range(12):
        make_held(77)
    organisation.sealing = "rated"
    organisation.save()
    assert "Too few: 0 of 10 scored interviews." in read(signed_in(make_user("mia", Role.REVIEWER)))


def test_only_admins_see_how_groups_pass_and_only_where_it_is_asked(
    make_user: MakeUser, signed_in: Any, make_held: Any, organisation: Organisation
) -> None:
    for number in range(24):
        keep_groups(make_held(number), sex="female" if number % 2 else "male", ethnicity="")
    admin, recruiter = signed_in(make_user("ada", Role.ADMIN)), signed_in(make_user("rita"))
    assert "Pass rates by group" not in read(admin)
    organisation.collects_groups = True
    organisation.save()
    assert "Pass rates by group" not in read(recruiter)
    html = read(admin)
    assert "n = 24 answers" in html
    assert "50.0 %" in html
    for key in GroupAnswer.objects.values_list("key", flat=True):
        assert key not in html
    stranger = make_user("stan", Role.ADMIN, at=Organisation.objects.create(name="X", collects_groups=True))
    assert "n = 24 answers" not in read(signed_in(stranger), f"/dashboard/?organisation={organisation.pk}")


def test_the_cost_does_not_grow(
    make_user: MakeUser, signed_in: Any, make_held: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(make_user("mia"))
    for _ in range(3):
        make_held()
        with django_assert_num_queries(16):
            read(client)
