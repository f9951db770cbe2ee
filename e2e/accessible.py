"""What every page has to be: clean under axe, and no wider than the screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = {"phone": (390, 844), "desk": (1280, 800)}
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


def check(page: Page) -> None:
    """This will fail with axe's own report, or by how much the page can be scrolled sideways."""
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} can be scrolled sideways by {wider} px"
