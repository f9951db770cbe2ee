"""What `check --deploy` says of settings that don't fit together."""

from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks

SOUND: dict[str, Any] = {
    "BEHIND_HTTPS": True,
    "TRUSTED_PROXIES": (ip_network("10.0.0.1"),),
    "DATABASE_URL": "postgres://db/viva",
    "REDIS_URL": "redis://cache/0",
    "SECRET_KEY": "given",
    "LOCAL": False,
    "ALLOWED_ORIGINS": ["https://viva.example"],
}


@pytest.fixture
def found(settings: Any, tmp_path: Path) -> Any:
    def run(**changed: Any) -> set[str]:
        for name, value in {**SOUND, "VAR_DIR": tmp_path, **changed}.items():
            setattr(settings, name, value)
        messages = run_checks(include_deployment_checks=True)
        return {str(message.id) for message in messages if str(message.id).startswith("viva.")}

    return run


def test_a_sound_deployment_has_nothing_to_say(found: Any) -> None:
    assert found() == set()


def test_a_key_of_one_machine_is_not_enough(found: Any, tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("made here")
    assert found(SECRET_KEY="made here") == {"viva.E001"}


@pytest.mark.parametrize(
    ("changed", "ids"),
    [
        ({"TRUSTED_PROXIES": ()}, {"viva.W002"}),
        ({"BEHIND_HTTPS": False}, {"viva.W003"}),
        ({"DATABASE_URL": ""}, {"viva.W004"}),
        ({"REDIS_URL": ""}, {"viva.W005"}),
        ({"LOCAL": True}, {"viva.E006"}),
        ({"RATE_LIMITS": False}, {"viva.E008"}),
        ({"ALLOWED_ORIGINS": ["http://viva.example"]}, {"viva.W007"}),
    ],
)
def test_each_misfit_has_its_own_number(found: Any, changed: dict[str, Any], ids: set[str]) -> None:
    assert found(**changed) == ids
