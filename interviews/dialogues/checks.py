"""What a reader would object to in the interviewer's replies of one dialogue."""

from collections.abc import Iterator, Sequence

from interviews.coverage import cover
from interviews.dialogues.playing import PlayedTurn, written
from interviews.interviewer.choice import as_said
from interviews.live.state import ASKING
from interviews.phrases import load_phrases
from interviews.plan import ExpectedPoint, PlannedQuestion
from interviews.spoken_words import stem, words

MOST_FOLLOW_UPS = 2
MOST_WORDS = 60  # beside a question of the plan: about 25 s of speech
_SAYS_IT_AGAIN = frozenset({"repeat", "rephrase"})
_FILL = frozenset(load_phrases().empty_words.split()) | frozenset(load_phrases().fill_words.split())


def find_faults(turns: Sequence[PlayedTurn]) -> list[str]:
    """Every fault as a sentence with the number of its turn; an empty list is a good dialogue."""
    faults = [f"turn {n}: {fault}" for n, turn in enumerate(turns, 1) for fault in _faults(turn)]
    return faults + list(_said_twice(turns)) + list(_too_many_probes(turns))


def _faults(turn: PlayedTurn) -> Iterator[str]:
    if not turn.is_expected:
        yield f"the move is “{written(turn.move)}”, expected was “{turn.said.expect}”"
    question = turn.brief.question
    own_words = turn.reply
    if question is not None and turn.move.kind in ASKING:
        if question.text not in turn.reply:
            yield "the question is not asked in its own words"
        own_words = turn.reply.replace(question.text, "")
    if len(words(own_words)) > MOST_WORDS:
        yield f"the reply has {len(words(own_words))} words, too many to follow by ear"
    if not turn.reply.strip():
        yield "nothing is said"
    if turn.move.kind == "follow_up":
        yield from _follow_up(turn, question)
    if question is not None and turn.move.kind in {"help", "follow_up", "clarify", "resume"}:
        yield from _gives_away(turn, question)


def _follow_up(turn: PlayedTurn, question: PlannedQuestion | None) -> Iterator[str]:
    if turn.reply.count("?") != 1:
        yield f"the follow-up holds {turn.reply.count('?')} questions"
    point, covered = turn.brief.point, turn.brief.covered
    if point is not None and not _speaks_of(turn.reply, point):
        yield f"the follow-up does not name what is missing: {point.topic}"
    if covered is not None and not _links(turn.reply, covered, turn.brief.candidate_text, question):
        yield "the follow-up does not take up what was said"


def _speaks_of(reply: str, point: ExpectedPoint) -> bool:
    wanted = _content(f"{point.topic} {point.probe} {point.text}")
    return bool(wanted & _content(reply))


def _links(reply: str, covered: ExpectedPoint, said: str, question: PlannedQuestion | None) -> bool:
    asked = _content(question.text) if question is not None else frozenset()
    taken_up = _content(f"{covered.topic} {covered.text}") | _content(said)
    return bool((taken_up - asked) & _content(reply))


def _gives_away(turn: PlayedTurn, question: PlannedQuestion) -> Iterator[str]:
    """A reply that would itself score has told the answer; what the candidate said first may be said back."""
    known = set(cover(question, " ".join(text for _, text in turn.brief.history)).covered)
    told = [i for i in cover(question, turn.reply).covered if i not in known]
    if told:
        yield f"the reply gives away: {question.expected_points[told[0]].text}"


def _said_twice(turns: Sequence[PlayedTurn]) -> Iterator[str]:
    said: set[str] = set()
    for number, turn in enumerate(turns, 1):
        sentences = as_said([turn.reply])
        again = said & sentences
        if again and turn.move.kind not in _SAYS_IT_AGAIN:
            yield f"turn {number}: said before: “{min(again)}”"
        said |= sentences


def _too_many_probes(turns: Sequence[PlayedTurn]) -> Iterator[str]:
    probes = [turn for turn in turns if turn.move.kind in {"follow_up", "clarify"}]
    if len(probes) > MOST_FOLLOW_UPS:
        yield f"{len(probes)} probes to one question"
    points = [turn.move.point_index for turn in probes if turn.move.point_index is not None]
    if len(points) != len(set(points)):
        yield "the same point is asked for twice"


def _content(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text) if word not in _FILL)
