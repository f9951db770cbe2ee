"""Cutting a TrueType font down to some of its glyphs, renumbered, without hinting (OpenType 1.9)."""

import struct
from collections.abc import Sequence

from reports.typesetting.faces import Face

_MORE_COMPONENTS = 0x0020
_HAS_INSTRUCTIONS = 0x0100
_WORD_ARGUMENTS = 0x0001
_TRANSFORMS = ((0x0008, 2), (0x0040, 4), (0x0080, 8))
"""Component flags for a scale, two scales, a matrix, and the bytes each adds."""


def with_components(face: Face, gids: Sequence[int]) -> list[int]:
    """This will add to `gids`, in order, the glyphs that composite glyphs among them are made of."""
    outlines = _Outlines(face)
    ordered = list(dict.fromkeys(gids))
    seen = set(ordered)
    for gid in ordered:  # grows while it is walked: components may be composite themselves
        for _, component in _components(outlines.glyph(gid)):
            if component not in seen:
                seen.add(component)
                ordered.append(component)
    return ordered


def subset_font(face: Face, gids: Sequence[int]) -> bytes:
    """This will write a font file whose glyph i is the face's `gids[i]`; `gids` holds all components."""
    outlines = _Outlines(face)
    numbers = {gid: index for index, gid in enumerate(gids)}
    offsets, body = [0], bytearray()
    for gid in gids:
        body += _rewritten(outlines.glyph(gid), numbers)
        body += b"\0" * (-len(body) % 4)
        offsets.append(len(body))
    head = bytearray(face.table("head"))
    head[8:12] = b"\0\0\0\0"
    head[50:52] = struct.pack(">h", 1)
    hhea = face.table("hhea")[:34] + struct.pack(">H", len(gids))
    maxp = bytearray(face.table("maxp"))
    maxp[4:6] = struct.pack(">H", len(gids))
    maxp[14:28] = struct.pack(
        ">7H", 1, 0, 0, 0, 0, 0, 0
    )  # no twilight zone, storage or instructions are left
    tables = {
        b"glyf": bytes(body) or b"\0",
        b"head": bytes(head),
        b"hhea": hhea,
        b"hmtx": b"".join(outlines.metrics(gid) for gid in gids),
        b"loca": struct.pack(f">{len(offsets)}I", *offsets),
        b"maxp": bytes(maxp),
    }
    return _font_file(tables)


class _Outlines:
    """Random access to a face's glyphs and metrics."""

    def __init__(self, face: Face) -> None:
        self._glyf = face.table("glyf")
        loca = face.table("loca")
        is_long = struct.unpack(">h", face.table("head")[50:52])[0] == 1
        self._loca = struct.unpack(f">{len(loca) // 4}I", loca) if is_long else _short_loca(loca)
        self._hmtx = face.table("hmtx")
        self._full_metrics: int = struct.unpack(">H", face.table("hhea")[34:36])[0]

    def glyph(self, gid: int) -> bytes:
        return self._glyf[self._loca[gid] : self._loca[gid + 1]]

    def metrics(self, gid: int) -> bytes:
        if gid < self._full_metrics:
            return self._hmtx[4 * gid : 4 * gid + 4]
        last = 4 * (self._full_metrics - 1)
        bearing = 4 * self._full_metrics + 2 * (gid - self._full_metrics)
        return self._hmtx[last : last + 2] + self._hmtx[bearing : bearing + 2]


def _short_loca(loca: bytes) -> tuple[int, ...]:
    return tuple(2 * offset for offset in struct.unpack(f">{len(loca) // 2}H", loca))


def _is_composite(glyph: bytes) -> bool:
    return len(glyph) > 10 and struct.unpack(">h", glyph[:2])[0] < 0


def _components(glyph: bytes) -> list[tuple[int, int]]:
    """(position of the component's flags, its glyph) for each component; none for a simple glyph."""
    if not _is_composite(glyph):
        return []
    found, position, flags = [], 10, _MORE_COMPONENTS
    while flags & _MORE_COMPONENTS:
        flags, gid = struct.unpack(">HH", glyph[position : position + 4])
        found.append((position, gid))
        position += 4 + _argument_bytes(flags)
    return found


def _argument_bytes(flags: int) -> int:
    arguments = 4 if flags & _WORD_ARGUMENTS else 2
    return arguments + next((size for flag, size in _TRANSFORMS if flags & flag), 0)


def _rewritten(glyph: bytes, numbers: dict[int, int]) -> bytes:
    """The glyph with components renumbered and instructions taken out."""
    if not glyph:
        return b""
    if not _is_composite(glyph):
        return _uninstructed(glyph)
    copy, end = bytearray(glyph), 10
    for position, gid in _components(glyph):
        flags = struct.unpack(">H", glyph[position : position + 2])[0]
        copy[position : position + 4] = struct.pack(">HH", flags & ~_HAS_INSTRUCTIONS, numbers[gid])
        end = position + 4 + _argument_bytes(flags)
    return bytes(copy[:end])


def _uninstructed(glyph: bytes) -> bytes:
    contours = struct.unpack(">h", glyph[:2])[0]
    at = 10 + 2 * contours
    length = struct.unpack(">H", glyph[at : at + 2])[0]
    return glyph[:at] + b"\0\0" + glyph[at + 2 + length :]


def _font_file(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    directory, body = b"", b""
    offset = 12 + 16 * count
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag, checksum, offset + len(body), len(data))
        body += padded
    return header + directory + body
