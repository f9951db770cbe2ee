"""How long a text is on the air, and how it is cut into parts that phones show in one piece."""

import re

# GSM 03.38: a segment holds 160 of these, 153 where there are several; of anything else 70, or 67.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€\f")  # written with an escape
LONGEST_GSM = 306  # two segments
LONGEST_OTHER = 201  # three segments of 67
NUMBER_ROOM = 8  # "(10/12) "
# What typography writes and the plain alphabet lacks: one such sign more than doubles what a text costs.
_PLAIN = str.maketrans(
    {
        "’": "'", "‘": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-",
        "—": "-", "−": "-", "…": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "•": "-", "·": "-",
        "\t": " ", "`": "'",
    }
)  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def plain(text: str) -> str:
    """The same words in signs that a text message carries cheaply, where there are such."""
    return re.sub(r" {2,}", " ", text.translate(_PLAIN)).strip()


def is_gsm(text: str) -> bool:
    return all(letter in _GSM or letter in _GSM_TWICE for letter in text)


def units(text: str) -> int:
    """The length that is billed: septets of the GSM alphabet, else UTF-16 units."""
    if is_gsm(text):
        return len(text) + sum(letter in _GSM_TWICE for letter in text)
    return len(text.encode("utf-16-le")) // 2


def segments(text: str) -> int:
    """How many messages a phone company counts."""
    single, several = (160, 153) if is_gsm(text) else (70, 67)
    length = units(text)
    return 1 if length <= single else -(-length // several)


def split(text: str) -> list[str]:
    """Parts at the ends of sentences, else between words, else anywhere; numbered where there are several."""
    whole = plain(text)
    if not whole:
        return []
    limit = LONGEST_GSM if is_gsm(whole) else LONGEST_OTHER
    if units(whole) <= limit:
        return [whole]
    parts = _filled(_SENTENCE.split(whole), limit - NUMBER_ROOM)
    return [f"({number}/{len(parts)}) {part}" for number, part in enumerate(parts, 1)]


def _filled(pieces: list[str], room: int) -> list[str]:
    parts: list[str] = []
    for piece in (one.strip() for one in pieces):
        if not piece:
            continue
        joined = f"{parts[-1]} {piece}" if parts else piece
        if parts and units(joined) <= room:
            parts[-1] = joined
        elif units(piece) <= room:
            parts.append(piece)
        else:
            parts += _broken(piece, room)
    return parts


def _broken(piece: str, room: int) -> list[str]:
    """One sentence that is too long for a part."""
    words = [part for word in piece.split() for part in _chopped(word, room)]
    lines: list[str] = []
    for word in words:
        if lines and units(f"{lines[-1]} {word}") <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _chopped(word: str, room: int) -> list[str]:
    half = room // 2  # no sign counts for more than two
    return [word] if units(word) <= room else [word[at : at + half] for at in range(0, len(word), half)]
