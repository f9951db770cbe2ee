"""What people see of the REST interface in a browser: groups with a sentence each, and our name on top."""

import pytest
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from server.api_tags import GROUPS


def test_every_group_of_the_reference_is_told_and_used() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    used = {
        tag for path in schema["paths"].values() for one in path.values() for tag in one.get("tags", ["-"])
    }
    assert used == set(GROUPS)
    assert [one["name"] for one in schema["tags"]] == list(GROUPS)


@pytest.mark.django_db
def test_the_browsable_pages_are_ours() -> None:
    html = Client(headers={"host": "localhost", "accept": "text/html"}).get("/api/jobs/").content.decode()
    assert "<title>Jobs – Viva</title>" in html
    assert 'name="viewport"' in html
    assert "/sign-in/?next=%2Fapi%2Fjobs%2F" in html
    assert html.count(">Root</a>") == 1
