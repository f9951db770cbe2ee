"""A spoken interview, then its review: rated, heard, overridden, shared; and how every page looks."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.accessible import check
from e2e.scripted_microphone import ScriptedMicrophone
from e2e.served import Served
from e2e.signing_in import sign_in
from e2e.test_interview import BACKGROUND, be_done, come_in, end_by_keyboard, let_me_speak, wait_for_words
from e2e.waiting import until

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Held:
    """Interviews of one job that are over, and who may read them."""

    user: str
    password: str
    job: int
    sessions: list[str]


@pytest.fixture
def held(server: Served) -> Held:
    return Held(**server.make("held"))


def seconds(page: Page) -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime"))


def rate(page: Page, number: int, score: int) -> None:
    where = f"#judged-{number}" if number else "#whole"
    page.locator(f'{where} input[name="score"][value="{score}"]').check()
    page.click(f"{where} .rating button")
    expect(page.locator(f"{where} .people")).to_contain_text(f"{score} of 5 is your rating")


def await_second(page: Page, holds: Callable[[float], bool]) -> None:
    """Waits for the second that is heard."""
    until(page, lambda: holds(seconds(page)))


def speak(candidate: Page, interview: Any) -> None:
    """The whole interview, by voice and recorded."""
    microphone = ScriptedMicrophone(candidate)
    come_in(candidate, interview.token)
    let_me_speak(candidate)
    microphone.say("background")
    wait_for_words(candidate, BACKGROUND[-1])
    be_done(candidate)
    end_by_keyboard(candidate)


def hear_and_jump(page: Page) -> None:
    """The clip plays and marks its words; evidence, words and keys lead where they say."""
    page.click('[data-play-answer="1"]')
    expect(page.locator(".turn .w.is-now")).to_have_count(1)
    began = seconds(page)
    await_second(page, lambda now: now > began + 1)
    page.locator("[data-toggle]").click()
    expect(page.locator("[data-toggle]")).to_have_text("Play")
    evidence = page.locator("#judged-1 .program [data-play-at]").nth(1)
    wanted = int(evidence.get_attribute("data-play-at") or 0) / 1000
    evidence.click()
    await_second(page, lambda now: abs(now - wanted) < 1.5)
    expect(page.locator("#answer-1 .turn.is-playing")).to_have_count(1)
    page.locator("#title-1").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-toggle]")).to_have_text("Play")
    last = page.locator("#answer-1 .turn[data-source] .w").last
    last.click()
    wanted = int(last.get_attribute("data-from") or 0) / 1000
    await_second(page, lambda now: now >= wanted - 0.1)


def override_and_take_along(page: Page) -> None:
    page.click("#judged-1 .override summary")
    page.select_option("#what-1", "4")
    page.fill("#reason-1", "The wish for the next job was named.")
    page.click("#judged-1 .override button")
    program = page.locator("#judged-1 .program")
    expect(program).to_contain_text("set by Sam Rivera: The wish for the next job was named.")
    rate(page, 0, 4)
    expect(page.locator("#whole")).to_contain_text("With what people set it comes to 75 (Good)")
    check(page)
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert "The wish for the next job was named." in Path(download.value.path()).read_text()
    report = page.request.get(str(page.get_by_role("link", name="Panel report").get_attribute("href")))
    assert report.body().startswith(b"%PDF-")


def test_from_the_spoken_answer_to_the_shared_report(
    make_interview: Callable, browser: Browser, visit: Callable
) -> None:
    interview = make_interview("backend-background")
    candidate, _ = visit(browser, reduced_motion="reduce")
    speak(candidate, interview)

    page, _ = visit(browser, reduced_motion="reduce", accept_downloads=True)
    sign_in(page, interview, f"/review/{interview.uuid}/")
    program = page.locator("#judged-1 .program")
    expect(program).to_contain_text("Sealed until you have rated this answer yourself.")
    expect(page.locator("#answer-1")).to_contain_text(BACKGROUND[0])
    rate(page, 1, 2)
    expect(program).to_contain_text("of 100")
    check(page)
    hear_and_jump(page)
    override_and_take_along(page)

    page.get_by_role("link", name="Share").click()
    page.get_by_role("button", name="Create link").click()
    link = page.locator("[data-copy-from]").input_value()
    check(page)
    outside, _ = visit(browser)
    read = outside.request.get(link)
    assert read.headers["content-type"] == "application/pdf"
    assert read.body().startswith(b"%PDF-")
    page.goto(f"/review/{interview.uuid}/share/")
    page.get_by_role("button", name="Close the link").click()
    outside.goto(link)
    expect(outside.get_by_role("heading", name="This link was closed")).to_be_visible()
    check(outside)


def test_every_page_and_state(page: Page, held: Held) -> None:
    first, second, bad = held.sessions
    sign_in(page, held, f"/review/{first}/")
    check(page)
    rate(page, 0, 5)
    page.reload()
    check(page)
    page.click("#judged-2 .override summary")
    check(page)
    page.goto(f"/review/{bad}/")
    rate(page, 1, 3)
    expect(page.locator("#judged-1")).to_contain_text("Not scorable.")
    check(page)
    for path in (
        "/reports/",
        f"/reports/?job={held.job}",
        "/reports/?q=nobody",
        f"/review/{second}/share/",
        f"/jobs/{held.job}/compare/",
        f"/jobs/{held.job}/compare/?with={first}",
        f"/jobs/{held.job}/compare/?with={first}&with={second}&with={bad}",
        "/shared/report/nothing/",
    ):
        page.goto(path)
        check(page)


def test_a_quote_of_the_comparison_leads_to_its_second(page: Page, held: Held) -> None:
    first, second, _ = held.sessions
    sign_in(page, held, f"/review/{first}/")
    rate(page, 0, 5)
    page.goto(f"/jobs/{held.job}/compare/?with={first}&with={second}")
    quote = page.locator("a.quote").nth(1)
    at = int(str(quote.get_attribute("href")).split("at=")[1].split("#")[0])
    quote.click()
    await_second(page, lambda now: abs(now * 1000 - at) < 2500)
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.locator("h2:focus")).to_have_count(1)


def test_judging_again_says_what_changed(page: Page, held: Held) -> None:
    sign_in(page, held, f"/review/{held.sessions[0]}/")
    rate(page, 0, 4)
    page.reload()
    page.click("#again summary")
    page.click('#again button:has-text("Judge again")')
    expect(page.locator("#again")).to_contain_text("Done.", timeout=30_000)
    page.click('#again a:has-text("Show the new evaluation")')
    expect(page.locator("#again")).to_contain_text("Judged 2 times")
    expect(page.locator("#again")).to_contain_text("Judged the same.")
    check(page)
