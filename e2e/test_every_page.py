"""Every page that people can open is clean under axe in both themes, and no new one can be forgotten here."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from e2e.accessible import check
from e2e.served import FOR_TESTS, Served
from e2e.signing_in import sign_in
from e2e.test_review_pages import Held
from web.tests.test_doors import ALL

pytestmark = pytest.mark.browser

# Names of addresses, and where each is opened. What stands in braces is found on other pages, see `LEADS`.
OPEN = {
    "landing": "/",
    "sign_in": "/sign-in/",
    "register": "/register/",
    "password_forgotten": "/password/forgotten/",
    "password_reset": "/password/reset/nobody/nothing/",
    "join": "/join/nothing/",
    "join_register": "/join/nothing/register/",
    "invitation": "/i/nothing/",
    "notice": "/notice/00000000-0000-0000-0000-000000000000/nothing/",
    "apply": "/apply/nothing/",
    "shared_report": "/shared/report/nothing/",
}
INSIDE = {
    "monitor": "/monitor/",
    "monitor_one": "/monitor/{room}/",
    "profile": "/profile/",
    "password_change": "/password/change/",
    "team": "/team/",
    "team_remove": "{member}",
    "jobs": "/jobs/",
    "job_new": "/jobs/new/",
    "job": "/jobs/{job}/",
    "job_change": "/jobs/{job}/change/",
    "job_delete": "/jobs/{job}/delete/",
    "compare": "/jobs/{job}/compare/",
    "plans": "/plans/",
    "plan_new": "/plans/new/",
    "plan": "/plans/{plan}/",
    "plan_change": "/plans/{plan}/change/",
    "candidates": "/candidates/",
    "candidate_new": "/candidates/new/",
    "candidate": "/candidates/{candidate}/",
    "candidate_change": "/candidates/{candidate}/change/",
    "candidate_delete": "/candidates/{candidate}/delete/",
    "interviews": "/interviews/",
    "interview_new": "/interviews/new/",
    "interview": "/interviews/{interview}/",
    "interview_change": "/interviews/{interview}/change/",
    "interview_delete": "/interviews/{interview}/delete/",
    "round_new": "/interviews/{interview}/rounds/new/",
    "round_change": "/interviews/rounds/{round}/change/",
    "session_invite": "/interviews/sessions/{room}/invite/",
    "invitations": "/invitations/",
    "review": "/review/{held}/",
    "review_share": "/review/{held}/share/",
    "reports": "/reports/",
    "requests": "/requests/",
    "dashboard": "/dashboard/",
}
LEADS = {
    "candidate": ("/candidates/", r"/candidates/(\d+)/"),
    "plan": ("/plans/", r"/plans/(\d+)/"),
    "interview": ("/interviews/", r"/interviews/(\d+)/"),
    "round": ("/interviews/{interview}/", r"/interviews/rounds/(\d+)/"),
    "room": ("/interviews/{interview}/", r"/interviews/sessions/([\w-]+)/invite/"),
    "member": ("/team/", r'"(/team/\d+/members/\d+/remove/)"'),
}
ELSEWHERE = {
    "room": "test_accessibility: each step and every trouble; test_afterwards_pages: after the end",
    "batch": "test_interviews_pages: it needs a file",
    "request": "test_inbox_pages: a candidate has to ask first",
    "request_erase": "test_inbox_pages: drawn within the request",
    "review_again": "test_review_pages: drawn within the review",
    "session_link": "test_interviews_pages: the link just made",
}
NO_PAGES = {
    "appointment": "a calendar file",
    "batch_failures": "a CSV file",
    "batch_progress": "a part of the batch's page",
    "candidate_resume": "a file",
    "interview_candidates": "a part of a form",
    "invitations_template": "a CSV file",
    "request_copy": "a JSON file",
    "review_judging": "a part of the review",
    "session_calendar": "a calendar file",
}
ONLY_POSTED = frozenset(
    [
        "batch_send",
        "candidate_resume_remove",
        "interview_cancel",
        "interview_decide",
        "interview_move",
        "job_link",
        "job_link_close",
        "own_correction",
        "own_groups",
        "own_redo",
        "own_request",
        "profile_sign_out",
        "profile_test_email",
        "review_note",
        "review_override",
        "review_rating",
        "review_revoke",
        "round_session",
        "round_step",
        "session_revoke",
        "sign_out",
        "team_invite",
        "team_resend",
        "team_revoke",
        "team_role",
        "team_settings",
    ]
)


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """A server of its own: what is found first is what was made here."""
    with Served(None, SPEECH_ENGINE="scripted", **FOR_TESTS) as running:
        yield running


@pytest.fixture(scope="module")
def held(server: Served) -> Held:
    made = Held(**server.make("held"))
    server.make("colleague", "observer")
    return made


def test_every_address_is_placed() -> None:
    placed = sorted([*OPEN, *INSIDE, *ELSEWHERE, *NO_PAGES, *ONLY_POSTED])
    assert placed == sorted(name for name, _ in ALL)


def test_every_page_is_clean(page: Page, held: Held) -> None:
    for path in OPEN.values():
        _look(page, path)
    sign_in(page, held, "/monitor/")
    known = _follow(page, held)
    for path in INSIDE.values():
        _look(page, path.format(**known))
    for name, path in ALL:
        if name in ONLY_POSTED:
            assert page.request.get(path).status == 405, f"{name} answers reading: where is it looked at?"


def _look(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("h1")).to_have_count(1)
    check(page)


def _follow(page: Page, held: Held) -> dict[str, str]:
    """What the addresses of single things hold, from the links that lead there."""
    known = {"job": str(held.job), "held": held.sessions[0]}
    for name, (where, pattern) in LEADS.items():
        found = re.search(pattern, page.request.get(where.format(**known)).text())
        assert found is not None, f"{where} leads to no {name}"
        known[name] = found[1]
    return known
