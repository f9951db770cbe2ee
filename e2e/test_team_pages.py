"""Accounts and teams as people use them: registering, inviting somebody who joins, profile and passwords."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.accessible import check

pytestmark = pytest.mark.browser
PASSWORD = "Correct-horse-7"


def fill_in(page: Page, name: str) -> None:
    page.get_by_label("Your name").fill(name.title())
    address = page.get_by_label("E-mail address")
    if address.is_enabled():
        address.fill(f"{name}@viva.example")
    page.get_by_label("Name to sign in with").fill(name)
    page.get_by_label("Password").fill(PASSWORD)


def register(page: Page, name: str) -> None:
    page.goto("/sign-in/?next=/team/")
    check(page)
    page.get_by_role("link", name="Create an account").click()
    check(page)
    fill_in(page, name)
    page.get_by_label("Password").fill("no upper case 7")
    page.get_by_role("button", name="Create account").click()
    expect(page.locator(".field-error")).to_contain_text("needs an upper-case letter")
    expect(page.get_by_label("Your name")).to_have_value(name.title())
    check(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url("**/team/")


def name_of(page: Page, word: str) -> str:
    """Another for each of the two looks a test runs in."""
    return f"{word}-{page.viewport_size['width']}"  # type: ignore[index]


def test_a_team_from_registering_to_leaving(page: Page, browser: Browser, visit: Callable) -> None:
    name, colleague = name_of(page, "ada"), name_of(page, "nia")
    page.goto("/")
    check(page)
    register(page, name)
    check(page)

    page.get_by_label("Name of the organisation").fill("Brightwater Gesundheits- und Pflegedienste")
    page.get_by_label("Until they have rated").check()
    page.get_by_role("button", name="Save the settings").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Brightwater")
    page.get_by_label("Days that interviews are kept").fill("0")
    page.get_by_role("button", name="Save the settings").click()
    check(page)

    invite = page.get_by_role("form", name="Invite somebody")
    invite.get_by_label("E-mail address").fill(f"{colleague}@viva.example")
    invite.get_by_label("Role").select_option("reviewer")
    invite.get_by_role("button").click()
    link = page.locator("[data-copy-from]").input_value()
    check(page)

    other, _ = visit(browser)
    other.goto(link)
    check(other)
    other.get_by_role("link", name="Create an account").click()
    check(other)
    fill_in(other, colleague)
    other.get_by_role("button", name="Create account").click()
    expect(other.locator(".messages")).to_contain_text("You belong to Brightwater")
    expect(other.get_by_role("button", name="Invite")).to_have_count(0)
    check(other)
    other.goto(link)
    expect(other.locator("main")).to_contain_text("has been used")
    check(other)

    page.goto("/team/")
    row = page.get_by_role("row", name=re.compile(colleague.title()))
    row.get_by_role("combobox").select_option("observer")
    row.get_by_role("button").click()
    expect(page.locator(".messages")).to_contain_text("is observer now")
    mine = page.get_by_role("row", name=re.compile(name.title()))
    mine.get_by_role("combobox").select_option("recruiter")
    mine.get_by_role("button").click()
    expect(page.locator(".messages")).to_contain_text("is the last admin")
    check(page)
    page.get_by_role("link", name=f"Remove {colleague.title()}").click()
    check(page)
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".messages")).to_contain_text("is removed")


def test_ones_own_account(page: Page) -> None:
    register(page, name_of(page, "rita"))
    page.goto("/profile/")
    check(page)
    page.get_by_label("Time zone").fill("Nowhere")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".field-error")).to_contain_text("no such time zone")
    check(page)
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messages")).to_contain_text("is saved")
    page.get_by_role("button", name="Send me a test e-mail").click()
    expect(page.locator(".messages")).to_contain_text("printed where the server runs")

    page.get_by_role("link", name="Change the password").click()
    check(page)
    page.get_by_label("The password so far").fill(PASSWORD)
    page.get_by_label("New password").fill("Battery-staple-8")
    page.get_by_role("button", name="Change the password").click()
    expect(page.locator(".messages")).to_contain_text("is changed")
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.locator(".messages")).to_contain_text("signed out everywhere")
    check(page)
    page.get_by_role("link", name="Forgot your password?").click()
    expect(page.locator(".notice")).to_contain_text("sends no e-mail")
    check(page)
