"""Whole interviews in a real browser, a spoken answer as its microphone: by keyboard, cut off, reloaded."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.cable import Cable
from e2e.microphone import write_microphone
from e2e.scripted_microphone import ScriptedMicrophone
from e2e.served import Served

pytestmark = pytest.mark.browser

BACKGROUND = (
    "backend engineer for six years",
    "Python and a little bit of Go",
    "products that people use every day",
)


def tab_to(page: Page, selector: str) -> None:
    """Go there as somebody without a mouse does."""
    for _ in range(60):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} can't be reached by keyboard")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    page.keyboard.press(key)


def view(page: Page, name: str):
    return page.locator(f'[data-view="{name}"]')


def come_in(page: Page, token: str) -> None:
    """From the link to the first question, by keyboard alone."""
    page.goto(f"/i/{token}/")
    expect(view(page, "who")).to_be_visible()
    assert token not in page.url
    press(page, '[data-action="to-consent"]')
    press(page, '[name="ai_evaluation"]', "Space")
    press(page, '[name="recording"]', "Space")
    press(page, '[data-form="consent"] button.is-main')
    expect(view(page, "mic")).to_be_visible()
    press(page, '[data-action="mic-open"]')
    expect(page.locator('[data-region="mic-tools"]')).to_be_visible()
    press(page, '[data-action="to-practice"]')
    press(page, '[data-action="to-begin"]')
    press(page, '[data-action="begin"]')
    expect(page.locator('[data-bind="question"]')).to_contain_text("?")


def let_me_speak(page: Page) -> None:
    """The page has focus on the question, where single keys act."""
    expect(page.locator('[data-action="interrupt"]')).to_be_visible()
    page.locator('[data-bind="question"]').focus()
    page.keyboard.press("Space")
    expect(page.locator('[data-action="done"]')).to_be_visible()


def heard(page: Page) -> str:
    return " ".join(page.locator('[data-bind="finals"]').inner_text().split())


def wait_for_words(page: Page, words: str, timeout_s: int = 40) -> None:
    expect(page.locator('[data-bind="finals"]')).to_contain_text(words, timeout=timeout_s * 1000)


def be_done(page: Page) -> None:
    """The answer is over, and the interviewer has taken the floor."""
    page.locator('[data-bind="question"]').focus()
    page.keyboard.press("Space")
    expect(page.locator('[data-action="interrupt"]')).to_be_visible()


def end_by_keyboard(page: Page) -> None:
    page.locator('[data-bind="question"]').focus()
    page.keyboard.press("Escape")
    expect(page.locator('[data-dialog="end"]')).to_be_visible()
    press(page, '[data-dialog="end"] [value="end"]')
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_from_consent_to_the_report_by_keyboard_alone(
    make_interview: Callable, launch_speaking: Callable, visit: Callable, tmp_path: Path
) -> None:
    interview = make_interview("backend-background")
    wav = write_microphone(tmp_path / "microphone.wav", "background", lead_s=12)
    page, _ = visit(launch_speaking(wav), reduced_motion="reduce")
    come_in(page, interview.token)
    let_me_speak(page)
    wait_for_words(page, BACKGROUND[-1])
    assert all(part in heard(page) for part in BACKGROUND)
    be_done(page)
    end_by_keyboard(page)
    for part in BACKGROUND:
        expect(page.locator(".said-candidate").first).to_contain_text(part)
    tab_to(page, '[data-action="download"]')
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def test_a_cut_in_mid_answer_loses_no_word(
    server: Served, make_interview: Callable, browser: Browser, visit: Callable
) -> None:
    interview = make_interview("backend-background")
    with Cable(server.port) as cable:
        page, _ = visit(browser, port=cable.port)
        microphone = ScriptedMicrophone(page)
        come_in(page, interview.token)
        let_me_speak(page)
        microphone.say("background")
        wait_for_words(page, "six years")
        cable.pull()
        expect(page.locator('[data-bind="state-words"]')).to_contain_text("Nothing you said is lost")
        page.wait_for_timeout(2_500)  # the answer goes on meanwhile; what is tested is that it is kept
        cable.plug()
        wait_for_words(page, BACKGROUND[-1])
        assert all(part in heard(page) for part in BACKGROUND)


def test_a_reload_in_mid_answer_loses_no_word(
    make_interview: Callable, browser: Browser, visit: Callable
) -> None:
    """Nobody speaks after the reload; what was said before it must still be there."""
    interview = make_interview("backend-background")
    page, _ = visit(browser)
    microphone = ScriptedMicrophone(page)
    come_in(page, interview.token)
    let_me_speak(page)
    microphone.say("background")
    wait_for_words(page, "six years")
    page.reload()
    expect(page.locator('[data-bind="question"]')).to_contain_text("?")
    wait_for_words(page, "six years")
    be_done(page)
    end_by_keyboard(page)
    expect(page.locator(".said-candidate").first).to_contain_text("backend engineer for six years")


def test_what_only_the_browser_kept_survives_a_reload(
    server: Served, make_interview: Callable, browser: Browser, visit: Callable
) -> None:
    interview = make_interview("backend-background")
    with Cable(server.port) as cable:
        page, _ = visit(browser, port=cable.port)
        microphone = ScriptedMicrophone(page)
        come_in(page, interview.token)
        let_me_speak(page)
        microphone.say("background")
        wait_for_words(page, "six years")
        cable.pull()
        page.wait_for_timeout(2_800)  # the second sentence is spoken to nobody
        cable.plug()
        page.reload()
        wait_for_words(page, "Python and a little bit of Go")
        assert BACKGROUND[0] in heard(page)


def test_practice_shows_what_was_heard_and_keeps_none_of_it(
    make_interview: Callable, browser: Browser, visit: Callable
) -> None:
    interview = make_interview("backend-background")
    page, _ = visit(browser)
    microphone = ScriptedMicrophone(page)
    page.goto(f"/i/{interview.token}/")
    page.click('[data-action="to-consent"]')
    page.click('[data-form="consent"] button.is-main')
    page.click('[data-action="mic-open"]')
    page.click('[data-action="to-practice"]')
    page.click('[data-action="practice-start"]')
    expect(page.locator('[data-action="practice-end"]')).to_be_visible()
    microphone.say("background", seconds=3.5)
    expect(page.locator('[data-bind="practice-captions"]')).to_contain_text("six years")
    page.click('[data-action="practice-end"]')
    page.click('[data-action="to-begin"]')
    page.click('[data-action="begin"]')
    expect(page.locator('[data-bind="question"]')).to_contain_text("?")
    end_by_keyboard(page)
    expect(page.get_by_text("six years")).to_have_count(0)


def test_a_pause_outlives_the_page(make_interview: Callable, browser: Browser, visit: Callable) -> None:
    interview = make_interview("backend-background")
    page, _ = visit(browser)
    come_in(page, interview.token)
    let_me_speak(page)
    page.click(".more summary")
    page.click('[data-action="pause"]')
    expect(page.locator('[data-action="resume"]')).to_be_visible()
    page.reload()
    page.click('[data-action="resume"]')
    expect(page.locator('[data-action="done"]')).to_be_visible()
    expect(page.locator('[data-bind="state-words"]')).to_contain_text("listening")


def test_typing_needs_no_microphone(make_interview: Callable, browser: Browser, visit: Callable) -> None:
    interview = make_interview("backend-background")
    page, _ = visit(browser, permissions=[])
    page.goto(f"/i/{interview.token}/")
    page.click('[data-action="to-consent"]')
    page.check('[name="typed"]')
    page.click('[data-form="consent"] button.is-main')
    page.click('[data-action="begin"]')
    expect(page.locator('[data-form="answer"]')).to_be_visible()
    page.locator('[data-action="interrupt"]').click()
    page.fill("#answer-text", "I have <b>six</b> years & more. שלום")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer-text")).to_have_value("")
    end_by_keyboard(page)
    expect(page.locator(".said-candidate").first).to_contain_text("I have <b>six</b> years & more. שלום")
