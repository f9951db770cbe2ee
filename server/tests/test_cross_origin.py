"""Pages of other sites: those that are named may use the interface with a token, nobody else."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
FRIEND = "https://careers.example"


@pytest.fixture(autouse=True)
def _one_friend(settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = [FRIEND]


def preflight(client: Client, origin: str, path: str = "/api/sessions/") -> Any:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-interview-token"}
    return client.options(path, headers={"Origin": origin, **asks})


@pytest.mark.parametrize("path", ["/api/sessions/", "/api/sessions", "/api/v1/sessions/", "/api"])
def test_a_named_site_may_ask(client: Client, path: str) -> None:
    answer = preflight(client, FRIEND, path)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == FRIEND
    assert "x-interview-token" in answer["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize("origin", ["https://evil.example", "https://careers.example.evil.com", "null"])
def test_another_site_may_not(client: Client, origin: str) -> None:
    assert "Access-Control-Allow-Origin" not in preflight(client, origin)
    assert "Access-Control-Allow-Origin" not in client.get("/api/info/", headers={"Origin": origin})


def test_pages_are_not_for_other_sites(client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/sign-in/", headers={"Origin": FRIEND})


def test_errors_can_be_read_across_sites_too(client: Client) -> None:
    answer = client.get("/api/sessions/", headers={"Origin": FRIEND})
    assert answer.status_code == 401
    assert answer["Access-Control-Allow-Origin"] == FRIEND
