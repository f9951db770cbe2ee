"""Writes what came of a sample interview: the transcript as text, and both editions of the report."""

import json
from pathlib import Path
from typing import Any

from interviews.models import Session
from interviews.reporting import report_content
from interviews.samples.script import SampleCandidate
from reports import wording
from reports.content import ReportContent, TranscriptTurn
from reports.json_twin import render_json
from reports.pdf.render import render_pdf


def write_sample(folder: Path, candidate: SampleCandidate, session: Session) -> bool:
    """False, and nothing is written, where all that would change is the hash of the log.

    Every log is salted, so that erased words can't be guessed from it; the hash differs with every run.
    """
    panel = report_content(session, "panel")
    twin = folder / f"{candidate.file}-panel.json"
    if twin.exists() and _without_hash(twin.read_bytes()) == _without_hash(render_json(panel)):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    twin.write_bytes(render_json(panel))
    (folder / f"{candidate.file}-panel.pdf").write_bytes(render_pdf(panel))
    own = report_content(session, "candidate")
    (folder / f"{candidate.file}-candidate.pdf").write_bytes(render_pdf(own))
    (folder / f"{candidate.file}-transcript.md").write_text(transcript_text(panel), encoding="utf-8")
    return True


def _without_hash(twin: bytes) -> Any:
    read = json.loads(twin)
    read["report"]["provenance"].pop("log_head_hash")
    return read


def transcript_text(content: ReportContent) -> str:
    """The conversation in Markdown, each turn with its time on the interview's clock."""
    held = wording.moment(content.held_at) if content.held_at else ""
    title = (
        f"# {content.candidate_name}, {content.role}\n\n{held}. A made-up candidate; the interview is real.\n"
    )
    return title + "".join(_turn(turn) for turn in content.transcript)


def _turn(turn: TranscriptTurn) -> str:
    at = wording.clock(turn.at_ms) if turn.at_ms is not None else ""
    how = " (typed)" if turn.channel == "text" else ""
    return f"\n**{at} {turn.name}{how}**\n{turn.text}\n"
