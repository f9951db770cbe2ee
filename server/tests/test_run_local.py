"""Starting on a laptop: a busy port is explained before anything is done."""

from socket import create_server

import pytest
from django.core.management import CommandError, call_command

from server.management.commands.run_local import require_free_port


def test_a_free_port_is_fine(free_port: int) -> None:
    require_free_port("127.0.0.1", free_port)


def test_a_busy_port_is_explained(free_port: int) -> None:
    with (
        create_server(("127.0.0.1", free_port)),
        pytest.raises(CommandError, match=f"Port {free_port} is in use.*make run PORT="),
    ):
        require_free_port("127.0.0.1", free_port)


def test_it_is_found_before_the_database_is_touched(free_port: int, settings: object) -> None:
    settings.PORT = free_port  # type: ignore[attr-defined]
    with create_server(("127.0.0.1", free_port)), pytest.raises(CommandError, match="in use"):
        call_command("run_local")
