"""Finds by words what a résumé claims about somebody's work; the rest of it is nobody's business here.

No name, contact, date of birth, address, photograph, hobby or protected topic comes through, and no school:
the years of one tell an age.
"""

import re
from collections.abc import Iterable, Iterator

from interviews.plan import Claim, ClaimKind
from interviews.planning.cleaning import plain, sentences_of, tidy
from interviews.protected import find_protected_topic

MOST_CLAIMS = 12
WORDS = range(3, 41)  # fewer claim nothing, more are no sentence
MOST_QUOTED_WORDS = 16  # of one claim; a question that quotes more can't be followed by ear
MOST_TOOLS = 4
_ORDER: tuple[ClaimKind, ...] = ("result", "responsibility", "technology", "post")

_SKIPPED = re.compile(
    r"^(?:personal (?:details|data|information|profile)|hobbies\b.*|interests\b.*|.{0,20}\binterests"
    r"|references?"
    r"|education\b.*|schools?|languages?|contact\b.*|about me|photo|memberships?|affiliations?"
    r"|publications?"
    r"|persönliche daten|hobbys|ausbildung|sprachen|loisirs|formation|langues|aficiones|idiomas)\s*:?$",
    re.IGNORECASE,
)
_READ = re.compile(
    r"^(?:work |professional |relevant |technical |core |key |selected |employment )*(?:experience"
    r"|employment|history"
    r"|career|positions?|work|projects?|achievements?|accomplishments?|summary|profile|skills?"
    r"|technologies|tools"
    r"|tech stack|stack|volunteering|competencies|highlights)(?: (?:history|experience|summary|and \w+"
    r"|& \w+))?\s*:?$",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\bborn\b|\bbirth|\byears? old\b|\baged? \d|\bnationalit|\bcitizen|\bvisa\b|\bwork permit"
    r"|\bmarital\b|\bmarried"
    r"|\bdivorced|\bwidow|\b(?:husband|wife|spouse|fianc)|\b(?:my|two|three|four|a|one) (?:children"
    r"|child|kids?|sons?"
    r"|daughters?)\b|\b(?:mother|father|parent) of\b|\bpregnan|\b(?:maternity|paternity|parental|sick"
    r"|medical) leave"
    r"|\bdisab|\bdiagnos|\bburn-?out|\bdepress(?:ion|ed)\b|\bmy (?:health|illness|faith|church|religion)"
    r"|\b(?:church|parish|mosque|synagogue|catholic|protestant|christian|muslim|islamic|jewish|hindu"
    r"|buddhist)\b"
    r"|\breligio|\b(?:trade|labou?r) union|\bpolitical|\bparty member|\b(?:lgbt\w*|gay|lesbian|queer"
    r"|bisexual"
    r"|transgender|pronouns?)\b|\bethnic|\bimmigrant|\brefugee|\bminority|\bmilitary service|\bconscript"
    r"|\bcriminal record|\bconvict(?:ed|ion)|\bprison\b|\bphoto(?:graph)?:|\bgender\b|\b(?:he/him"
    r"|she/her)\b"
    r"|\bdriv(?:er'?s?|ing) licen[cs]e|\bgeboren|\bgeburt|\bverheiratet|\bledig\b|\bné(?:e)? le\b"
    r"|\bnacid[oa]\b"
    r"|\b(?:mrs?|ms|dr|prof)\. ?[A-Z]",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b\d{1,5}[a-z]? (?:[A-Z][\w'’.-]+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|way|square"
    r"|close|court)\b"
    r"|\b\w+(?:straße|strasse|platz|gasse)\s*\d|\b(?:address|adresse|phone|mobile|telephone|tel"
    r"|e-?mail)\b\s*[.:]",
    re.IGNORECASE,
)
_ACTION = (
    r"led|managed|built|designed|developed|created|launched|introduced|implemented|migrated|moved"
    r"|rewrote|wrote|ran"
    r"|set up|established|founded|coordinated|organi[sz]ed|negotiated|trained|mentored|taught|coached"
    r"|planned|owned"
    r"|delivered|shipped|automated|architected|deployed|maintained|supervised|headed|directed|produced"
    r"|prepared"
    r"|analy[sz]ed|researched|tested|cared for|treated|sold|won|opened|restructured|modernised"
    r"|modernized|refactored"
    r"|scaled|resolved|handled|responsible for|in charge of|initiated|spearheaded|drove|oversaw"
    r"|audited|closed"
)
_CHANGE = (
    r"increased|reduced|raised|cut|saved|grew|improved|doubled|tripled|halved|lowered|shortened"
    r"|accelerated|boosted"
    r"|decreased|generated|achieved|exceeded|sped up|brought down"
)
_DOES = re.compile(
    rf"^(?:I |we |successfully |also |then |have |has |been )*(?:{_ACTION}|{_CHANGE})\b", re.IGNORECASE
)
_CHANGES = re.compile(rf"\b(?:{_CHANGE})\b", re.IGNORECASE)
_FIGURE = re.compile(
    r"\d+(?:[.,]\d+)?\s?(?:%|percent|per cent|k\b|m\b|x\b|million|thousand|times)|[€$£]\s?\d"
    r"|\b\d[\d,.]*\s?(?:euros?"
    r"|dollars|pounds|users|customers|people|clients|hours|days|minutes|requests|patients|pupils"
    r"|students|members)\b"
    r"|\bfrom \S+ to \d|\b(?:doubled|tripled|halved)\b",
    re.IGNORECASE,
)
_TOOLS = re.compile(
    r"^(?:technical |key |core |programming )?(?:skills?|technologies|tools|tech stack|stack"
    r"|technology|software"
    r"|programming languages)\s*[:–-]\s*(.+)$",
    re.IGNORECASE,
)
_MONTH = r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.? |\d{1,2}[/.])?"
_SPAN = re.compile(
    rf"[(\[,]?\s*{_MONTH}((?:19|20)\d\d)\s*(?:-|–|—|to|until)\s*{_MONTH}((?:19|20)\d\d|present|now"
    rf"|today|current)"
    r"\s*[)\],]?",
    re.IGNORECASE,
)
_NAME_LINE = re.compile(r"^(?:[^\W\d_][\w'’.-]*\s+){1,3}[^\W\d_][\w'’.-]*$")
_TITLES = re.compile(
    r"engineer|developer|manager|nurse|teacher|analyst|accountant|designer|agent|lead|head|director"
    r"|assistant"
    r"|programmer|consultant|specialist|officer|architect|scientist|owner|intern|clerk|technician"
    r"|curriculum|resume|résumé|cv\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\s*\b(?:reporting to|reported to|under|supervised by|managed by|mentored by|together with)\s+"
    r"[A-ZÀ-Þ][\w'’-]+\s+[A-ZÀ-Þ][\w'’-]+"
)


def find_claims(resume: str, names: Iterable[str] = ()) -> tuple[Claim, ...]:
    """The claims of `resume`, those with results first; `names` and the one at its head never stand "
    "in them."""
    parts = _name_parts((*names, _head_name(resume)))
    found: dict[str, Claim] = {}
    for claim in _read(resume, parts):
        found.setdefault(claim.text.casefold(), claim)
    ranked = sorted(found.values(), key=lambda claim: _ORDER.index(claim.kind))
    return tuple(ranked[:MOST_CLAIMS])


def _read(resume: str, names: frozenset[str]) -> Iterator[Claim]:
    is_read, lists_tools = True, False
    for sentence in sentences_of(resume):
        if _SKIPPED.match(sentence):
            is_read = False
        elif _READ.match(sentence):
            is_read, lists_tools = True, bool(re.search(r"skill|tool|tech|stack", sentence, re.IGNORECASE))
        elif is_read and not _is_private(sentence):
            tools = f"Skills: {sentence}" if lists_tools and sentence.count(",") else sentence
            claim = _claim(_PERSON.sub("", tools))
            if claim is not None and not names & set(re.findall(r"\w+", claim.text.casefold())):
                yield claim


def _is_private(sentence: str) -> bool:
    return (
        "?" in sentence
        or bool(_PRIVATE.search(sentence) or _ADDRESS.search(sentence))
        or find_protected_topic(sentence) is not None
    )


def _claim(sentence: str) -> Claim | None:
    tools = _TOOLS.match(sentence)
    if tools is not None:
        return _tools_claim(tools.group(1))
    if len(sentence.split()) not in WORDS:
        return None
    span = _SPAN.search(sentence)
    if span is not None:
        return _post_claim(sentence, span)
    if _FIGURE.search(sentence) and (_CHANGES.search(sentence) or _DOES.match(sentence)):
        return Claim(_quoted(sentence), "result")
    return Claim(_quoted(sentence), "responsibility") if _DOES.match(sentence) else None


def _tools_claim(listed: str) -> Claim | None:
    items = [tidy(item).strip(".") for item in re.split(r"[,;/•·|]", listed)]
    named = [item for item in items if 0 < len(item.split()) <= 3 and len(item) <= 30][:MOST_TOOLS]
    if not named:
        return None
    return Claim(
        " and ".join((", ".join(named[:-1]), named[-1])) if len(named) > 1 else named[0], "technology"
    )


def _post_claim(sentence: str, span: re.Match[str]) -> Claim | None:
    """A post with how long it was held instead of the years, which tell an age."""
    title = tidy(sentence[: span.start()] + " " + sentence[span.end() :])
    if not 1 <= len(title.split()) <= MOST_QUOTED_WORDS or not _TITLES.search(title):
        return None
    first, last = span.groups()
    years = int(last) - int(first) if last.isdigit() else 0
    return Claim(f"{_quoted(title)}, about {years} years" if years > 1 else _quoted(title), "post")


def _quoted(sentence: str) -> str:
    """The first part of `sentence` that can be quoted in a question."""
    calm = re.sub(r"[“”\"„«»`{}<>\\]", "", sentence).rstrip(".!;: ")
    words = calm.split()
    if len(words) <= MOST_QUOTED_WORDS:
        return " ".join(word[:40] for word in words)
    short = " ".join(word[:40] for word in words[:MOST_QUOTED_WORDS])
    at_comma = short.rfind(",")
    cut = short[:at_comma] if at_comma > len(short) // 2 else short
    return re.sub(r"\s+(?:and|or|with|of|the|a|an|to|for|in|by|at|from|that|which)$", "", cut)


def _head_name(resume: str) -> str:
    """The first line, where it looks like a person's name."""
    first = next((line for line in plain(resume).split("\n") if line.strip()), "").strip()
    is_name = bool(_NAME_LINE.match(first)) and not _TITLES.search(first) and not _DOES.match(first)
    return first if is_name and not _READ.match(first) else ""


def _name_parts(names: Iterable[str]) -> frozenset[str]:
    return frozenset(part for name in names for part in re.findall(r"\w{3,}", name.casefold()))
