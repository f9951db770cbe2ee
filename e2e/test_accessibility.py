"""Every page and every state of the room is clean under axe, in both themes, and fits a phone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from e2e.scripted_socket import ScriptedSocket

pytestmark = pytest.mark.browser

WIDTHS = {"phone": (390, 844), "desk": (1280, 800)}


@pytest.fixture(params=["light-phone", "dark-desk"])
def page(request: pytest.FixtureRequest, browser: Browser, visit: Callable) -> Iterator[Page]:
    theme, width = request.param.split("-")
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    page, _ = visit(browser, color_scheme=theme, viewport=size, reduced_motion="reduce")
    return page


def check(page: Page) -> None:
    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} can be scrolled sideways by {wider} px"


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


CARD = {
    "id": 1,
    "uuid": "0" * 32,
    "title": "First interview",
    "role": "Backend engineer",
    "candidate_name": "Zoë Ł.",
    "status": "in_progress",
    "state": "thinking",
    "question_number": 3,
    "total_questions": 6,
    "is_connected": True,
    "drops": 0,
    "backlog_ms": 0,
    "observers": 0,
    "started_at": None,
    "seq": 4,
}


def test_the_console(page: Page, make_interview: Callable) -> None:
    interview = make_interview("backend-background")
    listing = ScriptedSocket(
        page,
        "/ws/monitor/",
        {
            "type": "monitor.snapshot",
            "sessions": [CARD, {**CARD, "id": 2, "candidate_name": "Ines", "is_connected": False}],
        },
    )
    page.goto("/monitor/")
    page.fill("#id_username", interview.user)
    page.fill("#id_password", interview.password)
    page.keyboard.press("Enter")
    expect(page.locator(".live-card")).to_have_count(2)
    expect(page.locator(".live-card").first).to_contain_text("Ines")
    check(page)
    listing.snapshot = {
        "type": "monitor.snapshot",
        "session": {},
        "state": "listening",
        "question": {"number": 1, "total": 1, "text": "Why?"},
        "turns": [],
        "reply": None,
        "consent": None,
        "participants": [],
        "notes": [],
        "seq": 0,
        "time_left_ms": 60_000,
        "drops": 0,
        "is_connected": True,
        "may_command": True,
    }
    page.goto(f"/monitor/{interview.uuid}/")
    expect(page.locator('[data-bind="link"]')).to_have_text("Live")
    listing.log(
        "transcript.final",
        at="2026-11-21T10:00:00Z",
        turn_id=1,
        utterance_id=1,
        text="Because <b>it</b> had to be.",
        start_ms=0,
        end_ms=900,
        confidence=0.31,
    )
    expect(page.locator(".talk")).to_contain_text("Because <b>it</b> had to be.")
    expect(page.locator(".talk")).to_contain_text("unsure 31 %")
    check(page)
