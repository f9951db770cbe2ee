"""What is read of a résumé, and what no file may do to the server that reads it."""

import io
import zipfile
from typing import Any

import docx
import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from hiring import resume_process
from hiring.models import MOST_RESUME_CHARS
from hiring.resume_process import LOCKED, NO_WORDS, TOO_BIG_INSIDE, Refusal
from hiring.resume_reading import MOST_BYTES, TOO_MUCH, ResumeError, read_resume

WORD_XML = "word/document.xml"


def read(data: bytes) -> dict[str, str]:
    """In this process: what is read is the same, and a process costs a third of a second."""
    return resume_process.read(data, MOST_RESUME_CHARS)


def pdf_of(*pages: bytes, password: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    for content in pages:
        page = writer.add_blank_page(300, 300)
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        fonts = DictionaryObject({NameObject("/F1"): _named(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(content)
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _named(names: dict[str, str]) -> DictionaryObject:
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})


def shown(text: bytes) -> bytes:
    return b"BT /F1 12 Tf 20 250 Td (" + text + b") Tj ET"


def docx_of(*paragraphs: str) -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Zoë Müller"
    for text in paragraphs:
        document.add_paragraph(text)
    document.add_table(1, 2).cell(0, 1).text = "Go | Python"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def archive_of(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_the_words_of_each_kind_come_out() -> None:
    found = read(pdf_of(shown(b"Six years of nursing"), shown(b"Page two")))
    assert found == {"kind": "pdf", "text": "Six years of nursing\nPage two", "note": ""}
    found = read(docx_of("Led <b>three</b> teams", "=HYPERLINK(1)"))
    assert found["text"].split("\n") == [
        "Zoë Müller",
        "Led <b>three</b> teams",
        "=HYPERLINK(1)",
        "Go | Python",
    ]
    for data in ("Zoë\r\nnurse".encode(), "Zoë\r\nnurse".encode("utf-16"), "Zoë\r\nnurse".encode("cp1252")):
        assert read(data) == {"kind": "txt", "text": "Zoë\nnurse", "note": ""}


def test_what_no_database_takes_is_left_out() -> None:
    assert resume_process.tidy("a\x00b\ud83dc\u202ed  \t e\n\n\nf") == "ab�cd e\nf"


def test_a_long_text_is_cut_and_says_so() -> None:
    found = read(b"word " * MOST_RESUME_CHARS)
    assert len(found["text"]) <= MOST_RESUME_CHARS
    assert "40,000" in found["note"]


def test_a_locked_an_empty_and_a_broken_pdf_are_kept_without_words() -> None:
    assert read(pdf_of(shown(b"secret"), password="x")) == {"kind": "pdf", "text": "", "note": LOCKED}
    assert read(pdf_of(b""))["note"] == NO_WORDS
    assert read(b"%PDF-1.7\n" + b"\x93" * 300)["note"] == resume_process.DAMAGED


def test_only_the_first_pages_are_read() -> None:
    found = read(pdf_of(*[shown(b"Page")] * 31))
    assert found["text"].count("Page") == 30
    assert "30 pages" in found["note"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (archive_of({"a.txt": b"no document"}), "unsupported"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "unsupported"),
        (archive_of({WORD_XML: b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "unsafe"),
        (archive_of({WORD_XML: "<!DOCTYPE a>".encode("utf-16")}), "unsafe"),
        (archive_of({WORD_XML: b" " * 21 * 1024 * 1024}), "too_large_inside"),
        (archive_of({WORD_XML: b"", **{f"{number}": b"" for number in range(1_000)}}), "too_large_inside"),
    ],
)
def test_what_is_no_resume_or_made_to_do_harm_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(data)
    assert refused.value.code == code


def test_reading_happens_apart_within_bounds() -> None:
    found = read_resume(docx_of("In a process of its own"))
    assert (found.kind, "process of its own" in found.text) == ("docx", True)
    with pytest.raises(ResumeError, match=TOO_BIG_INSIDE):
        read_resume(archive_of({WORD_XML: b" " * 21 * 1024 * 1024}))
    for data in (b"", b"a" * (MOST_BYTES + 1)):
        with pytest.raises(ResumeError):
            read_resume(data)


def test_a_pdf_that_takes_too_much_is_kept_without_words() -> None:
    """A hundred megabytes of white space in a hundred kilobytes."""
    writer: Any = pypdf.PdfWriter(io.BytesIO(pdf_of(shown(b"hello"))))
    stream = DecodedStreamObject()
    stream.set_data(b" " * 100 * 1024 * 1024)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    file = io.BytesIO()
    writer.write(file)
    bomb = file.getvalue()
    assert len(bomb) < 200_000
    found = read_resume(bomb, memory_bytes=128 * 1024 * 1024)
    assert (found.kind, found.text) == ("pdf", "")
    assert found.note in {TOO_MUCH, resume_process.DAMAGED}
    assert read_resume(pdf_of(shown(b"a")), within_s=0.01).note == TOO_MUCH
