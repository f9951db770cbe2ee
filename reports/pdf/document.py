"""Writing pages, fonts, bookmarks and structure as one PDF file, with ReportLab's object writer.

Nothing here reads a clock or draws a random number: equal input gives equal bytes.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from reportlab.pdfbase import pdfdoc

from reports.pdf.fonts_in_use import FontBook, FontInUse
from reports.pdf.pen import PAGE_HEIGHT, PAGE_WIDTH, Pen
from reports.pdf.structure import Element

_FONT_FLAGS = 4
"""Symbolic: characters are numbered by us, not by a standard encoding (ISO 32000-1, table 123)."""


class Bookmark(NamedTuple):
    """An entry of the outline; `level` 0 is outermost."""

    title: str
    level: int
    page: int
    top: float


class Description(NamedTuple):
    """What the file says about itself. `fingerprint` makes the file's identifier."""

    title: str
    author: str
    subject: str
    language: str
    held_at: datetime | None
    fingerprint: bytes


class _Page(pdfdoc.PDFPage):  # type: ignore[misc]
    __NoDefault__: ClassVar = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]


def write_document(
    pens: Sequence[Pen], book: FontBook, bookmarks: Sequence[Bookmark], root: Element, about: Description
) -> bytes:
    """This will give the file's bytes."""
    doc = pdfdoc.PDFDocument(
        dummyoutline=1, compression=1, invariant=1, pdfVersion=(1, 7), lang=about.language
    )
    doc.signature = hashlib.md5(about.fingerprint, usedforsecurity=False)
    fonts = pdfdoc.PDFDictionary(
        {font.resource: doc.Reference(_font(doc, font)) for font in book.fonts.values()}
    )
    fonts_reference = doc.Reference(fonts)
    for pen in pens:
        doc.addPage(_page(pen, fonts_reference))
    catalog = doc.Catalog
    catalog.Outlines = _outlines(doc, bookmarks)
    catalog.PageMode = "/UseOutlines"
    catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    catalog.StructTreeRoot = _structure(doc, root, pens)
    catalog.Metadata = _metadata(about)
    doc.info = _info(about)
    return bytes(doc.format())


def _page(pen: Pen, fonts: Any) -> _Page:
    page = _Page()
    page.MediaBox = pdfdoc.PDFArray([0, 0, PAGE_WIDTH, PAGE_HEIGHT])
    page.Resources = pdfdoc.PDFDictionary({"Font": fonts})
    page.Contents = _stream(pen.content())
    page.StructParents = pen.page
    page.Tabs = "/S"
    return page


def _stream(content: bytes, **entries: Any) -> Any:
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), content, filters=[pdfdoc.PDFZCompress])


def _reference_to_page(index: int) -> Any:
    return pdfdoc.PDFObjectReference(f"Page{index + 1}")


def _font(doc: Any, font: FontInUse) -> Any:
    file = font.file()
    name = f"/{_subset_tag(file)}+{font.face.name}"
    ascent, descent = font.metric("ascender"), font.metric("descender")
    descriptor = pdfdoc.PDFDictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": _FONT_FLAGS,
            "FontBBox": pdfdoc.PDFArray([-500, descent, 2000, ascent]),
            "ItalicAngle": 0,
            "Ascent": ascent,
            "Descent": descent,
            "CapHeight": 700,
            "StemV": 120 if "SemiBold" in name else 80,
            "FontFile2": doc.Reference(_stream(file, Length1=len(file))),
        }
    )
    descendant = pdfdoc.PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {
                    "Registry": pdfdoc.PDFString("Adobe"),
                    "Ordering": pdfdoc.PDFString("Identity"),
                    "Supplement": 0,
                }
            ),
            "FontDescriptor": doc.Reference(descriptor),
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(font.widths)]),
            "CIDToGIDMap": "/Identity",
        }
    )
    return pdfdoc.PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant)]),
            "ToUnicode": doc.Reference(_stream(_to_unicode(font.texts))),
        }
    )


def _subset_tag(file: bytes) -> str:
    """Six letters that differ where the subset differs (ISO 32000-1, 9.6.4)."""
    return "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(file).digest()[:6])


def _to_unicode(texts: Sequence[str]) -> bytes:
    """The map from character ids back to text, without which nothing could be searched or copied.

    A glyph whose text another glyph carries maps to nothing; left out, readers would make up a character.
    """
    entries = [f"<{cid:04x}> <{text.encode('utf-16-be').hex()}>" for cid, text in enumerate(texts)]
    blocks = [entries[at : at + 100] for at in range(0, len(entries), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
    )
    return (head + body + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").encode(
        "ascii"
    )


def _outlines(doc: Any, bookmarks: Sequence[Bookmark]) -> Any:
    root = pdfdoc.PDFDictionary({"Type": "/Outlines"})
    doc.Reference(root)
    parents: list[tuple[int, Any, list[Any]]] = [(-1, root, [])]
    finished = []
    for mark in bookmarks:
        while parents[-1][0] >= mark.level:
            finished.append(parents.pop())
        entry = pdfdoc.PDFDictionary(
            {
                "Title": pdfdoc.PDFString(mark.title),
                "Parent": doc.Reference(parents[-1][1]),
                "Dest": pdfdoc.PDFArray(
                    [_reference_to_page(mark.page), "/XYZ", 0, PAGE_HEIGHT - mark.top, 0]
                ),
            }
        )
        parents[-1][2].append(entry)
        doc.Reference(entry)
        parents.append((mark.level, entry, []))
    for _, parent, entries in [*finished, *parents]:
        _link(doc, parent, entries, is_open=parent is root)
    return root


def _link(doc: Any, parent: Any, entries: Sequence[Any], *, is_open: bool) -> None:
    if not entries:
        return
    references = [doc.Reference(entry) for entry in entries]
    parent["First"], parent["Last"] = references[0], references[-1]
    parent["Count"] = len(entries) if is_open else -len(entries)
    for index, entry in enumerate(entries):
        if index:
            entry["Prev"] = references[index - 1]
        if index + 1 < len(entries):
            entry["Next"] = references[index + 1]


def _structure(doc: Any, root: Element, pens: Sequence[Pen]) -> Any:
    tree = pdfdoc.PDFDictionary({"Type": "/StructTreeRoot"})
    references: dict[int, Any] = {}
    top = _element(doc, root, doc.Reference(tree), references)
    numbers: list[Any] = []
    for pen in pens:
        numbers += [pen.page, pdfdoc.PDFArray([references[id(element)] for element in pen.marked])]
    tree["K"] = top
    tree["ParentTree"] = doc.Reference(pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)}))
    tree["ParentTreeNextKey"] = len(pens)
    return tree


def _element(doc: Any, element: Element, parent: Any, references: dict[int, Any]) -> Any:
    entry = pdfdoc.PDFDictionary({"S": f"/{element.role}", "P": parent})
    reference = references[id(element)] = doc.Reference(entry)
    if element.alt:
        entry["Alt"] = pdfdoc.PDFString(element.alt)
    pages = [kid[0] for kid in element.kids if isinstance(kid, tuple)]
    if pages:
        entry["Pg"] = _reference_to_page(pages[0])
    kids: list[Any] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids += [_element(doc, kid, reference, references)] if kid.is_drawn() else []
        elif kid[0] == pages[0]:
            kids.append(kid[1])
        else:
            kids.append(
                pdfdoc.PDFDictionary({"Type": "/MCR", "Pg": _reference_to_page(kid[0]), "MCID": kid[1]})
            )
    entry["K"] = kids[0] if len(kids) == 1 else pdfdoc.PDFArray(kids)
    return reference


def _info(about: Description) -> Any:
    entries: dict[str, Any] = {
        "Title": pdfdoc.PDFString(about.title),
        "Author": pdfdoc.PDFString(about.author),
        "Subject": pdfdoc.PDFString(about.subject),
        "Creator": pdfdoc.PDFString("Viva"),
        "Producer": pdfdoc.PDFString("ReportLab"),
    }
    if about.held_at:
        entries["CreationDate"] = pdfdoc.PDFString(_pdf_date(about.held_at))
    return pdfdoc.PDFDictionary(entries)


def _pdf_date(at: datetime) -> str:
    offset = at.strftime("%z")
    return at.strftime("D:%Y%m%d%H%M%S") + (f"{offset[:3]}'{offset[3:5]}'" if offset else "")


def _metadata(about: Description) -> Any:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">'
        f"{escaped(about.title)}</rdf:li></rdf:Alt></dc:title>"
        f"<dc:creator><rdf:Seq><rdf:li>{escaped(about.author)}</rdf:li></rdf:Seq></dc:creator>"
        f"<dc:language><rdf:Bag><rdf:li>{escaped(about.language)}</rdf:li></rdf:Bag></dc:language>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )
    entries = pdfdoc.PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"})
    return pdfdoc.PDFStream(entries, packet.encode("utf-8"), filters=[])
