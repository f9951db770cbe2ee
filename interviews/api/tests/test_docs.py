"""docs/api.md names every address and method that there is, and none that is not."""

import re
from pathlib import Path

from drf_spectacular.generators import SchemaGenerator

NAMED = re.compile(r"`(GET|POST|PUT|PATCH|DELETE) (/api/[^`?]*)`")


def test_every_operation_is_documented(repo_root: Path) -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    there = {(method.upper(), path) for path, methods in schema["paths"].items() for method in methods}
    named = set(NAMED.findall((repo_root / "docs" / "api.md").read_text()))
    assert named == there
