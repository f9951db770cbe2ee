"""No test can reach past this machine."""

import socket

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
