"""Writes results for people."""

from typing import Any


def as_text(figures: dict[str, Any]) -> str:
    return "\n".join(f"  {name:<54} {_value(value)}" for name, value in figures.items() if name != "each")


def as_markdown(results: dict[str, Any]) -> str:
    """All parts, each with the machine and the day it was measured on."""
    parts = ["# Results\n", "Made by `make bench`; see the docstrings in `bench/` for what each part does.\n"]
    for name, result in sorted(results.items()):
        where = result["machine"]
        parts.append(f"## {name}\n")
        parts.append(
            f"{result['measured']}, {where['processor']}, {where['cores']} cores, {where['memory_gib']} GiB, "
            f"Python {where['python']}\n"
        )
        parts.append("| figure | value |\n|---|---|")
        rows = [(key, value) for key, value in result["figures"].items() if key != "each"]
        parts.append("\n".join(f"| {key} | {_value(value)} |" for key, value in rows) + "\n")
        parts += _each(result["figures"].get("each", []))
    return "\n".join(parts)


def _each(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    names = list(rows[0])
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(str(row[name]) for name in names) + " |" for row in rows]
    return ["\n".join(lines) + "\n"]


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {part}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)
