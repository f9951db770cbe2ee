"""What of a reply a language model is asked to word, and what the program says itself.

A question's own words, what every candidate hears alike (greeting, offers, what happens next) and whatever
must not be left to chance are the program's. The model words what grows out of the answer.
"""

from collections.abc import Callable

from msgspec import Struct

from interviews.interviewer.backends.scripted import ScriptedReply
from interviews.interviewer.brief import ReplyBrief
from interviews.progress import MoveKind
from interviews.protected import find_protected_topic

_ONE_SENTENCE = (
    "In one short sentence thank the candidate, naming in a few words one thing that they spoke about. Ask "
    "nothing, and do not say whether it was right or complete."
)
_FOLLOW_UP = (
    "First name in half a sentence what the candidate did say, then ask one open question about what stands "
    "in `missing_topic`, which they have not spoken about yet, using its words. Do not hint at an answer."
)
_CLARIFY = (
    "The answer was short, or beside the question. In one or two sentences take up what they said and ask "
    "for one concrete example or one more detail of it. One question."
)
_REPHRASE = (
    "Ask the same question in other, simpler words. Add nothing to it and leave nothing out. One question."
)
_HELP = (
    "The candidate is stuck. In one or two sentences encourage them and give a small foothold from which "
    "they can begin; build on `foothold` where there is one. Give no part of an answer away."
)
_CLARIFYING_HELP = (
    "The candidate did not understand the question. In one or two sentences say in simple words what it is "
    "about; build on `foothold` where there is one. Give no part of an answer away."
)
_ASSUMPTION = (
    "The candidate asked about the task. In one or two sentences say that they may assume what seems "
    "sensible, naming what they asked about, and go on from there. Supply no fact and no number of your "
    "own."
)
_ANSWER = (
    "The candidate asked something about the job. Answer it in one or two sentences from `facts` alone. What "
    "is not in them you do not know: then say that you pass the question on to a person. Ask nothing."
)
_FAREWELL = (
    "The interview ends. In one short, warm sentence thank the candidate, naming in a few words one thing "
    "that they spoke about. Ask nothing and promise nothing; the farewell itself follows after your "
    "words."
)
WISHES = (
    _ONE_SENTENCE, _FOLLOW_UP, _CLARIFY, _REPHRASE, _HELP, _CLARIFYING_HELP, _ASSUMPTION, _ANSWER, _FAREWELL,
)  # fmt: skip


class Task(Struct, frozen=True):
    """The model's part of one reply."""

    wish: str
    fallback: str  # the program's words for the same, where the model's can't be used
    question: str = ""  # the program's own question: asked where the model was to ask and did not
    after: str = ""  # the program's words that follow in any case
    most_sentences: int = 3


def find_task(brief: ReplyBrief) -> Task | None:
    """The model's part in `brief`, or None where the program says everything."""
    make = _TASKS.get(brief.move.kind)
    return make(brief, ScriptedReply(brief)) if make is not None else None


def _acknowledge(brief: ReplyBrief, scripted: ScriptedReply) -> Task | None:
    question = brief.question
    if brief.move.reason or not brief.candidate_text.strip() or question is None:
        return None
    if find_protected_topic(question.text):
        return None
    after = f"{scripted.bridge()} {scripted.asked()}"
    return Task(_ONE_SENTENCE, fallback=scripted.acknowledgement(), after=after, most_sentences=1)


def _follow_up(brief: ReplyBrief, scripted: ScriptedReply) -> Task | None:
    return Task(_FOLLOW_UP, fallback=scripted.text(), question=scripted.probe())


def _clarify(brief: ReplyBrief, scripted: ScriptedReply) -> Task | None:
    return Task(_CLARIFY, fallback=scripted.text(), question=scripted.text())


def _rephrase(brief: ReplyBrief, scripted: ScriptedReply) -> Task | None:
    question = brief.question
    if question is None or question.rephrase or question.mode == "verbatim":
        return None  # a written rephrase is the same for all candidates
    return Task(_REPHRASE, fallback=scripted.text(), question=scripted.asked())


def _help(brief: ReplyBrief, scripted: ScriptedReply) -> Task | None:
    if brief.question is None or brief.question.mode == "verbatim":
        return None
    wishes = {"assumption": _ASSUMPTION, "clarify": _CLARIFYING_HELP}
    return Task(wishes.get(brief.move.reason, _HELP), fallback=scripted.text())


def _invite(brief: ReplyBrief, scripted: ScriptedReply) -> Task | None:
    if brief.move.reason or not brief.candidate_text.strip():
        return None
    return Task(_ONE_SENTENCE, fallback="", after=scripted.invite(), most_sentences=1)


def _answer_candidate(brief: ReplyBrief, scripted: ScriptedReply) -> Task | None:
    if not brief.facts:
        return None
    return Task(_ANSWER, fallback=scripted.answer(), after=scripted.after_answer())


def _closing(brief: ReplyBrief, scripted: ScriptedReply) -> Task | None:
    if brief.move.reason or not any(side == "candidate" for side, _ in brief.history):
        return None
    return Task(_FAREWELL, fallback="", after=scripted.closing(), most_sentences=1)


_TASKS: dict[MoveKind, Callable[[ReplyBrief, ScriptedReply], Task | None]] = {
    "acknowledge_and_next": _acknowledge,
    "follow_up": _follow_up,
    "clarify": _clarify,
    "rephrase": _rephrase,
    "help": _help,
    "closing_invite": _invite,
    "answer_candidate": _answer_candidate,
    "closing": _closing,
}
