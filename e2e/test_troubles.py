"""Everything that can be in the way has a page or a line of its own, and a way on where there is one."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from e2e.scripted_socket import ScriptedSocket
from e2e.waiting import until

pytestmark = pytest.mark.browser


def view(page: Page, name: str):
    return page.locator(f'[data-view="{name}"]')


def to_microphone(page: Page, interview: Any) -> None:
    page.goto(f"/i/{interview.token}/")
    page.click('[data-action="to-consent"]')
    page.click('[data-form="consent"] button.is-main')


def begin_talking(page: Page, interview: Any) -> ScriptedSocket:
    """In the interview, with a microphone and a server that says what the test wants."""
    socket = ScriptedSocket(page, "/ws/interviews/")
    to_microphone(page, interview)
    page.click('[data-action="mic-open"]')
    page.click('[data-action="to-practice"]')
    page.click('[data-action="to-begin"]')
    page.click('[data-action="begin"]')
    socket.ask(1, "What did you do?", reply_id=1)
    socket.listen()
    expect(page.locator('[data-action="done"]')).to_be_visible()
    return socket


@pytest.fixture
def interview(make_interview: Callable) -> Any:
    return make_interview("backend-background")


@pytest.mark.parametrize(
    ("flags", "name"),
    [
        (["--use-fake-device-for-media-stream"], "denied"),
        (["--use-fake-ui-for-media-stream"], "no-microphone"),
    ],
)
def test_without_a_microphone_one_can_type(
    driver: Playwright, chromium_path: str, visit: Callable, interview: Any, flags: list[str], name: str
) -> None:
    browser = driver.chromium.launch(
        executable_path=chromium_path, args=["--headless=new", "--no-sandbox", *flags]
    )
    try:
        page, _ = visit(browser, permissions=[])
        ScriptedSocket(page, "/ws/interviews/")
        to_microphone(page, interview)
        page.click('[data-action="mic-open"]')
        expect(view(page, name)).to_be_visible()
        page.click(f'[data-view="{name}"] [data-action="use-typing"]')
        expect(view(page, "begin")).to_be_visible()
        expect(page.locator('[data-region="typed-hints"]')).to_be_visible()
    finally:
        browser.close()


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("Object.defineProperty(window, 'isSecureContext', {value: false})", "insecure"),
        ("delete window.AudioWorkletNode", "unsupported"),
    ],
)
def test_where_no_voice_is_possible_it_is_said_when_it_matters(
    browser: Browser, visit: Callable, interview: Any, script: str, name: str
) -> None:
    page, _ = visit(browser)
    page.add_init_script(script)
    ScriptedSocket(page, "/ws/interviews/")
    to_microphone(page, interview)
    expect(view(page, name)).to_be_visible()
    page.click(f'[data-view="{name}"] [data-action="use-typing"]')
    expect(view(page, "begin")).to_be_visible()


def test_when_every_place_is_taken_it_waits_and_goes_on_by_itself(
    browser: Browser, visit: Callable, interview: Any
) -> None:
    page, _ = visit(browser)
    socket = ScriptedSocket(page, "/ws/interviews/")
    socket.refusal = (4429, json.dumps({"code": "overloaded", "retry_after_s": 3}))
    to_microphone(page, interview)
    expect(view(page, "full")).to_be_visible()
    expect(page.locator('[data-bind="full-wait"]')).to_contain_text("The next try is in")
    socket.refusal = None
    expect(view(page, "mic")).to_be_visible()
    until(page, lambda: "consent.set" in socket.types())


@pytest.mark.parametrize(
    ("code", "name"), [(4401, "shut"), (4403, "shut"), (4404, "gone"), (4400, "fault"), (4409, "elsewhere")]
)
def test_a_closed_door_says_why(
    browser: Browser, visit: Callable, interview: Any, code: int, name: str
) -> None:
    page, _ = visit(browser)
    socket = ScriptedSocket(page, "/ws/interviews/")
    socket.refusal = (code, "")
    to_microphone(page, interview)
    expect(view(page, name)).to_be_visible()
    assert len(socket.routes) == 1, "it may not knock again by itself"


def test_an_unplugged_microphone_is_told_and_typing_is_offered(
    browser: Browser, visit: Callable, interview: Any
) -> None:
    page, _ = visit(browser)
    page.add_init_script(
        """const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
           navigator.mediaDevices.getUserMedia = async (wish) => (window.stream = await ask(wish));"""
    )
    begin_talking(page, interview)
    page.evaluate("window.stream.getAudioTracks()[0].dispatchEvent(new Event('ended'))")
    expect(page.locator('[data-notice="mic"]')).to_contain_text("unplugged")
    expect(page.locator('[data-form="answer"]')).to_be_visible()
    page.click('[data-notice="mic"] button')
    expect(page.locator('[data-notice="mic"]')).to_have_count(0)


def test_what_the_server_refuses_is_told_in_its_words(
    browser: Browser, visit: Callable, interview: Any
) -> None:
    page, _ = visit(browser)
    socket = begin_talking(page, interview)
    socket.say({"type": "error", "code": "paused", "message": "The interview is paused.", "fatal": False})
    expect(page.locator('[data-notice="error"]')).to_contain_text("The interview is paused.")


def test_keys_act_where_they_should_and_nowhere_else(
    browser: Browser, visit: Callable, interview: Any
) -> None:
    page, _ = visit(browser)
    socket = begin_talking(page, interview)
    socket.heard.clear()
    page.locator('[data-bind="question"]').focus()
    for key in ("h", "r", "Space"):
        page.keyboard.press(key)
    page.keyboard.press("m")
    expect(page.locator('[data-action="mute"]')).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("t")
    page.keyboard.type("mrh ")
    expect(page.locator("#answer-text")).to_have_value("mrh ")
    until(page, lambda: "mic.state" in socket.types())
    said = [name for name in socket.types() if name != "ping"]
    assert said[:4] == ["turn.hold", "question.repeat", "turn.done", "mic.state"]
    assert "question.repeat" not in said[4:]


def test_muted_the_line_goes_on_as_silence(browser: Browser, visit: Callable, interview: Any) -> None:
    page, _ = visit(browser)
    socket = begin_talking(page, interview)
    socket.answers["mic.state"] = lambda _: socket.audio.clear()  # what came before it was recorded before
    page.click('[data-action="mute"]')
    until(page, lambda: "mic.state" in socket.types() and len(socket.audio) > 6)  # the line may not stop
    assert all(not any(chunk[8:]) for chunk in socket.audio)
    offsets = [int.from_bytes(chunk[:8], "little") for chunk in socket.audio]
    assert offsets == [offsets[0] + 1600 * index for index in range(len(offsets))]


def test_two_windows_and_the_newer_one_has_it(browser: Browser, visit: Callable, interview: Any) -> None:
    """Against the real server: the older is told, and may take it back."""
    first, _ = visit(browser)
    second, _ = visit(browser)
    to_microphone(first, interview)
    expect(view(first, "mic")).to_be_visible()
    to_microphone(second, interview)
    expect(view(first, "elsewhere")).to_be_visible()
    first.click('[data-view="elsewhere"] [data-action="retry"]')
    expect(view(first, "mic")).to_be_visible()
    expect(view(second, "elsewhere")).to_be_visible()
