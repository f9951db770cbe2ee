"""The server speaks: a candidate hears it, cuts in by button and by voice, and goes on when it fails."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.conftest import Interview
from e2e.loudness import LOUD, METER, SILENT, await_sound
from e2e.scripted_microphone import ScriptedMicrophone
from e2e.served import FOR_TESTS, Served
from e2e.waiting import until
from speech.tests.voice_server import Answer, VoiceServer, voice_server_in_thread

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def voice() -> Iterator[VoiceServer]:
    with voice_server_in_thread() as one:
        yield one


@pytest.fixture(scope="module")
def speaking_server(miniature: Path, voice: VoiceServer) -> Iterator[Served]:
    with Served(miniature, VOICE="openai", VOICE_BASE_URL=voice.address, **FOR_TESTS) as running:
        yield running


@pytest.fixture
def interview(speaking_server: Served, voice: VoiceServer) -> Interview:
    voice.asked.clear()
    voice.usual, voice.chars_per_second = Answer(), 14.0
    return Interview(**speaking_server.make("interview", "backend-background"))


def enter(page: Page, interview: Interview) -> None:
    page.add_init_script(METER)
    page.goto(f"/i/{interview.token}/")
    page.click('[data-action="to-consent"]')


def begin_typing(page: Page, interview: Interview) -> None:
    enter(page, interview)
    page.check('[name="typed"]')
    page.click('[data-form="consent"] button.is-main')
    page.click('[data-action="begin"]')


def test_the_reply_is_heard_and_the_button_silences_it(
    browser: Browser, speaking_server: Served, voice: VoiceServer, interview: Interview, visit: Callable
) -> None:
    page, _ = visit(browser, port=speaking_server.port)
    begin_typing(page, interview)
    await_sound(page, LOUD, within_ms=20_000)
    expect(page.locator('[data-bind="reply"]')).to_contain_text(voice.texts[0])
    page.click('[data-action="interrupt"]')
    await_sound(page, SILENT, within_ms=2_000)
    expect(page.locator('[data-bind="state-words"]')).to_contain_text("your turn")
    page.fill("#answer-text", "I have worked as a backend engineer for six years, in Python and Go.")
    page.keyboard.press("Control+Enter")
    await_sound(page, LOUD, within_ms=20_000)


def test_the_voice_is_tried_out_and_gives_way_to_whoever_speaks(
    browser: Browser, speaking_server: Served, voice: VoiceServer, interview: Interview, visit: Callable
) -> None:
    page, _ = visit(browser, port=speaking_server.port)
    microphone = ScriptedMicrophone(page)
    enter(page, interview)
    page.click('[data-form="consent"] button.is-main')
    page.click('[data-action="mic-open"]')
    page.click('[data-action="echo-test"]')
    await_sound(page, LOUD, within_ms=10_000)
    expect(page.locator('[data-bind="echo-verdict"]')).to_contain_text("Good")
    voice.chars_per_second = 4.0  # of itself it would go on for a minute
    page.click('[data-action="to-practice"]')
    page.click('[data-action="to-begin"]')
    page.click('[data-action="begin"]')
    await_sound(page, LOUD, within_ms=10_000)
    microphone.say("background")
    expect(page.locator('[data-bind="finals"]')).to_contain_text("backend engineer", timeout=40_000)
    await_sound(page, SILENT, within_ms=1_000)
    expect(page.locator('[data-action="done"]')).to_be_visible()


def test_after_a_reload_the_reply_is_heard_again_and_not_made_again(
    browser: Browser, speaking_server: Served, voice: VoiceServer, interview: Interview, visit: Callable
) -> None:
    voice.chars_per_second = 4.0
    page, _ = visit(browser, port=speaking_server.port)
    ScriptedMicrophone(page)  # silent
    enter(page, interview)
    page.click('[data-form="consent"] button.is-main')
    page.click('[data-action="mic-open"]')
    page.click('[data-action="to-practice"]')
    page.click('[data-action="to-begin"]')
    page.click('[data-action="begin"]')
    await_sound(page, LOUD, within_ms=10_000)
    page.reload()
    await_sound(page, LOUD, within_ms=10_000)
    assert len(set(voice.texts)) == len(voice.texts)


def test_a_voice_that_fails_costs_nobody_the_interview(
    browser: Browser, speaking_server: Served, voice: VoiceServer, interview: Interview, visit: Callable
) -> None:
    voice.usual = Answer(b"no", status=500, kind="text/plain")
    page, _ = visit(browser, port=speaking_server.port)
    begin_typing(page, interview)
    expect(page.locator('[data-action="interrupt"]')).to_be_visible()
    until(page, lambda: voice.asked)
    expect(page.locator('[data-bind="reply"]')).not_to_be_empty()
    page.click('[data-action="interrupt"]')
    expect(page.locator('[data-bind="state-words"]')).to_contain_text("your turn")
    assert page.evaluate("sources.length") == 0
