"""After the interview: a candidate corrects, answers once more by voice, and asks; the report shows both."""

import re
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.accessible import check
from e2e.held import Held, hold, open_room
from e2e.scripted_microphone import ScriptedMicrophone
from e2e.signing_in import sign_in

pytestmark = pytest.mark.browser
MEANT = "I have worked as a backend engineer for sixteen years."
WIDE = {"viewport": {"width": 1280, "height": 800}}


def test_every_state_is_clean(make_interview: Callable, page: Page) -> None:
    held = hold(page.request, make_interview("backend-background"))
    open_room(page, held)
    check(page)
    page.get_by_text("Correct what we misheard").click()
    page.get_by_text("Answer this question once more").first.click()
    check(page)
    page.get_by_label("What you said").fill(MEANT)
    page.get_by_role("button", name="Save my words").click()
    expect(page.locator(".messages")).to_contain_text("Your correction stands beside what we heard.")
    expect(page.get_by_text("corrected by you")).to_be_visible()
    page.get_by_text("What we heard", exact=True).click()
    check(page)
    page.get_by_text("Answer this question once more").first.click()
    page.get_by_role("textbox", name="Your second answer").fill("I have built queues and moved data. שלום")
    page.get_by_role("button", name="Send my second answer").click()
    expect(page.get_by_text("second answer, this one counts")).to_be_visible()
    check(page)
    page.get_by_label("I would like").select_option("deletion")
    page.get_by_label("What they should know").fill("Please delete it <b>all</b>.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("waiting for a person")).to_be_visible()
    check(page)


def test_corrected_and_answered_once_more_by_voice(
    make_interview: Callable, visit: Callable, tmp_path: Path, browser: Browser
) -> None:
    page, _ = visit(browser, **WIDE)
    microphone = ScriptedMicrophone(page)
    held = hold(page.request, make_interview("backend-background"))
    open_room(page, held)
    expect(page.locator(".said-audio")).to_have_count(1)
    page.get_by_text("Correct what we misheard").click()
    page.get_by_label("What you said").fill(MEANT)
    page.get_by_role("button", name="Save my words").click()
    expect(page.get_by_text("corrected by you")).to_be_visible()

    page.get_by_text("Answer this question once more").first.click()
    page.get_by_role("button", name="Record my answer").click()
    expect(page.locator('[data-bind="status"]')).to_contain_text("We are listening")
    microphone.say("queue", seconds=4)
    expect(page.locator('[data-bind="clock"]')).to_have_text(
        re.compile(r"0:(0[6-9]|[1-5]\d)"), timeout=30_000
    )
    page.get_by_role("button", name="Stop, I'm done").click()
    heard = page.locator('[data-region="heard"]')
    expect(heard).to_be_visible(timeout=40_000)
    expect(heard).to_contain_text("slow jobs did not block the web server")
    check(page)
    page.get_by_role("button", name="This is my answer").click()
    second = page.locator(".said-candidate.is-second")
    expect(second).to_contain_text("slow jobs did not block the web server")
    expect(second).to_contain_text("this one counts")
    expect(page.get_by_text("first answer")).to_be_visible()
    expect(page.get_by_text("Answer this question once more")).to_have_count(0)
    expect(page.locator(".said-audio")).to_have_count(2)
    check(page)

    recruiter = _recruiter(browser, visit, held)
    recruiter.goto(f"/review/{held.uuid}/")
    for words in ("a backend engineer for six years", MEANT, "slow jobs did not block", "this one is judged"):
        expect(recruiter.locator("main")).to_contain_text(words)
    for edition, who in (("candidate", page), ("panel", recruiter)):
        text = _pdf(who, held.uuid, edition, tmp_path)
        assert "a backend engineer for six years" in text
        assert MEANT in text
        assert "slow jobs did not block the web server" in text


def test_typing_a_second_answer_needs_no_microphone(
    make_interview: Callable, browser: Browser, visit: Callable
) -> None:
    page, _ = visit(browser, permissions=[])
    held = hold(page.request, make_interview("backend-background"))
    open_room(page, held)
    page.get_by_text("Answer this question once more").first.click()
    page.get_by_role("textbox", name="Your second answer").fill("x " * 10)
    page.get_by_role("button", name="Send my second answer").click()
    expect(page.get_by_text("second answer, this one counts")).to_be_visible()


def _recruiter(browser: Browser, visit: Callable, held: Held) -> Page:
    page, _ = visit(browser, **WIDE)
    sign_in(page, held, "/requests/")
    return page


def _pdf(page: Page, uuid: str, edition: str, folder: Path) -> str:
    answer = page.request.get(f"/api/reports/{uuid}/pdf/?edition={edition}")
    assert answer.ok, answer.text()
    file = folder / f"{edition}.pdf"
    file.write_bytes(answer.body())
    return " ".join(" ".join(one.extract_text() for one in pypdf.PdfReader(file).pages).split())
