"""The list of reports, and links by which people without an account read one."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, Organisation, Role, Sealing, SecurityEvent
from hiring.models import Job
from interviews.models import ReportShare, Session
from web.tests.review.held import hold

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _counted_from_none() -> None:
    cache.clear()


@pytest.fixture
def link(session: Session, signed_in: SignIn) -> str:
    return make_link(signed_in(), session)


def make_link(client: Client, session: Session, **wish: Any) -> str:
    body = {"edition": "panel", "days": 3, **wish}
    shown = client.post(f"/review/{session.uuid}/share/", body).content.decode()
    found = re.search(r"/shared/report/[\w-]+/", shown)
    assert found, shown
    return found[0]


def test_found_by_name_job_and_ending(
    session: Session, job: Job, organisation: Organisation, signed_in: Any
) -> None:
    hold(organisation, name="Omar Haddad")
    client = signed_in(Role.OBSERVER)
    shown = client.get("/reports/").content.decode()
    assert "Zoë" in shown
    assert "Omar" in shown
    assert f"/api/reports/{session.uuid}/pdf/?edition=candidate" in shown
    narrowed = client.get(f"/reports/?job={job.pk}").content.decode()
    assert "Omar" not in narrowed
    assert f"/api/jobs/{job.pk}/reports/?edition=panel" in narrowed
    assert "No report fits that." in client.get("/reports/?q=nobody").content.decode()
    assert "No report fits that." in client.get("/reports/?status=abandoned").content.decode()


def test_a_stranger_has_an_empty_list(session: Session, job: Job, stranger: Client) -> None:
    shown = stranger.get("/reports/").content.decode()
    assert "There are no reports yet" in shown
    assert stranger.get(f"/reports/?job={job.pk}").status_code == 404
    assert stranger.get("/reports/?job=x").status_code == 404


def test_the_list_costs_the_same_for_many(
    organisation: Organisation, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = signed_in()
    for number in range(3):
        hold(organisation, name=f"Candidate {number}", is_recorded=False)
    with django_assert_max_num_queries(12):
        client.get("/reports/")


def test_a_link_is_shown_once_and_opens_just_that(session: Session, link: str, signed_in: SignIn) -> None:
    answer = Client().get(link)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "no-store" in answer["Cache-Control"]
    share = ReportShare.objects.get()
    assert share.opened == 1
    assert share.last_opened_at is not None
    token = link.split("/")[-2]
    assert token not in share.token_hash
    again = signed_in().get(f"/review/{session.uuid}/share/").content.decode()
    assert token not in again
    assert "1×" in again
    visitor = Client()
    visitor.get(link)
    assert visitor.get(f"/api/reports/{session.uuid}/pdf/").status_code == 401
    kinds = [(one.outcome, one.detail) for one in SecurityEvent.objects.filter(kind="report_link")]
    assert ("ok", f"opened {share.pk}, panel") in kinds
    assert not any(token in detail for _, detail in kinds)


def test_looking_at_a_link_is_not_reading(link: str) -> None:
    assert Client().head(link).status_code == 200
    assert ReportShare.objects.get().opened == 0


def test_the_candidates_edition_is_the_candidates(session: Session, signed_in: SignIn) -> None:
    client = signed_in()
    panel, own = make_link(client, session), make_link(client, session, edition="candidate")
    short = str(session.uuid)[:8]
    assert Client().get(own)["Content-Disposition"].endswith(f"-{short}-candidate.pdf")
    assert Client().get(panel)["Content-Disposition"].endswith(f"-{short}-panel.pdf")


def test_an_expired_and_a_closed_link_say_so(session: Session, link: str, signed_in: SignIn) -> None:
    share = ReportShare.objects.get()
    client = signed_in()
    assert client.post(f"/review/{session.uuid}/share/{share.pk}/revoke/").status_code == 302
    closed = Client().get(link)
    assert closed.status_code == 410
    assert "This link was closed" in closed.content.decode()
    assert "Zoë" not in closed.content.decode()
    ReportShare.objects.update(revoked_at=None, expires_at=timezone.now() - timedelta(seconds=1))
    expired = Client().get(link)
    assert expired.status_code == 410
    assert "has expired" in expired.content.decode()
    unknown = Client().get("/shared/report/nothing/")
    assert unknown.status_code == 404
    assert unknown["X-Robots-Tag"].startswith("noindex")


def test_tokens_are_not_tried_out(db: None) -> None:
    answers = [Client().get(f"/shared/report/{number}/").status_code for number in range(31)]
    assert answers[-1] == 429


def test_who_may_share(session: Session, link: str, signed_in: SignIn, stranger: Client) -> None:
    share = ReportShare.objects.get()
    for role in (Role.REVIEWER, Role.OBSERVER):
        client = signed_in(role)
        assert client.get(f"/review/{session.uuid}/share/").status_code == 200
        assert (
            client.post(f"/review/{session.uuid}/share/", {"edition": "panel", "days": 3}).status_code == 403
        )
        assert client.post(f"/review/{session.uuid}/share/{share.pk}/revoke/").status_code == 403
    assert stranger.post(f"/review/{session.uuid}/share/{share.pk}/revoke/").status_code == 404
    assert signed_in().post(f"/review/{session.uuid}/share/999/revoke/").status_code == 404


def test_what_is_sealed_is_not_handed_on(session: Session, signed_in: SignIn) -> None:
    Organisation.objects.update(sealing=Sealing.RATED)
    client = signed_in()
    shown = client.post(f"/review/{session.uuid}/share/", {"edition": "panel", "days": 3}).content.decode()
    assert "sealed until you have rated" in shown
    assert not ReportShare.objects.exists()
    make_link(client, session, edition="candidate")


def test_an_erased_interview_takes_its_links_along(session: Session, link: str) -> None:
    from interviews.retention import erase_session  # noqa: PLC0415

    erase_session(session)
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize("end", ["removed", "demoted", "account switched off", "account deleted"])
def test_a_link_ends_with_its_makers_right_to_share(
    session: Session, organisation: Organisation, signed_in: SignIn, end: str
) -> None:
    maker, colleague = signed_in(), signed_in()
    link, others = make_link(maker, session), make_link(colleague, session)
    member = Membership.objects.get(user=maker.session["_auth_user_id"])
    if end == "removed":
        member.delete()
    elif end == "demoted":
        member.role = Role.REVIEWER
        member.save()
    elif end == "account switched off":
        member.user.is_active = False
        member.user.save()
    else:
        member.user.delete()
    assert Client().get(link).status_code == 410
    assert Client().get(others).status_code == 200
    assert "Closed" in colleague.get(f"/review/{session.uuid}/share/").content.decode()


def test_another_role_that_may_share_closes_nothing(session: Session, signed_in: SignIn) -> None:
    maker = signed_in()
    link = make_link(maker, session)
    member = Membership.objects.get(user=maker.session["_auth_user_id"])
    member.role = Role.ADMIN
    member.save()
    assert Client().get(link).status_code == 200
