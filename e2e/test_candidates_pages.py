"""Candidates' pages in a browser: clean under axe in every state, and a résumé sent with its progress."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.accessible import check
from e2e.hired import Hired, hire
from e2e.served import Served
from e2e.signing_in import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hired(server: Served) -> Hired:
    return hire(server)


def test_every_page_is_clean(page: Page, hired: Hired) -> None:
    sign_in(page, hired, "/interviews/")
    one = f"/candidates/{hired.candidates[0]}/"
    for path in (
        "/candidates/",
        "/candidates/?q=nobody",
        "/candidates/new/",
        one,
        f"{one}change/",
        f"{one}delete/",
    ):
        page.goto(path)
        expect(page.locator("h1")).to_have_count(1)
        check(page)
    page.goto(one)
    page.click("text=What was read in it")
    check(page)


def test_an_observer_reads_no_contacts(page: Page, hired: Hired) -> None:
    sign_in(page, hired.for_watcher, "/interviews/")
    for path in ("/candidates/", f"/candidates/{hired.candidates[0]}/"):
        page.goto(path)
        check(page)
        expect(page.locator("main")).not_to_contain_text("hospital.example.com")


def test_one_is_added_with_a_resume_that_is_read(page: Page, hired: Hired) -> None:
    sign_in(page, hired, "/interviews/")
    page.goto("/candidates/new/")
    page.click("main button.is-main")
    expect(page.locator(".field-error")).to_have_count(1)
    check(page)
    page.fill('[name="name"]', "ليلى حسن")
    page.fill('[name="time_zone"]', "Africa/Cairo")
    words = {"name": "cv.txt", "mimeType": "text/plain", "buffer": b"Led a team of twelve nurses."}
    page.set_input_files('[name="resume"]', words)
    page.click("main button.is-main")
    page.wait_for_url(re.compile(r"/candidates/\d+/$"))
    expect(page.locator("h1")).to_have_text("ليلى حسن")
    page.click("text=What was read in it")
    expect(page.locator(".read-words")).to_contain_text("twelve nurses")
    check(page)
    page.set_input_files(
        '[name="resume"]',
        {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"\x89PNG\r\n" + bytes(64)},
    )
    page.click("text=Replace")
    expect(page.locator(".field-error")).to_be_visible()
    check(page)
    page.click("text=Remove")
    expect(page.locator(".messages")).to_contain_text("gone")
    page.click("text=Delete")
    page.click("text=Delete for good")
    page.wait_for_url("**/candidates/")
    expect(page.locator(".messages")).to_contain_text("was deleted")
