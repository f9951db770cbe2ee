"""The walks of docs/api.md, one for each kind of client, run as they stand there against a real server."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.microphone import ANSWERS
from e2e.served import Served

pytestmark = pytest.mark.curl

SECRET = "twilio-token-of-this-test"
LONGEST_S = 120
RECORDING = ANSWERS / "background.flac"
# What each walk must have printed; that no command failed is checked as well.
SHOWS = {
    "jwt-guest-backend": ['"full_name":"Gita Rao"', '"run":2'],
    "interview-api": ["Tell me about yourself.", "What are your strengths?", '"engine"'],
    "simulator": ['"keywords_mentioned"', '"answered":2', "completed"],
    "coordinator": ["video", '"verdict":"advance"', '"time_zone":"Europe/Berlin"'],
    "sms-hiring": ['"resume_text":"Leo Park', "<Response", "opted_out"],
}


@pytest.fixture(scope="module")
def walks(repo_root: Path) -> dict[str, str]:
    blocks = re.findall(
        r"```sh\n# (begin|walk [\w-]+)\n(.*?)```", (repo_root / "docs/api.md").read_text(), re.DOTALL
    )
    return {name.removeprefix("walk "): commands for name, commands in blocks}


@pytest.fixture(scope="module")
def walked(miniature: Path) -> Iterator[Served]:
    """A server of its own: five clients at once sign in more often than one address may."""
    settings = {"RATE_LIMITS": "false", "TWILIO_AUTH_TOKEN": SECRET, "SMS_QUIET_HOURS": "none"}
    with Served(miniature, **settings) as running:
        yield running


@pytest.mark.parametrize("client", SHOWS)
def test_the_walk_of(client: str, walks: dict[str, str], walked: Served, tmp_path: Path) -> None:
    assert set(walks) == {"begin", *SHOWS}
    environment = {
        **os.environ,
        "SITE": f"http://localhost:{walked.port}",
        "TWILIO_AUTH_TOKEN": SECRET,
        "RECORDING": str(RECORDING),
        "FOLDER": str(tmp_path),
    }
    script = f"set -euo pipefail\n{walks['begin']}\n{walks[client]}"
    done = subprocess.run(
        ["bash", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr}\n{walked.log()[-2000:]}"
    for shown in SHOWS[client]:
        assert shown in done.stdout.replace('": ', '":')
    if client == "interview-api":
        assert (tmp_path / "interview.pdf").read_bytes().startswith(b"%PDF")
