"""Settings: documented everywhere, explained when bad, sound when strict."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings


@pytest.fixture(scope="session")
def read_names(repo_root: Path) -> set[str]:
    """Every name that the settings ask the environment for."""
    return {
        node.args[0].value
        for path in (repo_root / "server").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and isinstance(node.args[0], ast.Constant)
    }


def test_the_example_lists_every_setting_with_a_comment(repo_root: Path, read_names: set[str]) -> None:
    lines = (repo_root / ".env.example").read_text().splitlines()
    named = {match[1]: number for number, line in enumerate(lines) if (match := re.match(r"#(\w+)=", line))}
    assert set(named) == read_names
    assert all(lines[number - 1].startswith("#") for number in named.values())


def test_the_manual_lists_every_setting(repo_root: Path, read_names: set[str]) -> None:
    manual = (repo_root / "docs/deploy.md").read_text()
    assert set(re.findall(r"^\| `([A-Z0-9_]+)` \|", manual, re.MULTILINE)) == read_names


def test_compose_sets_only_what_is_read(repo_root: Path, read_names: set[str]) -> None:
    services = yaml.safe_load((repo_root / "docker-compose.yml").read_text())["services"]
    assert set(services["web"]["environment"]) <= read_names
    assert set(services["proxy"]["environment"]) == {"WEB", "LISTEN"}


def test_compose_starts_scripts_that_are_there(repo_root: Path) -> None:
    services = yaml.safe_load((repo_root / "docker-compose.yml").read_text())["services"]
    for name in ("web", "migrate", "worker"):
        assert os.access(repo_root / services[name]["command"][0], os.X_OK)
    assert os.access(repo_root / services["proxy"]["command"][1].lstrip("/"), os.X_OK)
    smoke = (repo_root / "deploy/smoke.sh").read_text()
    assert all(f"deploy/{script}" in smoke for script in ("web.sh", "worker.sh", "migrate.sh", "proxy.sh"))


def start(
    tmp_path: Path, repo_root: Path, shown: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Load the settings in a process of their own, with nothing but `environment`, and print `shown`."""
    clean = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "ENV_FILE": os.devnull}
    return subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings; print({shown})"],
        env={**clean, "DJANGO_SETTINGS_MODULE": "server.settings", **environment},
        cwd=repo_root,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "eighty", "PORT is 'eighty'; write a whole number"),
        ("DATABASE_URL", "mysql://viva:hunter2@db/viva", "DATABASE_URL does not look like an address"),
        ("TRUSTED_PROXIES", "proxy.internal", "write addresses or networks"),
        ("ALLOWED_HOSTS", "*", "name the hosts of this server"),
        ("SPEECH_ENGINE", "ears", "SPEECH_ENGINE is 'ears'; choose one of auto"),
        ("SPEECH_ENGINE", "openai", "set OPENAI_API_KEY, or OPENAI_BASE_URL"),
        ("VOICE", "openai", "set OPENAI_API_KEY, or OPENAI_BASE_URL"),
        ("VOICE", "parrot", "choose one of browser, openai"),
        ("VOICE_BASE_URL", "voice-box", "VOICE_BASE_URL does not look like an address"),
        ("SPEECH_WINDOW", "wide", "choose one of auto, full, tight"),
        ("WHISPER_MODEL", "/nowhere/model", "there is no such directory"),
        ("VAR_DIR", "/dev/null/viva", "VAR_DIR is /dev/null/viva, which can't be made"),
    ],
)
def test_a_bad_value_stops_the_start(
    tmp_path: Path, repo_root: Path, name: str, value: str, told: str
) -> None:
    started = start(tmp_path, repo_root, "settings.PORT", **{name: value})
    assert started.returncode != 0
    last = started.stderr.strip().splitlines()[-1]
    assert told in last
    assert "hunter2" not in last


@pytest.mark.parametrize(
    ("environment", "is_open"),
    [({}, "False"), ({"LOCAL": "true"}, "True"), ({"LOCAL": "true", "GUESTS": "no"}, "False")],
)
def test_doors_are_closed_by_default(
    tmp_path: Path, repo_root: Path, environment: dict[str, str], is_open: str
) -> None:
    assert start(tmp_path, repo_root, "settings.GUESTS", **environment).stdout.strip() == is_open


def test_hearing_and_speaking_may_live_at_other_addresses(tmp_path: Path, repo_root: Path) -> None:
    shown = "(settings.SPEECH.openai_base_url, settings.SPEECH.voice_base_url)"
    one = {"OPENAI_BASE_URL": "http://one.example/v1"}
    two = {**one, "SPEECH_BASE_URL": "http://ear.example", "VOICE_BASE_URL": "http://mouth.example"}
    at_one = start(tmp_path, repo_root, shown, **one).stdout.strip()
    assert at_one == "('http://one.example/v1', 'http://one.example/v1')"
    assert (
        start(tmp_path, repo_root, shown, **two).stdout.strip()
        == "('http://ear.example', 'http://mouth.example')"
    )


def test_a_page_may_load_only_from_here() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    for name in ("default-src", "script-src", "style-src", "connect-src"):
        assert "'unsafe-inline'" not in directives[name]
        assert not [source for source in directives[name] if "//" in str(source)]


def test_the_channel_layer_keeps_idle_sockets(tmp_path: Path, repo_root: Path) -> None:
    hosts = "settings.CHANNEL_LAYERS['default']['CONFIG']['hosts']"
    shown = start(tmp_path, repo_root, hosts, REDIS_URL="redis://127.0.0.1:6379/0").stdout
    assert "'socket_timeout': None" in shown
