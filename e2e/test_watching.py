"""A recruiter watches a real interview and steps in; the candidate sees who is there and what they asked."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def outcome(page: Page):
    return page.locator('[data-bind="outcome"]')


def sign_in(page: Page, interview: Any, path: str) -> None:
    page.goto(path)
    page.fill("#id_username", interview.user)
    page.fill("#id_password", interview.password)
    page.keyboard.press("Enter")


def begin_typing(page: Page, interview: Any) -> None:
    page.goto(f"/i/{interview.token}/")
    page.click('[data-action="to-consent"]')
    page.check('[name="typed"]')
    page.click('[data-form="consent"] button.is-main')
    page.click('[data-action="begin"]')
    page.locator('[data-action="interrupt"]').click(timeout=15_000)


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

    recruiter.fill("#note", "Calm <b>so far</b>")
    recruiter.click('[data-command="note.add"] button')
    expect(recruiter.locator(".notes")).to_contain_text("Calm <b>so far</b>")
    expect(outcome(recruiter)).to_have_text("The note is kept.")
    recruiter.fill("#queue", "What would you do differently?")
    recruiter.click('[data-command="question.queue"] button')
    expect(outcome(recruiter)).to_contain_text("comes after the current one")
    expect(recruiter.locator("#queue")).to_have_value("")
    recruiter.click('[data-command="time.extend"]')
    expect(outcome(recruiter)).to_have_text("Five minutes are added.")
    expect(candidate.locator('[data-bind="time-left"]')).to_contain_text("24:")

    candidate.fill("#answer-text", "Six years in backends, and I want to go on with that.")
    candidate.keyboard.press("Control+Enter")
    expect(recruiter.locator(".talk")).to_contain_text("Six years in backends")
    expect(candidate.locator("#answer-text")).to_have_value("", timeout=10_000)

    recruiter.click('[data-command="session.pause"]')
    expect(candidate.locator('[data-bind="state-words"]')).to_contain_text("Paused")
    recruiter.click('[data-command="session.resume"]')
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
