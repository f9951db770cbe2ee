"""What every page has to be: clean under axe, and no wider than the screen."""

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

WIDTHS = {"phone": (390, 844), "desk": (1280, 800)}
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# What passes is told nowhere: bringing the description of every element here costs as much as looking at it.
LOOK = """async (rules) => {
    const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
    const { scrollWidth, clientWidth } = document.documentElement;
    return { violations, wider: scrollWidth - clientWidth };
}"""


def check(page: Page) -> None:
    """This will fail with axe's own report, or by how much the page can be scrolled sideways."""
    page.wait_for_load_state()  # a click that leads elsewhere returns when the new page begins
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    seen = page.evaluate(LOOK, RULES)
    found = AxeResults(seen)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert seen["wider"] <= 0, f"{page.url} can be scrolled sideways by {seen['wider']} px"
