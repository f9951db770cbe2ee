"""Waiting for what no locator shows, such as what a test's own server was told."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

LONGEST_S = 20


def until(page: Page, holds: Callable[[], object]) -> None:
    """Returns once it holds. What a page sends comes to a test only while that waits for the page."""
    deadline = time.monotonic() + LONGEST_S
    while not holds():
        assert time.monotonic() < deadline, "it never came to be"
        page.wait_for_timeout(20)
