"""PDFs read back as a reader would: their text, their outline, their objects."""

import io
from collections.abc import Callable

import pypdf
import pytest

from reports.content import ReportContent
from reports.pdf import render_pdf

Reader = Callable[[ReportContent], pypdf.PdfReader]


@pytest.fixture
def read() -> Reader:
    """Render a report and open it."""
    return lambda content: pypdf.PdfReader(io.BytesIO(render_pdf(content)))


@pytest.fixture
def text_of(read: Reader) -> Callable[[ReportContent], str]:
    """All text of a rendered report, white space folded."""
    return lambda content: " ".join(" ".join(page.extract_text() for page in read(content).pages).split())
