"""The throttles start empty and guests are let in, for each test."""

import pytest


@pytest.fixture(autouse=True)
def _rest(empty_throttles: None, guests_let_in: None) -> None:
    """Both fixtures stand in interviews/api/tests/people.py."""
