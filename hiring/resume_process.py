"""Reads the words of one résumé, bounded in memory and time; foreign files get a process of their own.

    python -m hiring.resume_process MEMORY_BYTES CPU_S MOST_CHARS  < FILE  > {"kind", "text", "note"}

Exit status 0, or 3 with `code: message` on standard error for a file that is not to be kept.
"""

import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
import pypdf
from docx.oxml.ns import qn

REFUSED = 3
MOST_PAGES = 30
MEGABYTE = 1024 * 1024
# A 302 KiB DOCX took 1,467 MiB (measured 2026-11); real ones hold a few dozen parts and a few megabytes.
MOST_UNPACKED_BYTES = 20 * MEGABYTE
MOST_PARTS = 1_000
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
TABS, BREAKS = frozenset({qn("w:tab")}), frozenset({qn("w:br"), qn("w:cr"), qn("w:p")})
TEXT = qn("w:t")

LOCKED = "The file is protected by a password, so nothing in it could be read."
DAMAGED = "The file could not be read; it may be damaged."
NO_WORDS = "There are no words in the file; it may be a scan."
CUT = "Only the first {most:,} characters are read."
MANY_PAGES = f"Only the first {MOST_PAGES} pages are read."
UNKNOWN = "Send the résumé as PDF, DOCX or plain text."
TOO_BIG_INSIDE = "The document is too large inside; save it as PDF."
ENTITIES = "The document defines XML entities, which no word processor does."


class Refusal(Exception):  # noqa: N818 (not a failure of ours)
    """The file is not taken; `code` is one of those of hiring.resume_reading.ResumeError."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read(data: bytes, most_chars: int) -> dict[str, str]:
    """The kind of the file, its words and what stood in the way of reading them. Raises Refusal."""
    if b"%PDF-" in data[:1024]:
        kind, (text, note) = "pdf", _read_pdf(data, most_chars)
    elif data.startswith(b"PK\x03\x04"):
        kind, (text, note) = "docx", _read_docx(data, most_chars)
    else:
        kind, text, note = "txt", _read_text(data), ""
    clean = tidy(text)
    if not note and not clean:
        note = NO_WORDS
    if len(clean) > most_chars:
        note = CUT.format(most=most_chars)
    return {"kind": kind, "text": clean[:most_chars].rstrip(), "note": note}


def tidy(text: str) -> str:
    """Without null characters, half surrogate pairs, and what else no database or page takes."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = "".join(sign for sign in whole if sign.isprintable() or sign in "\n\t")
    lines = (" ".join(line.split()) for line in kept.split("\n"))
    return "\n".join(line for line in lines if line)


def _read_pdf(data: bytes, most_chars: int) -> tuple[str, str]:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return "", LOCKED
        total, texts, length = len(reader.pages), [], 0
        for number in range(min(total, MOST_PAGES)):
            texts.append(reader.pages[number].extract_text())
            length += len(texts[-1])
            if length > most_chars:
                break
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (pypdf raises whatever a broken file leads it to)
        return "", DAMAGED
    return "\n".join(texts), MANY_PAGES if total > MOST_PAGES and any(texts) else ""


def _read_docx(data: bytes, most_chars: int) -> tuple[str, str]:
    _refuse_bombs(data)
    try:
        document = docx.Document(io.BytesIO(data))
        headers = [one.header for one in document.sections if not one.header.is_linked_to_previous]
        roots = [*(one._element for one in headers), document.element.body]  # noqa: SLF001 (it has no name)
        return _joined(roots, most_chars), ""
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (python-docx raises whatever a broken file leads it to)
        return "", DAMAGED


def _refuse_bombs(data: bytes) -> None:
    """Before anything is unpacked. Raises Refusal."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if not any(one.filename == "word/document.xml" for one in parts):
                raise Refusal("unsupported", UNKNOWN)
            if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED_BYTES:
                raise Refusal("too_large_inside", TOO_BIG_INSIDE)
            for one in parts:
                # Without its nulls, so that UTF-16 hides nothing.
                if one.filename.endswith((".xml", ".rels")) and _declares(archive.read(one)):
                    raise Refusal("unsafe", ENTITIES)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Refusal("damaged", DAMAGED) from None


def _declares(xml: bytes) -> bool:
    plain = xml.replace(b"\0", b"").upper()
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _joined(roots: list[Any], most_chars: int) -> str:
    pieces, length = [], 0
    for root in roots:
        for piece in _pieces(root):
            pieces.append(piece)
            length += len(piece)
            if length > 2 * most_chars:  # what is tidied away counts here, too
                return "".join(pieces)
        pieces.append("\n")
    return "".join(pieces)


def _pieces(root: Any) -> Iterator[str]:
    """Words in their order, with tables and text boxes; what old programs would show instead is left out."""
    for fallback in list(root.iter(FALLBACK)):
        fallback.getparent().remove(fallback)
    for element in root.iter():
        if element.tag == TEXT:
            yield element.text or ""
        elif element.tag in BREAKS:
            yield "\n"
        elif element.tag in TABS:
            yield "\t"


def _read_text(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or the Western code page; whatever else holds bytes that no text has."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    odd = sum(sign < " " and sign not in "\t\n\r\f\v" for sign in text) + text.count("\ufffd")
    if odd > len(text) // 1_000:
        raise Refusal("unsupported", UNKNOWN)
    return text


def main() -> int:
    memory, cpu_s, most_chars = (int(one) for one in sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    try:
        found = read(sys.stdin.buffer.read(), most_chars)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.code}: {refusal}")
        return REFUSED
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
