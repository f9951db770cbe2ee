"""What the dashboard's figures cost at 1,000, 10,000 and 100,000 sessions, in SQLite and in Postgres.

One organisation made 500 sessions within the period, however many there are: half of the others are older
ones of its own, half belong to nine others, from three years. Each session has a plan of 2 kB, two rows of
evaluations of 2 kB, and an interview with its round. `touched` is what the database itself counts: rows read
from tables and indexes in Postgres, thousands of steps of its virtual machine in SQLite.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

SIZES = (1_000, 10_000, 100_000)
POSTGRES_URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
LONGEST_S = 1_800


def measure() -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        rows += _measured("SQLite", f"sqlite:///{Path(folder) / 'figures.sqlite3'}")
    with _scratch_database() as url:
        if url:
            rows += _measured("Postgres", url)
    return {
        "sessions in the period": 500,
        "databases": sorted({row["database"] for row in rows}),
        "each": rows,
    }


def _measured(database: str, url: str) -> list[dict[str, Any]]:
    settings = {"DATABASE_URL": url, "ENV_FILE": "/dev/null", "REDIS_URL": "", "LOCAL": "true"}
    command = [sys.executable, "-m", "bench.dashboard_figures", *map(str, SIZES)]
    done = subprocess.run(
        command, env=os.environ | settings, stdout=subprocess.PIPE, check=True, timeout=LONGEST_S
    )
    return [{"database": database, **row} for row in json.loads(done.stdout)]


@contextmanager
def _scratch_database() -> Iterator[str]:
    """A new one on the server the tests use, or "" where none answers."""
    name = f"viva_bench_{os.getpid()}"
    try:
        server = psycopg.connect(POSTGRES_URL, autocommit=True, connect_timeout=2)
    except psycopg.Error:
        yield ""
        return
    with server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(POSTGRES_URL)._replace(path=f"/{name}"))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
