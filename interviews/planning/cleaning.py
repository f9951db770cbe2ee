"""Makes plain sentences of a text from somebody else: what is hidden, marked up or an order falls away.

A résumé or a job description is data. Whatever stands in it, it names no link, no address of a person and
nothing to be done by a program or by an interviewer.
"""

import html
import re
import unicodedata

MOST_READ_CHARS = 40_000  # twelve dense pages; what follows is not read
_INVISIBLE = r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_OVERRIDDEN = re.compile("\u202e[^\u202c\n]*\u202c?")  # is shown backwards
_LACED = re.compile(rf"(?:[{_INVISIBLE}]+\w){{2,}}")  # one letter after the other, hidden from people
_TAG = re.compile(r"<(/?)([A-Za-z!?|][^<>]{0,400})>")
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0\b|font-size\s*:\s*[01](px|pt|em|;|\b)"
    r"|color\s*:\s*(white|#fff|transparent)|\bhidden\b",
    re.IGNORECASE,
)
_HIDDEN_TAGS = frozenset({"script", "style", "template", "system", "title", "head", "noscript"})
_WITHOUT_END = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr"})
_LINKED = re.compile(r"!?\[([^\[\]\n]{0,200})\]\([^()\s]{0,500}\)")
_CONTACT = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://\S+|\bwww\.\S+|\b(?:linkedin|github|xing)\.com\S*|\S{1,64}@\S{1,190}\.\w+"
    r"|\bdata:\S+|\bjavascript:\S+",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,])\+?\(?\d[\d\s()/.-]{7,18}\d(?!\w)")
_YEARS = re.compile(r"^(?:0?\d[./-])?(?:19|20)\d\d\s*[-–—/]\s*(?:0?\d[./-])?(?:19|20)\d\d$")
_SPACES = re.compile(r"[^\S\n]+")
_END = re.compile(r"(?<![DM]r\.)(?<!M[rs]s\.)(?<!Ms\.)(?<!Prof\.)(?<=[.!?;。！？।؟])\s+|\s*[•·▪●◦‣|]\s+|\n+")
_BULLET = re.compile(r"^(?:[\s\-–—*+•·▪●◦‣>#`~=_]+|\d{1,2}[.)]\s)+")

_READER = (
    r"(?:ai|llm|bots?|language model|ai assistant|assistant|reviewers?|interviewers?|question writer"
    r"|evaluators?|graders?"
    r"|screener|recruiter bot|chatgpt|gpt|claude|gemini)"
)
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,60}\b(?:instruct\w*|prompt\w*|rules?|rubric"
    r"|above|previous"
    r"|prior|earlier|guidelines|everything|criteria)\b"
    rf"|\b(?:note|notice|message|memo|attention|instructions?|reminder|hint)\s*(?:to|for|:"
    rf"|,)\s*(?:the |any |all )?"
    rf"(?:ai )?{_READER}\b|\b(?:dear|hey|hello|hi) (?:the )?{_READER}\b|^(?:to|for) (?:the |any "
    rf"|all )?{_READER}\s*[:,]"
    rf"|\b{_READER} (?:must|should|shall|has to|have to|ought)\b"
    r"|\b(?:system|developer|hidden|initial) (?:prompt|message|instructions?)\b|\bjailbreak"
    r"|\bdeveloper mode\b"
    r"|\byou are now\b|\byou are (?:an? )?(?:ai|language model|chatbot)\b|\bas an ai (?:language )?model\b"
    r"|\b(?:act as|pretend|role.?play as) .{0,20}\b(?:ai|language model|assistant|interviewer)\b"
    r"|\b(?:ask|tell|score|rate|grade|rank|recommend|hire|accept|advance|reject|decline|pass|favou?r"
    r"|prefer)\b"
    r".{0,20}\b(?:this|the|every|each|all|any|other|me|them)\b.{0,12}\b(?:candidates?|applicants?"
    r"|answers?|me)\b"
    r"|^(?:please )?(?:ask|tell|score|rate|grade|reveal|say|pretend|decode|repeat)\b|\b(?:score|hire"
    r"|rate) me\b"
    r"|\b(?:write|put|print|output|return|show|give|ask)\b.{0,30}\b(?:the question\b|only questions"
    r"|first question"
    r"|prompt\b)|\b(?:scores?|ratings?|grades?|marks?)\b.{0,12}\b(?:100|one hundred|full|highest"
    r"|maximum|perfect)\b"
    r"|\bfull marks\b|\banchor (?:5|five)\b|\b(?:best|ideal|perfect) candidate\b"
    r"|\brecommend(?:ed)? to hire\b"
    r"|\bthis (?:candidate|applicant) (?:is|has|should|must)\b"
    r"|<\||\|>|\[/?inst\]|\{\s*[\"'{]|[\"']\s*:|\}\s*\}|```|\{%"
    r"|\b(?:ignorier\w*|ignorez|ignora|ignore[sr]|vergiss|oubli(?:e|ez)|olvida|esquece|zignoruj"
    r"|negeer)\b.{0,60}"
    r"\b(?:anweisung\w*|instru\w*|regeln?|r[eè]gles|reglas|polece\w*|wcze[sś]n\w*|vorherig\w*|bisherig\w*)"
    r"|忽略|无视|無視|игнорируй|забудь|تجاهل|התעלם|무시하",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[A-Za-z]")
_LOOKALIKE = re.compile(r"[\u0370-\u03bb\u03bd-\u03ff\u0400-\u04ff]")  # Greek without the mu of µs, Cyrillic


def sentences_of(text: str) -> tuple[str, ...]:
    """The lines and sentences of `text` that somebody could see and that order nothing, in order."""
    parts = (tidy(part) for part in _END.split(plain(text)))
    return tuple(part for part in parts if any(map(str.isalpha, part)) and not is_order(part))


def plain(text: str) -> str:
    """`text` as it is seen: no markup, nothing invisible, no links, e-mail addresses or telephone "
    "numbers."""
    seen = _visible(text[:MOST_READ_CHARS])
    seen = _without_markup(html.unescape(seen))
    seen = _visible(_LINKED.sub(r"\1", seen))
    seen = _PHONE.sub(_kept_years, _CONTACT.sub(" ", seen))
    return _SPACES.sub(" ", seen).strip()


def is_order(sentence: str) -> bool:
    """Whether `sentence` speaks to a program or an interviewer, or hides what it says.

    A net, not a proof: what comes of the rest is bounded anyway. It is quoted or counted, never followed.
    """
    return bool(_ORDERS.search(sentence)) or any(_is_disguised(word) for word in sentence.split())


def tidy(part: str) -> str:
    """One sentence without its bullet and with single spaces."""
    return " ".join(_BULLET.sub("", part, count=1).split()).strip(" -–—,;|")


def _visible(text: str) -> str:
    text = _LACED.sub(" ", _OVERRIDDEN.sub(" ", text.replace("\r", "\n")))
    composed = unicodedata.normalize("NFKC", text)
    return "".join(_shown(char) for char in composed)


def _shown(char: str) -> str:
    if char in "\n\t ":
        return char
    kind = unicodedata.category(char)
    if kind in {"Zl", "Zp"}:
        return "\n"
    return "" if kind in {"Cc", "Cf", "Cs", "Co", "Cn"} else char


def _without_markup(text: str) -> str:
    """In one pass, however often a tag is opened: a text of nothing but brackets costs no more."""
    kept: list[str] = []
    hiding, at = "", 0
    for tag in _TAG.finditer(text):
        if not hiding:
            kept.append(text[at : tag.start()] + " ")
        at = tag.end()
        hiding = _hiding_after(hiding, is_end=bool(tag.group(1)), inside=tag.group(2))
    return "".join(kept) + ("" if hiding else text[at:])


def _hiding_after(hiding: str, *, is_end: bool, inside: str) -> str:
    name = re.split(r"[\s/]", inside.lower(), maxsplit=1)[0]
    if hiding:
        return "" if is_end and name == hiding else hiding
    if is_end or name in _WITHOUT_END or inside.endswith("/"):
        return ""
    return name if name in _HIDDEN_TAGS or _HIDES.search(inside) else ""


def _kept_years(found: re.Match[str]) -> str:
    return found.group() if _YEARS.match(found.group().strip()) or not _is_phone(found.group()) else " "


def _is_phone(text: str) -> bool:
    return sum(char.isdigit() for char in text) >= 8 and "\n" not in text


def _is_disguised(word: str) -> bool:
    return bool(_LATIN.search(word) and _LOOKALIKE.search(word))
