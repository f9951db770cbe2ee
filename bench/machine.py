"""Names the machine a result came from, and reads what processes cost."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path

TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def describe() -> dict[str, object]:
    """Processor, cores, memory, system and Python, as far as they can be read."""
    info = Path("/proc/cpuinfo")
    models = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory),
        "system": platform.system(),
        "python": platform.python_version(),
    }


@dataclass(frozen=True)
class Usage:
    cpu_s: float
    rss_mib: float


def usage_of_tree(pid: int) -> Usage:
    """CPU seconds and resident memory of a process and its living children."""
    pids = _tree(pid)
    return Usage(sum(_cpu_s(one) for one in pids), sum(_rss_mib(one) for one in pids))


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += _tree(int(child))
        except OSError:
            continue  # it ended while we looked
    return found


def _cpu_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_S


def _rss_mib(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
