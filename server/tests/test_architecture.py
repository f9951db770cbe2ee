"""The shape of the project: its packages, which way they import, what pure modules and back ends may use."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

# Modules that only compute: the time, the database and the network are handed to them as values.
PURE = (
    "interviews/plan.py",
    "interviews/coverage.py",
    "interviews/dashboard/figures.py",
    "interviews/dashboard/impact_ratios.py",
    "interviews/dashboard/spread.py",
    "interviews/moves.py",
    "interviews/progress.py",
    "interviews/live/constants.py",
    "interviews/live/echo.py",
    "interviews/live/effects.py",
    "interviews/live/event.py",
    "interviews/live/events.py",
    "interviews/live/interventions.py",
    "interviews/live/evolving.py",
    "interviews/live/inputs.py",
    "interviews/live/plan_view.py",
    "interviews/live/session.py",
    "interviews/live/signals.py",
    "interviews/live/state.py",
    "interviews/live/vocabulary.py",
    "interviews/live/rules/*.py",
    "interviews/evaluation/*.py",
    "interviews/planning/claims.py",
    "interviews/planning/cleaning.py",
    "interviews/planning/comparing.py",
    "interviews/planning/description.py",
    "interviews/planning/drafting.py",
    "interviews/planning/preview.py",
    "interviews/planning/probes.py",
    "interviews/planning/timing.py",
    "consumers/cards.py",
    "consumers/codec.py",
    "consumers/credentials.py",
    "consumers/limits.py",
    "consumers/translation.py",
    "consumers/wire.py",
    "messaging/sms/keywords.py",
    "messaging/sms/quiet_hours.py",
    "messaging/sms/splitting.py",
    "messaging/sms/texts.py",
    "reports/content.py",
    "reports/overrides.py",
    "reports/evidence.py",
    "reports/open_questions.py",
    "reports/people.py",
    "speech/endpointing.py",
    "speech/guard.py",
    "speech/line.py",
    "speech/patience.py",
    "speech/scheduling.py",
    "speech/transcript.py",
    "speech/turn_text.py",
    "speech/word_errors.py",
)
IMPURE_IMPORTS = {"django", "channels", "asyncio", "time", "random", "socket", "threading"}
VENDOR_SDKS = {
    "faster_whisper",
    "ctranslate2",
    "onnxruntime",
    "openai",
    "pocketsphinx",
    "twilio",
    "pipecat",
    "reportlab",
}
WITHOUT_DJANGO = ("speech", "reports")


@pytest.fixture(scope="session")
def root(repo_root: Path) -> Path:
    return repo_root


def sources(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*.py"):
        if not {"tests", "migrations", ".venv"} & set(path.parts):
            yield path


def imported(path: Path) -> set[str]:
    """The top-level names that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def packages(root: Path) -> set[str]:
    return {path.parent.name for path in root.glob("*/__init__.py")}


def contract(root: Path) -> dict[str, list[str]]:
    config = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = [name.strip("() ") for layer in config["contracts"][0]["layers"] for name in layer.split("|")]
    return {"layers": layers, "roots": config["root_packages"]}


def test_every_package_has_its_layer(root: Path) -> None:
    """Benchmarks are outside the product: they may import all of it and nothing of it imports them."""
    there = packages(root) - {"bench", "e2e"}
    assert there == set(contract(root)["roots"])
    assert there <= set(contract(root)["layers"])


def test_nothing_imports_the_benchmarks(root: Path) -> None:
    offenders = [path for name in contract(root)["roots"] for path in sources(root / name)]
    assert not [path for path in offenders if imported(path) & {"bench", "e2e"}]


@pytest.mark.parametrize("pattern", PURE)
def test_pure_modules_only_compute(root: Path, pattern: str) -> None:
    found = sorted(root.glob(pattern))
    assert found, f"{pattern} is gone: take it off the list, or put it back"
    for path in found:
        assert not imported(path) & (IMPURE_IMPORTS | VENDOR_SDKS), path.relative_to(root)


def test_vendors_stay_behind_ports(root: Path) -> None:
    """`reports` is itself the back end for ReportLab, so there it may be imported anywhere."""
    for name in contract(root)["roots"]:
        for path in sources(root / name):
            if {"backends", "miniature"} & set(path.parts):
                continue  # the miniature Whisper is an instrument: its script writes CTranslate2's format
            used = imported(path) & VENDOR_SDKS
            if name == "reports":
                used.discard("reportlab")
            assert not used, f"{path.relative_to(root)} imports {used}"


@pytest.mark.parametrize("name", WITHOUT_DJANGO)
def test_engines_and_reports_know_no_django(root: Path, name: str) -> None:
    for path in sources(root / name):
        allowed = path.name == "apps.py" or "management" in path.parts
        assert allowed or not imported(path) & {"django", "channels", "rest_framework"}, path.relative_to(
            root
        )


def test_every_test_directory_can_be_collected(root: Path) -> None:
    """Tests are imported by path; a package would make two modules of one name clash."""
    assert not list(root.glob("*/tests/__init__.py"))
