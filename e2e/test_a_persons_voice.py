"""A person speaks to the candidate in their own voice: heard at once, put into words, and given back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.loudness import LOUD, METER, SILENT, await_sound
from e2e.observing import observing, read_answer
from e2e.served import Served
from e2e.stepping import begin_typing
from e2e.waiting import until

pytestmark = pytest.mark.browser

HEARD_WITHIN_S = (
    3  # from the first sample of a recording of 5.7 s, some of which is silence; on a busy machine
)


@pytest.fixture
def candidate(browser: Browser, visit: Callable) -> Page:
    page, _ = visit(browser)
    page.add_init_script(METER)
    return page


def present(page: Page):
    return page.locator('[data-bind="present"]')


def hears(page: Page) -> bool:
    """Whether it does now. After a reload nobody has pressed anything, and a browser may ask for that."""
    ask = page.locator('[data-action="hear"]')
    if ask.is_visible():
        ask.click()
    return bool(page.evaluate(LOUD))


def test_a_voice_is_heard_and_read(candidate: Page, make_interview: Callable, server: Served) -> None:
    interview = make_interview("backend-background", "backend-migration")
    begin_typing(candidate, interview)
    with observing(server.port, interview) as sam:
        sam.command("takeover.start")
        expect(present(candidate)).to_contain_text("is speaking with you now")
        expect(candidate.locator('[data-bind="state-words"]')).to_contain_text("reads what you write")
        with sam.speaking(read_answer("closing")) as began:
            started, reply = sam.sees("reply.started", spoken=True)
            assert started - began < HEARD_WITHIN_S
            await_sound(candidate, LOUD, within_ms=2_000)
        sam.be_silent(3)
        words = sam.sees("reply.finished", reply_id=reply["reply_id"])[1]["text"]
        assert len(words.split()) > 5
        expect(candidate.locator('[data-bind="reply"]')).to_have_text(words)
        expect(candidate.locator('[data-bind="reply-by"]')).to_contain_text("Sam Rivera")
        await_sound(candidate, SILENT, within_ms=3_000)
        candidate.fill("#answer-text", "Yes, I understand you well.")
        candidate.keyboard.press("Control+Enter")
        expect(candidate.locator("#answer-text")).to_have_value("")
        sam.command("takeover.end")
        expect(present(candidate)).to_contain_text("has given the word back")
        expect(candidate.locator('[data-bind="reply-by"]')).to_be_hidden()


def test_a_page_that_is_reloaded_in_mid_sentence_hears_the_rest(
    candidate: Page, make_interview: Callable, server: Served
) -> None:
    interview = make_interview("backend-background", "backend-migration")
    begin_typing(candidate, interview)
    pcm = read_answer("migration")
    with observing(server.port, interview) as sam:
        sam.command("takeover.start")
        sam.speak(pcm[: 32_000 * 3])
        sam.sees("reply.started", spoken=True)
        candidate.reload()
        with sam.speaking(pcm[32_000 * 3 :], is_cut=True):
            expect(present(candidate)).to_contain_text("is speaking with you now")
            until(candidate, lambda: hears(candidate))
    expect(present(candidate)).to_contain_text("has given the word back", timeout=25_000)
