"""Reads from a session's log what was said to each question, and when, for scoring and for the report."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from interviews.evaluation import AnswerFacts, SaidUtterance
from interviews.live import events as ev
from interviews.live.evolving import evolve
from interviews.live.state import SessionState
from interviews.plan import Plan, PlannedQuestion

SKIPPED = "skipped"


class Moment(Struct, frozen=True):
    """One event with the interview's own clock, which stands still in pauses."""

    event: ev.Event
    at_ms: int


class Story(Struct, frozen=True):
    """A log, read to its end. Questions are those of the plan with the ones that people put in."""

    plan: Plan
    state: SessionState
    moments: tuple[Moment, ...]
    asked: dict[int, int]  # question number -> when it was first put, on the interview's clock
    answers: tuple[AnswerFacts, ...]
    turns_of: dict[int, tuple[int, ...]]  # question number -> the turns that answered it in the interview
    redone: dict[int, int] = {}  # question number -> the turn that answered it once more, which is judged


def read_story(events: Iterable[ev.Event], corrections: Mapping[int, str] | None = None) -> Story:
    """Fold a log. `corrections`, by turn, are the candidate's own words and replace what was heard."""
    reader = _Reader()
    for event in events:
        reader.read(event)
    plan = reader.state.plan
    return Story(
        plan=plan,
        state=reader.state,
        moments=tuple(reader.moments),
        asked=reader.asked,
        answers=tuple(
            reader.facts(number, question, corrections or {})
            for number, question in enumerate(plan.questions, 1)
        ),
        turns_of={number: reader.turns_of(number) for number in range(1, plan.total + 1)},
        redone=reader.redone,
    )


class _Reader:
    def __init__(self) -> None:
        self.state = SessionState()
        self.moments: list[Moment] = []
        self.asked: dict[int, int] = {}
        self._said: dict[int, list[SaidUtterance]] = {}
        self._typed: dict[int, SaidUtterance] = {}
        self._question_of: dict[int, int] = {}
        self._seconds: dict[int, int] = {}
        self._skipped: set[int] = set()
        self.redone: dict[int, int] = {}

    def read(self, event: ev.Event) -> None:
        rule = _RULES.get(type(event))
        at_ms = self.state.clock_ms(event.at) if self.state.has_line else 0
        if rule is not None:
            rule(self, event, at_ms)
        self.moments.append(Moment(event, at_ms))
        self.state = evolve(self.state, event)

    def heard(self, event: ev.TranscriptFinal, at_ms: int) -> None:
        self._add(
            event.turn_id,
            SaidUtterance(
                text=event.text,
                start_ms=event.start_ms,
                end_ms=event.end_ms,
                confidence=event.confidence,
                engine=event.engine,
                snr_db=event.snr_db,
                turn_id=event.turn_id,
                utterance_id=event.utterance_id,
            ),
        )

    def missed(self, event: ev.UtteranceMissed, at_ms: int) -> None:
        self._add(
            event.turn_id,
            SaidUtterance(
                text="",
                start_ms=event.start_ms,
                end_ms=event.end_ms,
                turn_id=event.turn_id,
                utterance_id=event.utterance_id,
            ),
        )

    def turn_ended(self, event: ev.TurnEnded, at_ms: int) -> None:
        if self.state.flow.progress.phase != "question":  # then the candidate is asking, not answering
            return
        self._question_of[event.turn_id] = event.question
        if event.time_taken_seconds is not None:
            self._seconds[event.turn_id] = event.time_taken_seconds
        spoken = " ".join(said.text for said in self._said.get(event.turn_id, ()) if said.text)
        typed = event.text.removeprefix(spoken).strip() if event.reason == "typed" else ""
        if typed:
            self._typed[event.turn_id] = SaidUtterance(
                text=typed, start_ms=at_ms, end_ms=at_ms, channel="typed", turn_id=event.turn_id
            )

    def turn_reopened(self, event: ev.TurnReopened, at_ms: int) -> None:
        self._question_of.pop(event.turn_id, None)
        self._skipped.discard(self.state.flow_before.question_index + 1)

    def reply_planned(self, event: ev.ReplyPlanned, at_ms: int) -> None:
        if event.move.reason == SKIPPED:
            self._skipped.add(self.state.flow.question_index + 1)

    def question_started(self, event: ev.QuestionStarted, at_ms: int) -> None:
        self.asked.setdefault(event.number, at_ms)

    def answer_redone(self, event: ev.AnswerRedone, at_ms: int) -> None:
        """Its times follow the interview's own, so that no two stretches of speech share one."""
        self.redone[event.question] = event.turn_id
        if not event.heard:
            self._typed[event.turn_id] = SaidUtterance(
                text=event.text, start_ms=at_ms, end_ms=at_ms, channel="typed", turn_id=event.turn_id
            )
        for place, part in enumerate(event.heard, 1):
            said = SaidUtterance(
                text=part.text,
                start_ms=at_ms + part.start_ms,
                end_ms=at_ms + part.end_ms,
                confidence=part.confidence,
                engine=part.engine,
                turn_id=event.turn_id,
                utterance_id=place,
            )
            self._add(event.turn_id, said)

    def facts(self, number: int, question: PlannedQuestion, corrections: Mapping[int, str]) -> AnswerFacts:
        again = self.redone.get(number)
        turns = self.turns_of(number) if again is None else (again,)
        seconds = [self._seconds[turn] for turn in turns if turn in self._seconds]
        return AnswerFacts(
            question=question,
            utterances=tuple(said for turn in turns for said in self._turn(turn, corrections.get(turn, ""))),
            is_asked=number in self.asked,
            is_skipped=number in self._skipped and again is None,
            time_taken_s=sum(seconds) if seconds else None,
        )

    def turns_of(self, number: int) -> tuple[int, ...]:
        return tuple(sorted(turn for turn, asked in self._question_of.items() if asked == number))

    def _add(self, turn_id: int, said: SaidUtterance) -> None:
        self._said.setdefault(turn_id, []).append(said)

    def _turn(self, turn_id: int, correction: str) -> list[SaidUtterance]:
        typed = [self._typed[turn_id]] if turn_id in self._typed else []
        said = [*self._said.get(turn_id, ()), *typed]
        if not correction or not said:
            return said
        whole = replace(said[0], text=correction, end_ms=said[-1].end_ms, confidence=None, channel="typed")
        return [whole]


_RULES: dict[type[ev.Event], Any] = {
    ev.TranscriptFinal: _Reader.heard,
    ev.UtteranceMissed: _Reader.missed,
    ev.TurnEnded: _Reader.turn_ended,
    ev.TurnReopened: _Reader.turn_reopened,
    ev.ReplyPlanned: _Reader.reply_planned,
    ev.QuestionStarted: _Reader.question_started,
    ev.AnswerRedone: _Reader.answer_redone,
}
