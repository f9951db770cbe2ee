"""What a browser gets from the real server: static files, strict headers, pages that live with them."""

import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright

# ReDoc's bundle asks its maker's server for a logo and can't be told not to; the policy stops it.
REDOCLY_LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg"


@pytest.fixture(scope="module")
def browser_page(driver: Playwright, chromium_path: str) -> Iterator[Page]:
    browser = driver.chromium.launch(
        executable_path=chromium_path, args=["--no-sandbox", "--disable-background-networking"]
    )
    yield browser.new_page()
    browser.close()


def test_static_files_come_without_another_server(site: str) -> None:
    with urllib.request.urlopen(f"{site}/static/admin/css/base.css") as answer:
        assert answer.headers["Content-Type"].startswith("text/css")
        assert answer.read(1)


def test_pages_carry_strict_headers(site: str) -> None:
    with urllib.request.urlopen(f"{site}/admin/login/") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-inline" not in policy
        assert "microphone=(self)" in answer.headers["Permissions-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.browser
def test_the_admin_works_under_the_policy(site: str, browser_page: Page) -> None:
    complaints: list[str] = []
    browser_page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    browser_page.goto(f"{site}/admin/")
    browser_page.fill("#id_username", "root")
    browser_page.fill("#id_password", "a password for tests")
    browser_page.click("input[type=submit]")
    browser_page.locator("#user-tools").wait_for()  # or the next page would cut the signing in short
    for page in (
        "",
        "interviews/session/",
        "accounts/user/",
        "interviews/event/",
        "accounts/organisation/add/",
    ):
        browser_page.goto(f"{site}/admin/{page}")
        assert browser_page.locator("#user-tools").is_visible()
    assert not [told for told in complaints if "Content Security Policy" in told]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("page", "sign_of_life"),
    [
        ("api/docs/", ".swagger-ui .opblock"),
        ("api/redoc/", ".api-info a[download][href$='/api/schema/']"),
        ("", "h1"),
        ("api/health/", "pre"),
    ],
)
def test_every_page_lives_with_its_policy(
    site: str, browser_page: Page, page: str, sign_of_life: str
) -> None:
    complaints: list[str] = []
    browser_page.on("console", lambda message: complaints.append(message.text))
    browser_page.goto(f"{site}/{page}")
    browser_page.locator(sign_of_life).first.wait_for(timeout=20_000)
    blocked = [told for told in complaints if "Content Security Policy" in told]
    assert not [told for told in blocked if REDOCLY_LOGO not in told]
