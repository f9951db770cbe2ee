"""The page to sign in: what it says of a wrong password, and of too many tries."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from accounts.models import Role, User

WRONG = "don't go together"
TOO_OFTEN = "Too many tries within a minute"


def _page_after(client: Client, password: str) -> str:
    address = reverse("web:sign_in")
    return client.post(address, {"username": "dana", "password": password}).content.decode()


def test_after_too_many_tries_a_right_password_is_not_called_wrong(
    client: Client, make_user: Callable[..., User]
) -> None:
    user = make_user("dana", Role.ADMIN)
    user.set_password("right")
    user.save()
    pages = [_page_after(client, "wrong") for _ in range(5)]
    assert all(WRONG in page and TOO_OFTEN not in page for page in pages)
    after = _page_after(client, "right")
    assert TOO_OFTEN in after
    assert WRONG not in after
