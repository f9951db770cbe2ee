"""Sees whether an answer speaks to whoever judges it, instead of to the interviewer.

A net, not a proof: what slips through still can't move a score beyond `ceilings.py`, and what is caught by
mistake is only judged more by its points. So it may be wide where ordinary answers seldom go.
"""

import re
import unicodedata

_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
# Characters that write one thing and mean to be read as another: none has a place in an answer.
_DISGUISED = re.compile(
    r"[\u202d\u202e\U000e0020-\U000e007f]|[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]", re.IGNORECASE
)
_JUDGING = (
    r"(instruct\w*|rubric\w*|scor(e|es|ing)|prompt|criteria|criterion|evaluat\w+|grad(e|es|ing)|anchors?"
    r"|full marks|rating|assessment)"
)
_MOST = (
    r"(full (marks|points|score)|(five|5|ten|10) out of (five|5|ten|10)|anchor (five|5)"
    r"|(top|high|highest|maximum|max|best|perfect|excellent) (score|marks?|points|grade|rating|result)"
    r"|(a |one )?(hundred|100)(?=\s*([.,;:!\")]|$|points?\b|marks?\b|out\b|for\b|in\b)))"
)
_PATTERNS = (
    rf"\b(ignore|disregard|forget|override|bypass)\b.{{0,40}}\b({_JUDGING}|rules?|above|previous)\b",
    rf"\b(give|award|grant|assign|rate|score|mark|set|record|output)\b.{{0,40}}\b{_MOST}",
    r"\b(score|mark|rate|grade)\s+(me|this answer|my answer)\b",
    # forged ends of the answer and turns of somebody else
    r"(^|[\n.!?\[<#|\"]\s*)(system|assistant|developer|inst|/inst|im_start|im_end)\b\s*[:\]>|]",
    r"<\|?/?(im_\w+|system|assistant|answer|transcript|instructions?|tool_call)\b",
    r"\b(end of|this is the end of) (the |my )?(transcript|answer)\b",
    r"\"?\b(score|anchor|accuracy|depth|is_stated|coverage)\b\"?\s*[:=]\s*\d",
    # who is spoken to
    (
        r"\byou (are|must act as|will act as)( now)? (a|an|the) (\w+ )?"
        r"(grader|examiner|judge|evaluator|scorer|ai|assistant|language model)\b"
    ),
    r"\b(for|to) (the|any|whoever) (ai|evaluator|grader|language model|llm)\b",
    r"\bif you are (a|an) (ai|language model|llm|program|machine)\b|\bas an? (ai|language model|llm)\b",
    r"\b(your|the) system prompt\b|\byour (own )?(instructions|rubric|expected points|anchors)\b",
    r"\b(new|updated|hidden) (instructions?|rubric)\s*[:,.]|\bnew instructions? (for|to)\b",
    r"\b(developer|god) mode\b|\byou (have to|must) (output|score)\b",
    (
        r"\b(this|the) candidate (is|has|reached|deserves|should|passed)\b.{0,40}"
        r"\b(score|anchor|passed|marks|five|hundred|perfect|excellent)"
    ),
    r"\b(decode|decipher|base64|rot13|hexadecimal|morse)\b.{0,60}\b(follow|obey|do (it|this|what)|apply)\b",
    (
        r"\b(repeat|print|translate|summari[sz]e|reveal|read)\b.{0,30}"
        r"\b(everything above|your instructions|the rubric|system prompt|expected points)\b"
    ),
    # the same wishes in other languages
    r"\b(ignorier\w*|vergiss|missachte)\b.{0,50}\b(regeln|anweisung\w*|bewertung\w*|vorgaben)\b",
    r"\b(volle|hundert|100|maximale)\b.{0,20}\b(punkt\w*|bewertung)\b",
    r"\b(ignore\w*|oublie\w*)\b.{0,50}\b(instructions|consignes|r[eè]gles)\b",
    r"\bnote maximale\b|\bcent points\b",
    r"\b(ignora\w*|olvida\w*|esque\w*)\b.{0,50}\b(instruc\w+|reglas|istruzioni|regole|regras|instru\w+)\b",
    r"\bcien puntos\b|\bcento punti\b|\bcem pontos\b|\bnota (cem|m[aá]xima)\b",
    r"\btalimat\w*|\bpuan ver\b|инструкци|баллов|التعليمات|نقطة|निर्देश|अंक|指令|满分|指示|採点|지시",
)
_COMPILED = tuple(re.compile(pattern, re.IGNORECASE | re.DOTALL) for pattern in _PATTERNS)


def addresses_judge(text: str) -> bool:
    """Whether part of an answer speaks to whoever judges it; mostly English."""
    if _DISGUISED.search(text):
        return True
    plain = unicodedata.normalize("NFKC", _HIDDEN.sub("", text.replace("\n", " ")))
    return any(pattern.search(plain) for pattern in _COMPILED)
