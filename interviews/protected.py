"""Questions that nobody may be asked in an interview: age, health, family, origin, belief and the like."""

import re

# What matters is who is asked about: a nurse may be asked about patients' families, never about their own.
_TOPICS: tuple[tuple[str, str], ...] = (
    (
        "age",
        (
            r"\bhow old are you|\byour (own )?age\b|\bdate of birth|\bwhen were you born"
            r"|\bwhat year .{0,20}\bborn"
        ),
    ),
    (
        "family",
        (
            r"\bare you (married|single|divorced|engaged|pregnant|a (mother|father|parent))\b"
            r"|\bdo you (have|want|plan to have|plan on having) (any )?(children|kids|a family|a partner)\b"
            r"|\byour (own )?(marital|family) (status|situation|plans)|\byour (husband|wife|spouse"
            r"|partner|kids|children)\b"
            r"|\bmaiden name|\bplan(ning)? (a family|to get pregnant)|\bchildcare\b.{0,20}\byou"
        ),
    ),
    (
        "health",
        (
            r"\byour (own )?(health|medical|mental health|disabilit\w+|illness\w*)\b"
            r"|\b(are|were) you (disabled|ill|sick|healthy)\b|\bdo you have (a|any) (disabilit\w+"
            r"|illness\w*|condition)"
            r"|\bhow many sick days|\bdo you take (any )?medic"
        ),
    ),
    (
        "origin",
        (
            r"\bwhere are you (really |originally )?from\b|\bwhere were you born"
            r"|\byour (own )?(nationality|ethnic\w*|race|ancestry"
            r"|birthplace|mother tongue|native language|accent|citizenship)\b|\bare you a citizen"
        ),
    ),
    (
        "belief",
        (
            r"\byour (own )?(religio\w+|faith|church|politic\w+|political views)\b|\bare you (religious"
            r"|a (christian|muslim|jew))"
            r"|\bdo you (pray|go to church)|\bwho did you vote|\b(trade )?union member"
        ),
    ),
    (
        "orientation",
        (
            r"\byour (own )?(sexual|gender|orientation|pronoun)|\bare you (gay|straight|lesbian|trans\w*"
            r"|bisexual)\b"
        ),
    ),
    ("record", r"\bever been arrested|\byour (own )?criminal record"),
    ("looks", r"\byour (own )?(weight|height|looks|appearance|hair|skin)\b|\bsend .{0,15}photo"),
)
_COMPILED = tuple((topic, re.compile(pattern, re.IGNORECASE)) for topic, pattern in _TOPICS)


def find_protected_topic(text: str) -> str | None:
    """The protected topic that `text` asks a candidate about, in a word, or None.

    A net for questions that people or a model write, not a proof: it knows English phrasings only.
    """
    return next((topic for topic, pattern in _COMPILED if pattern.search(text)), None)


def to_their_face(advice: str) -> str:
    """Turn “ask how old she is” into “ask how old are you”: advice is about somebody, a question to them."""
    asked = re.sub(r"\b(she|he|they|the candidate)\b", "you", advice, flags=re.IGNORECASE)
    asked = re.sub(r"\b(her|his|their|the candidate's)\b", "your", asked, flags=re.IGNORECASE)
    return re.sub(r"\byou (is|are|was|were)\b", "are you", asked, flags=re.IGNORECASE)
