"""The report as JSON: the same content as the PDF of the same edition, the same bytes for the same content.

`{"format": "viva.report", "version": 1, "edition": …, "report": {…}}`, keys sorted. Fields of `report` are
those of `ReportContent` or, in the candidate edition, `CandidateReport`. A version only ever gains fields.
"""

from typing import Any

import msgspec

from reports.content import ReportContent
from reports.editions import candidate_edition
from reports.quotes import verify_quotes
from reports.typesetting.clean import printable

FORMAT = "viva.report"
VERSION = 1


def render_json(content: ReportContent) -> bytes:
    """This will give UTF-8 JSON, indented, ending in a line break."""
    checked = verify_quotes(content)
    report = candidate_edition(checked) if content.edition == "candidate" else checked
    twin = {
        "format": FORMAT,
        "version": VERSION,
        "edition": content.edition,
        "report": _plain(msgspec.to_builtins(report)),
    }
    return msgspec.json.format(msgspec.json.encode(twin, order="sorted"), indent=2) + b"\n"


def _plain(value: Any) -> Any:
    """Clean texts, and one way to write each number: 74 and 74.0 are equal content."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
