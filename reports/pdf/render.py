"""A report is a function of a value: `render_pdf(content)` gives the bytes of the edition it asks for."""

import hashlib

from reports.content import ReportContent
from reports.editions import CandidateReport, candidate_edition
from reports.json_twin import render_json
from reports.pdf import panel_sections
from reports.pdf.assemble import assemble
from reports.pdf.back_matter import limits_and_provenance
from reports.pdf.candidate_pages import candidate_pages
from reports.pdf.document import Description
from reports.pdf.front_page import front_page
from reports.pdf.gap_sections import resume_and_gaps
from reports.pdf.question_pages import question_pages
from reports.pdf.structure import Element
from reports.pdf.transcript_pages import transcript
from reports.quotes import verify_quotes
from reports.typesetting.clean import one_line

_AFTER_PAGE_1 = (
    panel_sections.summary,
    panel_sections.competencies,
    question_pages,
    panel_sections.people_beside_computed,
    panel_sections.timeline,
    resume_and_gaps,
    panel_sections.anchors_in_words,
    panel_sections.notes,
    panel_sections.plain_facts,
    limits_and_provenance,
    transcript,
)
"""The panel edition's order (design, section 7)."""


def render_pdf(content: ReportContent) -> bytes:
    """This will give a PDF 1.7 on A4. Equal content gives equal bytes; nothing is read but the shipped fonts.

    The candidate edition is made from `candidate_edition(content)` alone, whatever else `content` holds.
    """
    checked = verify_quotes(content)
    fingerprint = hashlib.sha256(render_json(content)).digest()
    if content.edition == "candidate":
        return _candidate(candidate_edition(checked), fingerprint)
    return _panel(checked, fingerprint)


def _panel(content: ReportContent, fingerprint: bytes) -> bytes:
    root = Element("Document")
    front = front_page(content, root)
    rest = [piece for part in _AFTER_PAGE_1 for piece in part(content, root)]
    pieces = [*front, rest[0]._replace(starts_page=True), *rest[1:]]
    name, role = one_line(content.candidate_name), one_line(content.role)
    about = Description(
        title=f"Interview report: {name}, {role}",
        author=one_line(content.organisation),
        subject="Panel edition",
        language=_language(content.language),
        held_at=content.held_at,
        fingerprint=fingerprint,
    )
    return assemble(pieces, root, about, (name, role, "panel edition, confidential"))


def _candidate(report: CandidateReport, fingerprint: bytes) -> bytes:
    root = Element("Document")
    pieces = candidate_pages(report, root)
    name, role = one_line(report.candidate_name), one_line(report.role)
    about = Description(
        title=f"Your interview: {role}",
        author=one_line(report.organisation),
        subject="Candidate edition",
        language=_language(report.language),
        held_at=report.held_at,
        fingerprint=fingerprint,
    )
    return assemble(pieces, root, about, (name, role, "candidate edition"))


def _language(language: str) -> str:
    """The report's own words are English, whatever language was spoken."""
    return "en-" + language[3:].upper() if language.lower().startswith("en-") else "en"
