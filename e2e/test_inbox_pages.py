"""A candidate asks on their page, and reads there what a recruiter answers from the inbox."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.accessible import check
from e2e.held import Held, hold, make, open_room
from e2e.make_colleague import PASSWORD
from e2e.served import Served
from e2e.signing_in import sign_in

pytestmark = pytest.mark.browser
WORDS = "I said “data”, not “date”. <b>Please</b> listen."
ANSWER = "We listened to it again, and you are right."


def ask(page: Page, kind: str, words: str = WORDS) -> None:
    page.get_by_label("I would like").select_option(kind)
    page.get_by_label("What they should know").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("A person will read it")


def open_one(page: Page, held: Held, name: str) -> None:
    page.goto(f"/requests/?q={held.name.split('-')[1]}")
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_every_state_is_clean(
    make_interview: Callable, browser: Browser, visit: Callable, page: Page, server: Served
) -> None:
    held = hold(page.request, make_interview("backend-background"))
    candidate, _ = visit(browser)
    open_room(candidate, held)
    sign_in(page, held, "/requests/?q=nobody-of-that-name")
    check(page)
    for kind in ("review", "person", "export", "deletion"):
        ask(candidate, kind)
    page.goto("/requests/")
    expect(page.locator("table.inbox")).to_contain_text("Zoë Łukasiewicz")
    check(page)
    for name in ("A person instead of the AI", "A copy of their data", "A person looks at the result"):
        open_one(page, held, name)
        check(page)
    page.get_by_role("button", name="Send the answer").click()
    check(page)
    page.get_by_label("Your answer").fill(ANSWER)
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator(".messages")).to_contain_text("Answered.")
    check(page)
    page.goto("/requests/?show=answered")
    check(page)
    open_one(page, held, "Their data deleted")
    check(page)
    page.get_by_label("Yes, delete this interview for good").check()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.locator(".messages")).to_contain_text("The interview was deleted")
    candidate.reload()
    expect(candidate.get_by_text("Thank you")).to_have_count(0)


def test_asked_in_one_browser_and_answered_in_another(
    make_interview: Callable, browser: Browser, visit: Callable
) -> None:
    candidate, _ = visit(browser)
    held = hold(candidate.request, make_interview("backend-background"))
    open_room(candidate, held)
    ask(candidate, "review")
    recruiter, _ = visit(browser)
    sign_in(recruiter, held, "/requests/")
    open_one(recruiter, held, "A person looks at the result")
    expect(recruiter.locator(".asked-text").first).to_have_text(WORDS)
    recruiter.get_by_label("Your answer").fill(ANSWER)
    recruiter.get_by_role("button", name="Send the answer").click()
    expect(recruiter.locator(".messages")).to_contain_text("Answered.")
    candidate.reload()
    expect(candidate.locator(".asked-answer")).to_have_text(ANSWER)
    expect(candidate.locator(".asked-one")).to_contain_text("by Sam Rivera")


def test_what_makes_it_easier_is_there_when_the_candidate_comes_in(
    make_interview: Callable, browser: Browser, visit: Callable, page: Page
) -> None:
    candidate, _ = visit(browser)
    held: Held = make(candidate.request, make_interview("backend-background"))
    link = {"X-Interview-Token": held.token}
    wish = {"kind": "accommodation", "text": "I stammer."}
    assert candidate.request.post("/api/me/session/requests/", headers=link, data=wish).ok
    sign_in(page, held, "/requests/")
    open_one(page, held, "Something that makes it easier")
    check(page)
    page.get_by_label("Time", exact=True).select_option("1.5")
    page.get_by_label("No clock is shown").check()
    page.get_by_label("Your answer").fill("Of course.")
    page.get_by_role("button", name="Grant and answer").click()
    expect(page.locator(".pairs")).to_contain_text("Time × 1.5, No clock is shown")
    check(page)
    own = candidate.request.get("/api/me/session/", headers=link).json()
    assert own["accommodations"]["time_factor"] == 1.5
    assert own["requests"][0]["answer"] == "Of course."


def test_a_reviewer_reads_and_an_observer_reads_no_words(
    make_interview: Callable, browser: Browser, visit: Callable, server: Served
) -> None:
    candidate, _ = visit(browser)
    held = hold(candidate.request, make_interview("backend-background"))
    open_room(candidate, held)
    ask(candidate, "review")
    for role, reads in (("reviewer", True), ("observer", False)):
        name = server.make("colleague", role)
        member, _ = visit(browser)
        sign_in(member, replace(held, user=name, password=PASSWORD), "/requests/")
        open_one(member, held, "A person looks at the result")
        expect(member.get_by_text(WORDS)).to_have_count(1 if reads else 0)
        expect(member.get_by_role("button", name="Send the answer")).to_have_count(0)
        check(member)
