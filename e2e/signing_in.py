"""How people with an account come to their pages."""

from typing import Protocol

from playwright.sync_api import Page


class Known(Protocol):
    """Whoever has an account."""

    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...


def sign_in(page: Page, who: Known, path: str) -> None:
    """Sign in and open `path`. The form itself is sent without being drawn: few tests are about it."""
    page.request.get("/sign-in/")
    code = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    form = {"username": who.user, "password": who.password, "csrfmiddlewaretoken": code}
    answer = page.request.post("/sign-in/", form=form, max_redirects=0)
    assert answer.status == 302, f"{who.user} could not sign in"
    page.goto(path)


def fill_in(page: Page, name: str, password: str) -> None:
    """Sign in by the form that one was led to."""
    page.fill("#id_username", name)
    page.fill("#id_password", password)
    page.keyboard.press("Enter")
