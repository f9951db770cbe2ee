"""What a candidate and a recruiter do on their pages, in words."""

from typing import Any

from playwright.sync_api import Locator, Page, expect


def begin_typing(page: Page, interview: Any) -> None:
    """Come in as a candidate who types, up to the first question."""
    page.goto(f"/i/{interview.token}/")
    page.click('[data-action="to-consent"]')
    page.check('[name="typed"]')
    page.check('[name="ai_evaluation"]')
    page.click('[data-form="consent"] button.is-main')
    page.click('[data-action="begin"]')
    page.locator('[data-action="interrupt"]').click()


def answer(page: Page, text: str) -> None:
    """Type an answer and wait until it was taken."""
    page.fill("#answer-text", text)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer-text")).to_have_value("")


def outcome(page: Page) -> Locator:
    return page.locator('[data-bind="outcome"]')


def words(page: Page, how: str, text: str) -> None:
    """Give the interviewer words: `whisper`, `question.queue` or `say`."""
    page.check(f'[name="how"][value="{how}"]', force=True)
    page.fill("#words", text)
    page.click('[data-bind="words-send"]')


def do(page: Page, command: str) -> None:
    page.click(f'[data-command="{command}"]')
