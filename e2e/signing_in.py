"""How people with an account come to their pages."""

from typing import Protocol

from playwright.sync_api import Page


class Known(Protocol):
    """Whoever has an account."""

    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...


def sign_in(page: Page, who: Known, path: str, *, at: str = "") -> None:
    """Sign in and wait for the page they were on their way to; `at` is a server that isn't the page's own."""
    page.goto(f"{at}/sign-in/?next={path}")
    page.fill("#id_username", who.user)
    page.fill("#id_password", who.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: address.endswith(path) and "/sign-in/" not in address)
