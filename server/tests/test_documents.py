"""What the documents promise is there: links, packages, commands."""

import re
from pathlib import Path

import pytest

DOCUMENTS = ("README.md", "CHANGELOG.md", "docs/deploy.md", "docs/security.md")


def targets(root: Path) -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(repo_root: Path, name: str) -> None:
    document = repo_root / name
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text())
    assert not [link for link in links if not (document.parent / link).exists()]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_commands_exist(repo_root: Path, name: str) -> None:
    text = (repo_root / name).read_text()
    # `make run PORT=8001` and the like: code spans and indented lines only, not the verb
    assert set(re.findall(r"(?:`|^    )make ([a-z-]+)", text, re.MULTILINE)) <= targets(repo_root)
    commands = {path.stem for path in repo_root.glob("*/management/commands/*.py")}
    built_in = {"createsuperuser", "migrate", "check", "makemigrations", "changepassword"}
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) <= commands | built_in


def test_named_scripts_exist(repo_root: Path) -> None:
    named = {
        path for name in DOCUMENTS for path in re.findall(r"deploy/[\w.-]+", (repo_root / name).read_text())
    }
    assert named
    assert not [path for path in named if not (repo_root / path).exists()]


def test_the_readme_maps_every_package(repo_root: Path) -> None:
    mapped = set(re.findall(r"`([a-z0-9]+)/`", (repo_root / "README.md").read_text()))
    there = {path.parent.name for path in repo_root.glob("*/__init__.py")}
    assert there <= mapped


def test_every_decision_has_its_three_parts(repo_root: Path) -> None:
    for page in (repo_root / "docs/decisions").glob("*.md"):
        text = page.read_text()
        assert text.startswith("# "), page.name
        for part in ("Context", "Decision", "Cost"):
            assert f"**{part}" in text or f"## {part}" in text, page.name


def test_the_readme_fits_a_page_and_names_no_machine(repo_root: Path) -> None:
    text = (repo_root / "README.md").read_text()
    assert len(text.splitlines()) <= 120
    assert not re.search(r"/(?:work|tmp|root|home)/", text)
