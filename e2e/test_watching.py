"""A recruiter watches a real interview and steps in; the candidate sees who is there and what they asked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from e2e.signing_in import sign_in
from e2e.stepping import answer, begin_typing, do, outcome, words

pytestmark = pytest.mark.browser


def test_watching_and_stepping_in(browser: Browser, make_interview: Callable, visit: Callable) -> None:
    interview = make_interview("backend-background", "backend-migration")
    candidate, _ = visit(browser)
    recruiter, _ = visit(browser)
    begin_typing(candidate, interview)
    sign_in(recruiter, interview, "/monitor/")
    card = recruiter.locator(f'.live-card[href="/monitor/{interview.uuid}/"]')
    expect(card).to_contain_text("1/2", timeout=10_000)
    card.click()
    expect(candidate.locator('[data-bind="present"]')).to_contain_text(
        "Sam Rivera from Brightwater is here and can read along."
    )
    expect(recruiter.locator('[data-bind="present"]')).to_contain_text("Sam Rivera")

    recruiter.fill("#note", "Calm <b>so far</b>")
    recruiter.click('[data-form="note"] button')
    expect(recruiter.locator(".notes")).to_contain_text("Calm <b>so far</b>")
    expect(outcome(recruiter)).to_have_text("The note is saved.")
    words(recruiter, "question.queue", "What would you do differently?")
    expect(outcome(recruiter)).to_contain_text("comes after the current one")
    expect(recruiter.locator("#words")).to_have_value("")
    expect(recruiter.locator(".plan")).to_contain_text("What would you do differently? (put in)")
    for page, name in ((candidate, "position"), (recruiter, "question-number")):
        expect(page.locator(f'[data-bind="{name}"]')).to_contain_text("1 of 3")
    do(recruiter, "time.extend")
    expect(outcome(recruiter)).to_have_text("Five minutes are added.")
    expect(candidate.locator('[data-bind="time-left"]')).to_contain_text("24:")

    answer(candidate, "Six years in backends, and I want to go on with that.")
    expect(recruiter.locator(".talk")).to_contain_text("Six years in backends")

    do(recruiter, "session.pause")
    expect(candidate.locator('[data-bind="state-words"]')).to_contain_text("Paused")
    do(recruiter, "session.resume")
    expect(candidate.locator('[data-bind="state-words"]')).not_to_contain_text("Paused")

    recruiter.click('[data-action="end"]')
    recruiter.click('[data-dialog="end"] [value="end"]')
    expect(recruiter.locator('[data-region="over"]')).to_be_visible(timeout=10_000)
    expect(candidate.get_by_text("A person from the hiring team has ended the interview")).to_be_visible(
        timeout=10_000
    )


def test_whoever_has_no_account_here_sees_nothing(
    browser: Browser, make_interview: Callable, visit: Callable
) -> None:
    interview = make_interview("backend-background")
    page, _ = visit(browser)
    page.goto(f"/monitor/{interview.uuid}/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
