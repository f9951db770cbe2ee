"""Runs the tests of the pages' scripts, where node is installed; otherwise the browser tests must do."""

import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = Path(__file__).parent / "js"
SCRIPTS = Path(__file__).parent.parent / "static" / "web"
LONGEST = 400


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.parametrize("path", sorted(TESTS.glob("*.test.js")), ids=lambda path: path.name)
def test_scripts(path: Path) -> None:
    done = subprocess.run(["node", "--test", path], check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout[-4000:]


def test_files_stay_short() -> None:
    files = [*SCRIPTS.rglob("*.js"), *SCRIPTS.rglob("*.css")]
    assert files
    assert not [path.name for path in files if len(path.read_text().splitlines()) > LONGEST]


def test_nothing_is_loaded_from_elsewhere() -> None:
    for path in (*SCRIPTS.rglob("*.js"), *SCRIPTS.rglob("*.css")):
        assert "https://" not in path.read_text().replace("http://www.w3.org", ""), path.name
