"""Every page and every state of the room is clean under axe, in both themes, and fits a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.accessible import check
from e2e.scripted_socket import ScriptedSocket

pytestmark = pytest.mark.browser


def enter(page: Page, interview: Any) -> ScriptedSocket:
    socket = ScriptedSocket(page, "/ws/interviews/")
    page.goto(f"/i/{interview.token}/")
    expect(page.locator('[data-view="who"]')).to_be_visible()
    return socket


def test_pages_without_an_interview(page: Page, server: object) -> None:
    for path in ("/", "/sign-in/", "/i/nonsense/", "/nowhere/"):
        page.goto(path)
        check(page)


def test_the_steps(page: Page, make_interview: Callable) -> None:
    enter(page, make_interview("backend-background"))
    check(page)
    page.click('[data-action="ask-person"]')
    check(page)
    page.click('[data-dialog="person"] [value="stay"]')
    page.click('[data-action="to-consent"]')
    check(page)
    page.click('[data-form="consent"] button.is-main')
    check(page)
    page.click('[data-action="mic-open"]')
    expect(page.locator('[data-region="mic-tools"]')).to_be_visible()
    check(page)
    page.click('[data-action="to-practice"]')
    page.click('[data-action="practice-start"]')
    check(page)
    page.click('[data-action="to-begin"]')
    check(page)


def test_the_interview(page: Page, make_interview: Callable) -> None:
    socket = enter(page, make_interview("backend-background"))
    page.click('[data-action="to-consent"]')
    page.check('[name="typed"]')
    page.click('[data-form="consent"] button.is-main')
    page.click('[data-action="begin"]')
    expect(page.locator('[data-bind="begin-error"]')).to_be_hidden()
    socket.ask(1, "What was the hardest part of that migration?", reply_id=1)
    expect(page.locator('[data-action="interrupt"]')).to_be_visible()
    check(page)
    socket.listen()
    socket.log("participant.joined", role="recruiter", name="Dana", listening=False, ref="a")
    socket.hear(1, 1, "We moved the data in small batches.")
    socket.say({"type": "transcript.partial", "turn_id": 1, "text": "The hardest", "stable_chars": 3})
    socket.log("offer.made", offer="break", by="ai")
    expect(page.locator('[data-region="offer"]')).to_be_visible()
    check(page)
    page.click(".more summary")
    check(page)
    page.click('[data-action="end"]')
    expect(page.locator('[data-dialog="end"]')).to_be_visible()
    check(page)
    page.click('[data-dialog="end"] [value="stay"]')
    socket.log("state.changed", state="paused")
    expect(page.locator('[data-action="resume"]')).to_be_visible()
    check(page)


def test_a_person_in_the_interviewers_place(page: Page, make_interview: Callable) -> None:
    socket = enter(page, make_interview("backend-background"))
    page.click('[data-action="to-consent"]')
    page.check('[name="typed"]')
    page.click('[data-form="consent"] button.is-main')
    page.click('[data-action="begin"]')
    socket.ask(1, "What was the hardest part of that migration?", reply_id=1)
    socket.listen()
    socket.log("participant.joined", role="recruiter", name="Dana", listening=True, ref="a-1")
    socket.log("takeover.started", by="Dana", ref="a-1")
    socket.log("state.changed", state="taken_over")
    expect(page.locator('[data-bind="present"]')).to_contain_text("is speaking with you now")
    socket.log("reply.started", reply_id=2, kind="person", by="Dana", spoken=True)
    socket.say({"type": "reply.sentence", "reply_id": 2, "index": 0, "text": "Hello, I am Dana."})
    expect(page.locator('[data-bind="reply-by"]')).to_have_text("Dana:")
    check(page)
    socket.log("reply.finished", reply_id=2, text="Hello, I am Dana.")
    socket.log("takeover.ended", by="Dana", ref="a-1", reason="handed_back")
    socket.log("state.changed", state="thinking")
    expect(page.locator('[data-bind="present"]')).to_contain_text("has given the word back")
    check(page)


TROUBLES = (
    "denied",
    "no-microphone",
    "busy",
    "insecure",
    "unsupported",
    "full",
    "elsewhere",
    "shut",
    "gone",
    "fault",
)


def test_every_trouble(page: Page, make_interview: Callable) -> None:
    enter(page, make_interview("backend-background"))
    for name in TROUBLES:
        page.evaluate(
            """(name) => document.querySelectorAll("[data-view]").forEach(
                 (view) => { view.hidden = view.dataset.view !== name })""",
            name,
        )
        expect(page.locator(f'[data-view="{name}"] h1')).to_be_visible()
        check(page)
