"""`python -m bench [PART …]`: measures, prints, keeps the results in results.json and RESULTS.md."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import (
    crowd,
    dashboard,
    degraded,
    faults,
    machine,
    observers,
    replies,
    reporting,
    silence,
    tables,
    turns,
)
from speech.backends.miniature import kept_model

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"


def model(shape: str) -> Path:
    """The miniature Whisper at the cost of the real `shape`: real work, real words, no download."""
    return kept_model(HERE / "models", shape)


PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "report": reporting.measure,
    "dashboard": dashboard.measure,
    "silence": lambda: silence.measure(model("base")),
    "turns-tiny": lambda: turns.measure(model("tiny")),
    "turns-base": lambda: turns.measure(model("base")),
    "turns-small": lambda: turns.measure(model("small")),
    "replies": lambda: replies.measure(model("tiny")),
    "crowd-tiny": lambda: crowd.measure(model("tiny")),
    "crowd-base": lambda: crowd.measure(model("base")),
    "observers": lambda: observers.measure(model("mini")),
    "degraded": lambda: degraded.measure(model("mini")),
    "faults": lambda: faults.measure(model("base")),
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        sys.stderr.write(f"There is no part {unknown[0]!r}. The parts: {', '.join(PARTS)}.\n")
        return 2
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for name in names or list(PARTS):
        sys.stdout.write(f"{name} …\n")
        sys.stdout.flush()
        figures = PARTS[name]()
        kept[name] = {
            "measured": datetime.now(UTC).date().isoformat(),
            "machine": machine.describe(),
            "figures": figures,
        }
        sys.stdout.write(tables.as_text(figures) + "\n")
        RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
        (HERE / "RESULTS.md").write_text(tables.as_markdown(kept))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
