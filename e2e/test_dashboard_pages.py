"""The dashboard in a browser: charts as people see and hear them, narrowing, and the free question."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from e2e.accessible import check
from e2e.served import Served
from e2e.signing_in import sign_in

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class History:
    """How the admin of some weeks of interviews signs in, and a candidate's token."""

    user: str
    password: str
    token: str


@pytest.fixture(scope="module")
def history(server: Served) -> History:
    return History(**server.make("history", 40))


def test_figures_are_drawn_told_and_narrowed(page: Page, history: History) -> None:
    sign_in(page, history, "/dashboard/")
    expect(page.get_by_role("img", name="Scores")).to_be_visible()
    expect(page.locator(".charts").first).to_contain_text("n = 40 scored interviews")
    expect(page.get_by_role("heading", name="Pass rates by group")).to_be_visible()
    check(page)
    table = page.locator("section.figure", has=page.get_by_role("heading", name="Scores", exact=True))
    table.locator("summary").click()
    expect(table.get_by_role("row")).to_have_count(11)
    check(page)

    page.locator("#id_begin").fill("2020-01-01")
    page.locator("#id_end").fill("2020-12-31")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".charts").first).to_contain_text("Too few: 0 of 10 interviews.")
    assert "begin=2020-01-01" in page.url
    check(page)
    page.locator("#id_end").fill("2019-12-31")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".field-error")).to_contain_text("before the day it begins with")
    check(page)


def test_a_candidate_answers_the_free_question_and_takes_it_back(page: Page, history: History) -> None:
    page.goto(f"/i/{history.token}/")
    section = page.get_by_role("region", name="A voluntary question, apart from your interview")
    section.get_by_label("Sex").select_option("another")
    section.get_by_role("button", name="Send this answer").click()
    expect(section.locator(".notice")).to_contain_text("there is an answer of yours")
    expect(section.get_by_label("Sex")).to_have_value("")
    check(page)
    section.get_by_role("button", name="Take my answer back").click()
    expect(section.locator(".notice")).to_have_count(0)
