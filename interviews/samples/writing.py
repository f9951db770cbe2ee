"""Writes what came of a sample interview: the transcript as text, and both editions of the report."""

import json
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

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
    editions = (report_content(session, "panel"), report_content(session, "candidate"))
    kept = _files(candidate, [_with_hash(content, _kept_hash(folder, candidate)) for content in editions])
    if all(_is_kept(folder / name, data) for name, data in kept.items()):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in _files(candidate, editions).items():
        (folder / name).write_bytes(data)
    return True


def _files(candidate: SampleCandidate, editions: Sequence[ReportContent]) -> dict[str, bytes]:
    panel, own = editions
    return {
        f"{candidate.file}-panel.json": render_json(panel),
        f"{candidate.file}-panel.pdf": render_pdf(panel),
        f"{candidate.file}-candidate.pdf": render_pdf(own),
        f"{candidate.file}-transcript.md": transcript_text(panel).encode(),
    }


def _kept_hash(folder: Path, candidate: SampleCandidate) -> str:
    twin = folder / f"{candidate.file}-panel.json"
    if not twin.exists():
        return ""
    return str(json.loads(twin.read_bytes())["report"]["provenance"]["log_head_hash"])


def _with_hash(content: ReportContent, head_hash: str) -> ReportContent:
    return replace(content, provenance=replace(content.provenance, log_head_hash=head_hash))


def _is_kept(path: Path, data: bytes) -> bool:
    return path.exists() and path.read_bytes() == data


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
