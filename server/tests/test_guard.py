"""No test can reach past this machine."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection


def test_connecting_outside_is_refused() -> None:
    with socket.socket() as out, pytest.raises(RuntimeError, match=r"stay on 127\.0\.0\.1"):
        out.connect(("192.0.2.1", 80))


def test_looking_up_a_name_outside_is_refused() -> None:
    with pytest.raises(RuntimeError, match="example"):
        socket.getaddrinfo("example.org", 80)


def test_loopback_is_open(free_port: int) -> None:
    with socket.create_server(("127.0.0.1", free_port)), socket.create_connection(("127.0.0.1", free_port)):
        pass


@pytest.mark.postgres
def test_a_fresh_postgres_is_there(postgres_url: str) -> None:
    assert "viva_test_" in postgres_url


@pytest.mark.redis
def test_a_fresh_redis_is_there(redis_url: str) -> None:
    assert redis_url.startswith("redis://")


@pytest.mark.django_db(transaction=True)
def test_the_database_is_a_file_or_a_server() -> None:
    connection.ensure_connection()
    assert "memory" not in str(connection.settings_dict["NAME"])


NO_MORE_THAN_THE_GUARD = ("-c", "pyproject.toml", "-p", "conftest", "-p", "no:cacheprovider")
NEEDY_TEST = """
import pytest

@pytest.mark.redis
def test_with_redis():
    pass
"""


@pytest.mark.parametrize(("must_not_skip", "told"), [("0", "1 skipped"), ("1", "1 error")])
def test_a_missing_service_skips_here_and_fails_in_ci(
    tmp_path: Path, repo_root: Path, free_port: int, must_not_skip: str, told: str
) -> None:
    (tmp_path / "test_needy.py").write_text(NEEDY_TEST)
    environment = {"VIVA_CI": must_not_skip, "TEST_REDIS_URL": f"redis://127.0.0.1:{free_port}/0"}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *NO_MORE_THAN_THE_GUARD, str(tmp_path)],
        cwd=repo_root,
        env={**os.environ, **environment, "PYTHONPATH": str(repo_root)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert told in ran.stdout
    assert "no Redis answers" in ran.stdout + ran.stderr or must_not_skip == "0"
