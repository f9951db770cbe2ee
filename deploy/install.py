"""Makes the environment and installs what `make run` or `make test` needs; uses nothing but Python itself.

A stamp remembers what was installed, so that a second start takes no time. With `dev` it also brings the
tools of `make check` and `make test`.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = Path(os.environ.get("VENV", ROOT / ".venv"))
LEAST, MOST = (3, 11), (3, 13)  # beyond them some engines have no ready-made package
# Its 8 MB turn model is all that is used of this package, so none of its own dependencies are installed.
TURN_MODEL = "pipecat-ai"


def main(kind: str) -> int:
    """This will return 0 when everything is installed, else 1 after one sentence on standard error."""
    if not LEAST <= sys.version_info[:2] <= MOST:
        return _sorry(
            f"Viva needs Python {LEAST[0]}.{LEAST[1]} to {MOST[0]}.{MOST[1]}; this is "
            f"{sys.version.split()[0]}. Name another: make run PYTHON=python3.12"
        )
    if _is_installed(kind):
        return 0
    if not _python().exists() and not _make_environment():
        return 1
    target = "." if kind == "run" else ".[dev]"
    print(f"Installing Viva into {ENVIRONMENT} (once; a few minutes on a slow line)…", flush=True)
    constraints = str(ROOT / "constraints.txt")
    if not _pip("-c", constraints, "-e", target) or not _pip("-c", constraints, "--no-deps", TURN_MODEL):
        return _sorry(
            "The installation failed; what pip said stands above. A package index must be reachable "
            "once, afterwards Viva needs no network. Then run the same command again."
        )
    _stamp(kind).write_text(_wanted(kind))
    return 0


def _make_environment() -> bool:
    try:
        import ensurepip  # noqa: F401, PLC0415 (its absence is what we ask about)
        import venv  # noqa: PLC0415

        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(ENVIRONMENT)
    except ImportError:
        _sorry(
            "This Python can't make environments: its venv module is missing or lacks pip. On Debian and "
            "Ubuntu: apt install python3-venv. Or name another Python: make run PYTHON=/path/to/python3"
        )
    except (OSError, subprocess.CalledProcessError) as error:
        _sorry(f"The environment {ENVIRONMENT} could not be made: {error}")
    else:
        return True
    return False


def _python() -> Path:
    return ENVIRONMENT / "bin" / "python"


def _pip(*arguments: str) -> bool:
    command = [str(_python()), "-m", "pip", "install", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def _stamp(kind: str) -> Path:
    return ENVIRONMENT / f"viva-{kind}.installed"


def _wanted(kind: str) -> str:
    digest = hashlib.sha256(f"{kind} {TURN_MODEL} {sys.version_info[:2]} {ROOT}".encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _is_installed(kind: str) -> bool:
    """What tests need holds all that running needs."""
    for stamped in {kind, "dev"}:
        stamp = _stamp(stamped)
        if _python().exists() and stamp.exists() and stamp.read_text() == _wanted(stamped):
            return True
    return False


def _sorry(sentence: str) -> int:
    print(f"\n{sentence}\n", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
