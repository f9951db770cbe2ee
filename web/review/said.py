"""What was said to each question, word by word with its time on the recording, to be read and heard."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from interviews.live import events as ev
from interviews.live.state import ASKING
from interviews.models import Turn
from interviews.reporting.material import Material
from interviews.sent_recordings import PLACE_SAMPLES, SENT, with_audio


class Heard(Struct, frozen=True):
    """A word, or where nobody knows the words' times a whole stretch; without times it was typed."""

    text: str
    from_ms: int | None = None
    to_ms: int | None = None


class Said(Struct, frozen=True):
    """One turn of one side. `source` is the address of the sound it lies in, "" where there is none."""

    key: str
    name: str
    is_candidate: bool
    words: tuple[Heard, ...]
    at_ms: int | None = None  # on the interview's clock, as all times here
    from_ms: int | None = None
    to_ms: int | None = None
    source: str = ""
    shift_ms: int = 0  # when its source begins
    is_second: bool = False  # answered once more afterwards
    kind: str = ""
    is_typed: bool = False
    correction: str = ""
    confidence: float | None = None

    @property
    def text(self) -> str:
        return " ".join(one.text for one in self.words)


class Conversation(Struct, frozen=True):
    """By the question's number; under 0 what belongs to none."""

    turns: dict[int, tuple[Said, ...]]
    is_recorded: bool


def read_conversation(material: Material) -> Conversation:
    """Everything that was said, in order; two queries more than `material` cost."""
    heard = _heard(finals_of(material))
    audible = with_audio([turn for turn in material.turns if turn.speaker == Turn.Speaker.CANDIDATE])
    sent = _sent(material) if audible else frozenset()
    seconds = _second_answers(material)
    question_of = {turn: number for number, turns in material.story.turns_of.items() for turn in turns}
    question_of |= {turn: number for number, turn in material.story.redone.items()}
    question_of |= {turn: number for number, turn in material.story.redone.items()}
    asked = {number: one.question.text for number, one in enumerate(material.story.answers, 1)}
    found: dict[int, list[Said]] = {}
    for turn in material.turns:
        if turn.speaker == Turn.Speaker.INTERVIEWER:
            number = turn.question_number
            if turn.kind in ASKING and turn.text.strip() == asked.get(number, "").strip():
                continue
            found.setdefault(number if number in asked else 0, []).append(_interviewer(material, turn))
            continue
        is_sent = turn.number in sent
        said = _candidate(material, turn, [] if is_sent else heard.get(turn.number, []))
        if turn.number in seconds:
            said = _second(said, seconds[turn.number])
        if turn.pk in audible:
            said = _with_sound(said, turn, is_sent=is_sent)
        found.setdefault(question_of.get(turn.number, 0), []).append(said)
    return Conversation({number: tuple(said) for number, said in found.items()}, bool(audible))


def finals_of(material: Material) -> Iterable[ev.TranscriptFinal]:
    for moment in material.story.moments:
        if isinstance(moment.event, ev.TranscriptFinal):
            yield moment.event


def _heard(finals: Iterable[ev.TranscriptFinal]) -> dict[int, list[ev.TranscriptFinal]]:
    by_turn: dict[int, list[ev.TranscriptFinal]] = {}
    for one in finals:
        by_turn.setdefault(one.turn_id, []).append(one)
    return by_turn


def _sent(material: Material) -> frozenset[int]:
    """The turns that were sent as a recording of their own."""
    offsets = material.session.segments.filter(side=SENT).values_list("offset", flat=True)
    return frozenset(offset // PLACE_SAMPLES for offset in offsets)


def _with_sound(said: Said, turn: Turn, *, is_sent: bool) -> Said:
    """What was sent whole is a recording of its own; everything else lies on the interview's line."""
    if is_sent:
        begins = said.at_ms or 0
        source = f"/api/conversations/{turn.pk}/audio/"
        return replace(said, source=source, shift_ms=begins, from_ms=said.from_ms or begins)
    return replace(said, source=f"/api/sessions/{turn.session.uuid}/recording/")


def _second_answers(material: Material) -> dict[int, tuple[int, ev.AnswerRedone]]:
    """By their turns, with when their times begin."""
    return {
        moment.event.turn_id: (moment.at_ms, moment.event)
        for moment in material.story.moments
        if isinstance(moment.event, ev.AnswerRedone)
    }


def _second(said: Said, second: tuple[int, ev.AnswerRedone]) -> Said:
    at_ms, event = second
    words = tuple(Heard(part.text, at_ms + part.start_ms, at_ms + part.end_ms) for part in event.heard)
    ends = words[-1].to_ms if words else None
    return replace(said, is_second=True, at_ms=at_ms, from_ms=at_ms, to_ms=ends, words=words or said.words)


def _interviewer(material: Material, turn: Turn) -> Said:
    return Said(
        key=f"i{turn.number}",
        name=material.story.plan.persona if turn.by in {"", "ai"} else turn.by,
        is_candidate=False,
        words=(Heard(turn.text),),
        at_ms=material.begins_ms(turn),
        kind=turn.kind,
    )


def _candidate(material: Material, turn: Turn, finals: Sequence[ev.TranscriptFinal]) -> Said:
    is_typed = turn.channel != Turn.Channel.VOICE
    words = () if is_typed else tuple(word for one in finals for word in words_of(one))
    return Said(
        key=f"c{turn.number}",
        name=material.session.candidate_name or "Candidate",
        is_candidate=True,
        words=words or (Heard(turn.text),),
        at_ms=material.begins_ms(turn),
        from_ms=words[0].from_ms if words else turn.start_ms,
        to_ms=words[-1].to_ms if words else turn.end_ms,
        kind=turn.kind,
        is_typed=is_typed,
        correction=turn.correction,
        confidence=turn.confidence,
    )


def words_of(final: ev.TranscriptFinal) -> tuple[Heard, ...]:
    """The written words with the times of the heard ones; the whole utterance where there are none."""
    written = final.text.split()
    if not final.words or not written:
        return (Heard(final.text, final.start_ms, final.end_ms),) if written else ()
    shown = written if len(written) == len(final.words) else [one.text.strip() for one in final.words]
    return tuple(
        Heard(text, word.start_ms, word.end_ms) for text, word in zip(shown, final.words, strict=True) if text
    )
