"""Two real pages at once: a recruiter helps, takes over and rates; the candidate sees what is theirs."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.accessible import check
from e2e.conftest import Interview
from e2e.make_colleague import PASSWORD
from e2e.scripted_microphone import ScriptedMicrophone
from e2e.signing_in import fill_in, sign_in
from e2e.stepping import answer, begin_typing, do, outcome, words

pytestmark = pytest.mark.browser

SECRET = "Ask how they would go back to the old store."
FIRST = "Six years in backends, mostly payments, and I want to go on with that."


@pytest.fixture
def candidate(browser: Browser, visit: Callable) -> Page:
    page, _ = visit(browser)
    return page


@pytest.fixture
def recruiter(browser: Browser, visit: Callable) -> Page:
    page, _ = visit(browser)
    return page


def told(candidate: Page, text: str) -> None:
    """The candidate reads or hears it as the interviewer's words."""
    expect(candidate.locator("#main")).to_contain_text(text)


def test_helping_without_taking_over(candidate: Page, recruiter: Page, make_interview: Callable) -> None:
    interview = make_interview("backend-background", "backend-migration", "backend-queue")
    begin_typing(candidate, interview)
    sign_in(recruiter, interview, f"/monitor/{interview.uuid}/")

    words(recruiter, "whisper", SECRET)
    expect(recruiter.locator(".talk .is-private")).to_contain_text(f"whispered to the interviewer: {SECRET}")
    expect(outcome(recruiter)).to_have_attribute("data-kind", "done")
    expect(recruiter.locator("#words")).to_have_value("")
    assert SECRET not in candidate.content()

    words(recruiter, "say", "Take all the time you want, Robin.")
    told(candidate, "Take all the time you want, Robin.")
    expect(recruiter.locator(".talk")).to_contain_text("Take all the time you want, Robin.")

    do(recruiter, "question.rephrase")
    expect(outcome(recruiter)).not_to_have_text("Sent…")
    recruiter.click(".offers summary")
    recruiter.click('[data-offer="break"]')
    expect(outcome(recruiter)).to_have_text("A break is offered.")
    expect(candidate.locator('[data-region="offer"]')).to_contain_text("short break")

    words(recruiter, "question.queue", "How old are you?")
    expect(outcome(recruiter)).to_have_attribute("data-kind", "rejected")
    expect(recruiter.locator("#words")).to_have_value("How old are you?")
    assert SECRET not in candidate.content()
    candidate.reload()
    expect(candidate.locator('[data-bind="present"]')).to_contain_text("Sam Rivera")
    assert SECRET not in candidate.content()


def test_taking_over_by_typing(candidate: Page, recruiter: Page, make_interview: Callable) -> None:
    interview = make_interview("backend-background", "backend-migration")
    begin_typing(candidate, interview)
    sign_in(recruiter, interview, f"/monitor/{interview.uuid}/")
    do(recruiter, "takeover.start")
    expect(recruiter.get_by_text("You are speaking with the candidate.")).to_be_visible()
    expect(recruiter.locator("#own-words")).to_be_focused()
    told(candidate, "Sam Rivera")
    check(recruiter)

    recruiter.fill("#own-words", "Hello Robin, this is Sam. Can you hear me?")
    recruiter.keyboard.press("Control+Enter")
    told(candidate, "Hello Robin, this is Sam. Can you hear me?")
    expect(recruiter.locator("#own-words")).to_have_value("")
    answer(candidate, "Yes, I can read you well.")
    expect(recruiter.locator(".talk")).to_contain_text("Yes, I can read you well.")

    recruiter.reload()
    expect(recruiter.get_by_text("You are speaking with the candidate.")).to_be_visible()
    recruiter.fill("#own-words", "I am back.")
    recruiter.keyboard.press("Control+Enter")
    told(candidate, "I am back.")

    do(recruiter, "takeover.end")
    expect(recruiter.locator(".talk")).to_contain_text("Sam Rivera handed back.")
    expect(recruiter.locator('[data-command="takeover.start"]')).to_be_visible()


def test_one_person_at_a_time(
    browser: Browser, candidate: Page, recruiter: Page, make_interview: Callable, visit: Callable, server
) -> None:
    interview = make_interview("backend-background", "backend-migration")
    colleague = server.make("colleague", "recruiter")
    begin_typing(candidate, interview)
    sign_in(recruiter, interview, f"/monitor/{interview.uuid}/")
    other, _ = visit(browser)
    other.goto(f"/monitor/{interview.uuid}/")
    fill_in(other, colleague, PASSWORD)
    expect(other.locator('[data-bind="link"]')).to_have_text("Live")
    do(recruiter, "takeover.start")
    expect(other.get_by_text("Sam Rivera is speaking with the candidate.")).to_be_visible()
    expect(other.locator('[data-command="takeover.start"]')).to_be_hidden()
    check(other)


def test_rating_opens_what_was_sealed(candidate: Page, recruiter: Page, make_interview: Callable) -> None:
    interview = make_interview("backend-background", "backend-migration")
    begin_typing(candidate, interview)
    sign_in(recruiter, interview, f"/monitor/{interview.uuid}/")
    expect(recruiter.get_by_text("Nothing has been answered yet.")).to_be_visible()
    answer(candidate, FIRST)
    row = recruiter.locator('.ratings > [data-number="1"]')
    expect(row).to_contain_text("sealed")
    row.locator("summary").click()
    check(recruiter)
    row.get_by_role("button").click()
    expect(row).to_contain_text("Pick a number from 1 to 5 first.")
    row.get_by_label("4", exact=True).check()
    row.get_by_label("Why").fill("Clear, with years.")
    row.get_by_role("button").click()
    expect(row).to_contain_text("Your rating is saved.")
    expect(row.locator('[data-part="standing"]')).to_contain_text("you 4 · AI")
    expect(row.locator('[data-part="judged"]')).to_contain_text("The AI, provisionally:")
    check(recruiter)
    recruiter.reload()
    expect(recruiter.locator('.ratings > [data-number="1"]')).to_contain_text("you 4 · AI")


def begin_speaking(page: Page, interview: Interview) -> None:
    """Come in as a candidate who speaks and lets people listen in."""
    page.goto(f"/i/{interview.token}/")
    page.click('[data-action="to-consent"]')
    for name in ("ai_evaluation", "recording", "listening"):
        page.check(f'[name="{name}"]')
    page.click('[data-form="consent"] button.is-main')
    page.click('[data-action="mic-open"]')
    page.click('[data-action="to-practice"]')
    page.click('[data-action="to-begin"]')
    page.click('[data-action="begin"]')
    expect(page.locator('[data-bind="question"]')).to_contain_text("?")


def test_listening_in_and_taking_over_by_voice(
    make_interview: Callable, candidate: Page, recruiter: Page
) -> None:
    interview = make_interview("backend-background", "backend-migration")
    ScriptedMicrophone(candidate)  # silent
    own = ScriptedMicrophone(recruiter)
    begin_speaking(candidate, interview)
    sign_in(recruiter, interview, f"/monitor/{interview.uuid}/")

    listen = recruiter.locator('[data-region="listen"]')
    recruiter.get_by_role("button", name="Listen in", disabled=False).click()
    expect(candidate.locator('[data-bind="present"]')).to_contain_text("is listening")
    expect(listen).to_have_attribute("data-played-ms", re.compile(r"^\d{4,}$"))
    recruiter.get_by_role("button", name="Stop listening").click()
    expect(candidate.locator('[data-bind="present"]')).not_to_contain_text("is listening")

    do(recruiter, "takeover.start")
    recruiter.get_by_role("button", name="Speak by microphone").click()
    expect(recruiter.get_by_text("The candidate hears you.")).to_be_visible()
    expect(candidate.locator("#main")).to_contain_text("is speaking with you")
    own.say("migration", seconds=4.4)
    expect(recruiter.locator(".talk")).to_contain_text("billing", timeout=60_000)
    expect(recruiter.locator(".talk .by-interviewer").last.locator(".from")).to_have_text("Sam Rivera")

    do(recruiter, "takeover.end")
    expect(recruiter.locator(".talk")).to_contain_text("handed back")
    recruiter.click('[data-action="end"]')
    recruiter.click('[data-dialog="end"] [value="end"]')
    expect(candidate.get_by_text("A person from the hiring team has ended the interview")).to_be_visible()
    expect(recruiter.get_by_role("link", name="Review it")).to_be_visible()
