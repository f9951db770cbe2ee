"""Installing for `make run` and `make test`: sentences instead of tracebacks, and no work twice."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def install(repo_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, with an environment of its own that looks complete but is empty."""
    spec = importlib.util.spec_from_file_location("viva_install", repo_root / "deploy/install.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ENVIRONMENT", tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python").symlink_to("/bin/false")
    return module


def test_what_is_installed_is_not_installed_again(install: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "viva-run.installed").write_text(install._wanted("run"))
    assert install.main("run") == 0


def test_the_environment_of_the_tests_can_run_too(install: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "viva-dev.installed").write_text(install._wanted("dev"))
    assert install.main("run") == 0


def test_an_installation_that_fails_is_explained_and_not_stamped(
    install: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "viva-run.installed").write_text("of an older version")
    assert install.main("run") == 1
    assert "A package index must be reachable" in capsys.readouterr().err
    assert (tmp_path / "viva-run.installed").read_text() == "of an older version"


def test_an_old_python_is_named(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "LEAST", (9, 9))
    monkeypatch.setattr(install, "MOST", (9, 11))
    assert install.main("run") == 1
    assert "Viva needs Python 9.9 to 9.11; this is " in capsys.readouterr().err


def test_a_python_without_venv_is_explained(repo_root: Path, tmp_path: Path) -> None:
    code = "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv[1:] = ['run']; "
    code += "runpy.run_path('deploy/install.py', run_name='__main__')"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "VENV": str(tmp_path / "new")},
        cwd=repo_root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "apt install python3-venv" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_turn_model_is_pinned_once(install: ModuleType, repo_root: Path) -> None:
    pins = (repo_root / "constraints.txt").read_text().splitlines()
    assert [pin for pin in pins if pin.startswith(f"{install.TURN_MODEL}==")]
    assert f"--no-deps {install.TURN_MODEL}" in (repo_root / "Dockerfile").read_text()


def test_constraints_are_plain_pins(repo_root: Path) -> None:
    for line in (repo_root / "constraints.txt").read_text().splitlines():
        name, _, version = line.partition(";")[0].partition("==")
        assert name.replace("-", "").replace("_", "").replace(".", "").isalnum(), line
        assert version[0].isdigit(), line
