"""Interviews and invitations in a browser: clean under axe in every state, each step as people take it."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.accessible import check
from e2e.hired import Hired, hire
from e2e.served import Served
from e2e.signing_in import sign_in

pytestmark = pytest.mark.browser
PEOPLE = (
    "name,email,phone,time_zone\nZoë,zoe.{0}@x.example,,\nمحمد,m.{0}@x.example,+4930123456,\n,none,,Mars\n"
)


@pytest.fixture(scope="module")
def hired(server: Served) -> Hired:
    return hire(server)


def test_every_state_is_clean(page: Page, hired: Hired) -> None:
    sign_in(page, hired, "/interviews/")
    for path in ("/interviews/", "/interviews/?q=nobody", "/interviews/?decision=needed", "/invitations/"):
        page.goto(path)
        check(page)
    for number in hired.interviews[:6]:
        page.goto(f"/interviews/{number}/")
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        check(page)


def test_forms_are_clean(page: Page, hired: Hired) -> None:
    sign_in(page, hired, "/interviews/")
    number = hired.interviews[0]
    for path in ("change/", "delete/", "rounds/new/"):
        page.goto(f"/interviews/{number}/{path}")
        check(page)
    page.goto(f"/interviews/{number}/")
    page.click("a:text-is('Invite')")
    check(page)
    page.uncheck('[value="email"]')
    page.click("text=Send the invitation")
    expect(page.locator(".field-error")).to_be_visible()
    check(page)


def test_the_list_is_narrowed_as_one_chooses(page: Page, hired: Hired) -> None:
    sign_in(page, hired, "/interviews/")
    page.goto("/interviews/")
    page.select_option("#by-decision", "advance")
    expect(page.locator("#found tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("decision=advance"))
    check(page)


def test_an_observer_presses_nothing(page: Page, hired: Hired) -> None:
    sign_in(page, hired.for_watcher, "/interviews/")
    for path in ("/interviews/", f"/interviews/{hired.interviews[4]}/", "/invitations/"):
        page.goto(path)
        check(page)
        expect(page.locator("main form[method=post]")).to_have_count(0)
        expect(page.locator("main")).not_to_contain_text("hospital.example.com")


def test_pressing_twice_or_reloading_makes_one(
    page: Page, hired: Hired, request: pytest.FixtureRequest
) -> None:
    title = re.sub(r"\W", "", request.node.name)
    sign_in(page, hired, "/interviews/")
    page.goto("/interviews/new/")
    page.fill("#find", "Omar")
    expect(page.locator("#id_candidate option")).to_have_count(2)
    page.select_option("#id_job", str(hired.job))
    page.fill('[name="title"]', title)
    page.dblclick("text=Create interview")
    expect(page.locator("[data-copy-from]")).to_be_visible()
    page.reload()
    expect(page.locator("h1")).to_have_text("Omar Haddad")
    page.goto(f"/interviews/?q={title}")
    expect(page.locator("#found tbody tr")).to_have_count(1)


def test_one_is_made_invited_moved_and_decided(page: Page, hired: Hired) -> None:
    sign_in(page, hired, "/interviews/")
    page.goto("/interviews/new/")
    page.click("main button.is-main")
    expect(page.locator(".field-error")).to_have_count(1)
    page.click("text=Accommodations")
    check(page)
    page.fill("#find", "Omar")
    expect(page.locator("#id_candidate option")).to_have_count(2)
    expect(page.locator('[data-field="name"]')).to_be_hidden()
    page.select_option("#id_job", str(hired.job))
    page.fill('[name="title"]', "A second talk")
    page.fill('[name="scheduled_at"]', "2031-05-01T10:00")
    page.check('[name="typed"]')
    page.click("text=Create interview")
    expect(page.locator("[data-copy-from]")).to_have_value(re.compile(r"/i/[\w-]{20,}/$"))
    check(page)

    page.click("text=Open the interview")
    expect(page.locator("h1")).to_have_text("Omar Haddad")
    page.click("text=Move it to another time")
    page.fill('[name="scheduled_at"]', "2001-05-01T10:00")
    page.click("button:text-is('Move')")
    expect(page.locator(".field-error")).to_contain_text("passed")
    check(page)
    page.fill('[name="scheduled_at"]', "2031-06-01T10:00")
    page.fill('form[action$="/move/"] [name="reason"]', "Omar travels.")
    page.click("button:text-is('Move')")
    expect(page.locator(".history")).to_contain_text("Omar travels.")

    page.click("summary:text-is('Decide')")
    page.select_option('[name="verdict"]', "hold")
    page.fill('form[action$="/decide/"] [name="reason"]', "The team is on leave.")
    page.click("button:text-is('Decide')")
    expect(page.locator(".verdict")).to_contain_text("The team is on leave.")
    check(page)


def test_many_are_looked_at_then_invited(page: Page, hired: Hired, request: pytest.FixtureRequest) -> None:
    sign_in(page, hired, "/interviews/")
    mark = re.sub(r"\W", "", request.node.name)
    page.goto("/invitations/")
    content = PEOPLE.format(mark).encode()
    page.set_input_files('[name="file"]', {"name": "p.csv", "mimeType": "text/csv", "buffer": content})
    page.select_option("#id_job", str(hired.job))
    page.click("text=Preview the invitations")
    expect(page.locator("h1")).to_have_text("Preview")
    expect(page.locator("tbody tr.is-wrong")).to_have_count(1)
    check(page)
    page.click("text=Invite 2 people")
    expect(page.locator(".batch-progress")).to_contain_text("Done: 2 invited", timeout=30_000)
    check(page)
    with page.expect_download() as saved:
        page.click("text=Download the problems")
    assert saved.value.suggested_filename.startswith("not-invited-")

    page.goto("/invitations/")
    page.set_input_files('[name="file"]', {"name": "p.csv", "mimeType": "text/csv", "buffer": content})
    page.select_option("#id_job", str(hired.job))
    page.click("text=Preview the invitations")
    expect(page.locator("main")).to_contain_text("Nobody would be invited")
    check(page)
