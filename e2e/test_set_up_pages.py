"""Jobs, plans and open links in a browser: every page in both themes, rows moved by drag and by keys."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.accessible import check
from e2e.signing_in import sign_in

pytestmark = pytest.mark.browser
TITLE = "Ward nurse, nights"


def make_job(page: Page, title: str = TITLE) -> None:
    page.goto("/jobs/new/")
    page.fill('[name="title"]', title)
    page.fill('[name="facts"]', "Shifts are planned six weeks ahead.\nPay is fair.")
    for number, name in enumerate(("Communication", "Safe medication", "تعاون"), 1):
        page.fill(f'[name="{number}-name"]', name)
    page.get_by_text("Anchors 1 to 5").first.click()
    page.fill('[name="1-anchor-1"]', "Talks past people.")
    page.fill('[name="1-anchor-5"]', "Checks what was understood.")
    page.get_by_role("button", name="Save job").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def make_plan(page: Page) -> None:
    """From the page of a job."""
    page.get_by_role("link", name="Draft a plan").click()
    page.fill('[name="role"]', "Nurse")
    page.fill('[name="count"]', "3")
    page.fill('[name="name"]', "First talk")
    page.get_by_role("button", name="Draft the plan").click()
    expect(page.locator(".question")).to_have_count(3)


def asked(page: Page) -> list[str]:
    """Without the numbers before them."""
    return [text.strip().lstrip("0123456789").strip() for text in page.locator(".asked").all_inner_texts()]


def typed(page: Page, name: str) -> list[str]:
    return [str(field.input_value()) for field in page.locator(f'[name$="-{name}"]').all()]


def test_jobs(page: Page, make_interview: Callable[..., Any]) -> None:
    sign_in(page, make_interview("backend-background"), "/jobs/")
    page.goto("/jobs/new/")
    check(page)
    page.get_by_role("button", name="Save job").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    make_job(page)
    check(page)
    page.locator(".competencies summary").first.click()
    check(page)
    page.get_by_role("link", name="Edit").click()
    page.get_by_text("Anchors 1 to 5").first.click()
    check(page)
    page.goto("/jobs/")
    check(page)
    page.goto("/jobs/?q=nothing+fits")
    check(page)
    page.goto("/jobs/")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("link", name="Delete").click()
    check(page)
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("was deleted")).to_be_visible()


def test_rows_move_by_keys_and_by_drag_and_stay_so(page: Page, make_interview: Callable[..., Any]) -> None:
    sign_in(page, make_interview("backend-background"), "/jobs/")
    make_job(page)
    page.get_by_role("link", name="Edit").click()
    page.get_by_role("button", name="Move up: Safe medication").press("Enter")
    expect(page.locator("[data-rows-said]")).to_have_text("Moved to place 1 of 3.")
    expect(page.get_by_role("button", name="Move up: Safe medication")).to_be_focused()
    assert typed(page, "name") == ["Safe medication", "Communication", "تعاون"]
    page.get_by_role("button", name="Move up: Safe medication").press("Enter")
    expect(page.locator("[data-rows-said]")).to_have_text("It is already at the end.")
    drag(page, 2, 0)
    assert typed(page, "name") == ["تعاون", "Safe medication", "Communication"]
    page.get_by_role("button", name="Remove: Safe medication").press("Enter")
    expect(page.get_by_role("button", name="Remove: Communication")).to_be_focused()
    page.get_by_role("button", name="Add a competency").click()
    expect(page.locator("[data-row]")).to_have_count(3)
    expect(page.locator("[data-row]").nth(2).locator('[name$="-name"]')).to_be_focused()
    page.locator("[data-row]").nth(2).locator('[name$="-name"]').fill("Calm")
    check(page)
    page.keyboard.press("Enter")  # keeps, and presses none of the buttons of the rows
    expect(page.get_by_text("Your changes are saved.")).to_be_visible()
    names = page.locator(".competencies .grows").all_inner_texts()
    assert names == ["تعاون", "Communication", "Calm"]


def drag(page: Page, start: int, end: int) -> None:
    handle = page.locator("[data-handle]").nth(start)
    handle.scroll_into_view_if_needed()
    handle.hover()
    page.mouse.down()
    target = page.locator("[data-row]").nth(end).bounding_box()
    assert target is not None
    page.mouse.move(target["x"] + 20, target["y"] + target["height"] / 2, steps=5)
    page.mouse.move(target["x"] + 20, target["y"] + 2, steps=5)
    page.mouse.up()


def test_plans(page: Page, make_interview: Callable[..., Any]) -> None:
    sign_in(page, make_interview("backend-background"), "/jobs/")
    page.goto("/plans/new/")
    check(page)
    make_job(page)
    make_plan(page)
    check(page)
    for one in page.locator(".question summary").all():
        one.click()
    check(page)
    before = asked(page)
    page.get_by_role("link", name="Edit").click()
    check(page)
    page.locator("[data-row] summary").nth(1).click()
    check(page)
    page.locator("[data-row] summary").nth(1).click()
    page.get_by_role("button", name=f"Move down: {before[0][:30]}").press("Space")
    page.get_by_role("button", name="Write a question of your own").click()
    expect(page.locator("[data-row]")).to_have_count(4)
    own = page.locator("[data-row]").nth(3).locator('[name$="-text"]')
    expect(own).to_be_focused()
    own.fill("Are you married?")
    page.fill('[name="bank_words"]', "patient")
    page.get_by_role("button", name="Search the bank").click()
    expect(page.locator(".finds")).to_be_visible()
    check(page)
    page.locator(".finds button").first.click()
    expect(page.locator("[data-row]")).to_have_count(5)
    page.get_by_role("button", name="Save as version 2").click()
    expect(page.locator(".field-error")).to_contain_text("nobody may be asked")
    check(page)
    page.locator("[data-row]").nth(3).locator('[name$="-text"]').fill(
        "What did you do in a night that was too full?"
    )
    page.fill('[name="notice"]', "Have your registration number at hand.")
    page.get_by_role("button", name="Save as version 2").click()
    expect(page.locator(".question")).to_have_count(5)
    assert asked(page)[:3] == [before[1], before[0], before[2]]
    expect(page.locator(".versions")).to_contain_text("Added: “What did you do in a night")
    expect(page.locator(".versions")).to_contain_text("What candidates read before they agree.")
    check(page)
    page.get_by_role("link", name="Version 1").click()
    expect(page.get_by_text("This is an earlier version.")).to_be_visible()
    assert asked(page) == before
    check(page)
    page.goto("/plans/")
    check(page)


def test_an_open_link_from_the_job_to_the_room(
    page: Page, browser: Browser, visit: Callable[..., Any], make_interview: Callable[..., Any]
) -> None:
    sign_in(page, make_interview("backend-background"), "/jobs/")
    make_job(page)
    check(page)
    job = page.url
    make_plan(page)
    page.goto(job)
    page.locator("#open-link summary").click()
    page.fill('[name="days"]', "0")
    page.locator("#open-link details .is-main").click()
    expect(page.locator("#open-link .field-error")).to_be_visible()
    check(page)
    page.fill('[name="days"]', "3")
    page.locator("#open-link details .is-main").click()
    expect(page.locator(".hand-over-code svg")).to_be_visible()
    check(page)
    page.locator("[data-copy]").click()
    expect(page.locator("[data-copied]")).not_to_be_empty()
    path = page.locator("[data-copy-from]").input_value().split("/", 3)[3]

    options = {"viewport": page.viewport_size, "color_scheme": "dark", "reduced_motion": "reduce"}
    candidate, _ = visit(browser, **options)
    candidate.goto(f"/{path}")
    check(candidate)
    candidate.click("button.is-main")
    expect(candidate.locator(".field-error")).to_be_visible()
    check(candidate)
    candidate.fill('[name="name"]', "Zoë Ł.")
    candidate.click("button.is-main")
    expect(candidate.locator('[data-view="who"]')).to_contain_text("Welcome, Zoë Ł.")
    candidate.goto(f"/{path}")
    expect(candidate.get_by_text("Welcome back, Zoë Ł.")).to_be_visible()
    check(candidate)
    page.goto(job)
    expect(page.locator("#open-link")).to_contain_text("1 of at most 100")
    page.get_by_role("button", name="Close the link").click()
    expect(page.get_by_text("The link is closed.")).to_be_visible()
    check(page)
    candidate.goto(f"/{path}")
    expect(candidate.get_by_role("heading", level=1)).to_have_text("This link is closed")
    check(candidate)
    candidate.click("a.button.is-main")
    expect(candidate.locator('[data-view="who"]')).to_be_visible()
    candidate.goto("/apply/nothing/")
    check(candidate)


def test_rows_without_scripts(
    browser: Browser, visit: Callable[..., Any], make_interview: Callable[..., Any]
) -> None:
    page, _ = visit(browser, java_script_enabled=False)
    sign_in(page, make_interview("backend-background"), "/jobs/")
    make_job(page)
    make_plan(page)
    before = asked(page)
    page.get_by_role("link", name="Edit").click()
    page.locator('[data-row-do="up"]').nth(2).click()
    page.locator('[data-row-do="remove"]').nth(2).click()
    page.fill('[name="bank_words"]', "patient")
    page.get_by_role("button", name="Search the bank").click()
    page.locator(".finds button").first.click()
    page.get_by_role("button", name="Save as version 2").click()
    expect(page.locator(".question")).to_have_count(3)
    assert asked(page)[:2] == [before[0], before[2]]
