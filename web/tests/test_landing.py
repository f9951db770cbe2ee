"""The first page: a page for people, the interface's root for programs that ask for JSON."""

import pytest
from django.test import Client


@pytest.mark.parametrize(
    ("accepts", "kind"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("application/json", "application/json"),
    ],
)
def test_each_gets_what_it_can_read(client: Client, accepts: str, kind: str) -> None:
    answer = client.get("/", headers={"Accept": accepts})
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert "Accept" in answer["Vary"]


def test_programs_read_where_to_begin(client: Client) -> None:
    read = client.get("/", headers={"Accept": "application/json"}).json()
    assert (read["name"], read["status"]) == ("Viva", "running")
    assert read["links"]["docs"].endswith("/api/docs/")
