"""The report of a 30-minute interview: how long it takes and how large it is."""

import time
from typing import Any

from bench.figures import spread
from reports import sample
from reports.pdf.render import render_pdf

RUNS = 5


def measure() -> dict[str, Any]:
    content = sample.long()
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        pdf = render_pdf(content)
        times.append((time.perf_counter() - began) * 1_000)
    return {
        "questions": len(content.questions),
        "words in the transcript": sum(len(turn.text.split()) for turn in content.transcript),
        "first rendering, ms (fonts are loaded)": round(times[0]),
        "rendering, ms": spread(times[1:]),
        "size, KB": round(len(pdf) / 1_000),
    }
