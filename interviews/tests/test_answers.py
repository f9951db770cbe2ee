"""What was said to each question, read from events alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from interviews.answers import Story, read_story
from interviews.bank import demo_plan
from interviews.live import events as ev
from interviews.progress import Move

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class Tape:
    """Writes events a second apart."""

    def __init__(self) -> None:
        self.events: list[ev.Event] = []
        self.write(ev.SessionOpened, plan=demo_plan(3), duration_ms=600_000)
        self.write(ev.LineStarted)

    def write(self, event_type: type[ev.Event], /, **fields: Any) -> "Tape":
        at = START + timedelta(seconds=len(self.events))
        self.events.append(event_type(at=at, **fields))
        return self

    def asks(self, number: int) -> "Tape":
        kind = "greeting" if number == 1 else "question"
        self.write(ev.ReplyPlanned, reply_id=number, move=Move(kind, number - 1))
        self.write(ev.StateChanged, state="interviewer_speaking")
        self.write(ev.ReplyStarted, reply_id=number, kind=kind, question=number)
        return self.write(ev.QuestionStarted, number=number, total=3, text="?", kind="technical")

    def hears(self, turn: int, text: str, utterance: int = 1, confidence: float = 0.9) -> "Tape":
        return self.write(
            ev.TranscriptFinal,
            turn_id=turn,
            utterance_id=utterance,
            text=text,
            start_ms=utterance * 1000,
            end_ms=utterance * 1000 + 900,
            confidence=confidence,
            engine="scripted",
        )

    def ends(self, turn: int, text: str, question: int, reason: str = "endpoint", **more: Any) -> "Tape":
        return self.write(ev.TurnEnded, turn_id=turn, text=text, question=question, reason=reason, **more)

    def read(self, corrections: dict[int, str] | None = None) -> Story:
        return read_story(self.events, corrections)


@pytest.fixture
def tape() -> Tape:
    return Tape().asks(1).write(ev.TurnStarted, turn_id=1, question=1)


def said(story: Story, number: int) -> list[str]:
    return [one.text for one in story.answers[number - 1].utterances]


def test_utterances_of_a_question_in_order(tape: Tape) -> None:
    story = tape.hears(1, "First", 1).hears(1, "and then.", 2).ends(1, "First and then.", 1).read()
    assert said(story, 1) == ["First", "and then."]
    assert story.answers[0].is_asked
    assert not story.answers[1].is_asked


def test_what_was_typed_after_speaking_is_told_apart(tape: Tape) -> None:
    story = tape.hears(1, "Spoken").ends(1, "Spoken and typed", 1, "typed", time_taken_seconds=7).read()
    assert [(one.text, one.channel) for one in story.answers[0].utterances] == [
        ("Spoken", "voice"),
        ("and typed", "typed"),
    ]
    assert story.answers[0].time_taken_s == 7


def test_speech_without_words_stands_as_such(tape: Tape) -> None:
    tape.write(ev.UtteranceMissed, turn_id=1, utterance_id=1, start_ms=0, end_ms=900)
    assert said(tape.ends(1, "", 1).read(), 1) == [""]


def test_a_reopened_turn_counts_once_with_all_its_words(tape: Tape) -> None:
    tape.hears(1, "One", 1).ends(1, "One", 1).write(ev.TurnReopened, turn_id=1)
    story = tape.hears(1, "two.", 2).ends(1, "One two.", 1).read()
    assert said(story, 1) == ["One", "two."]
    assert story.turns_of[1] == (1,)


def test_words_that_come_late_belong_to_their_turn(tape: Tape) -> None:
    story = tape.ends(1, "Typed.", 1, "typed").hears(1, "Late.", 1).read()
    assert sorted(said(story, 1)) == ["Late.", "Typed."]


def test_skipped_is_not_unasked(tape: Tape) -> None:
    tape.ends(1, "", 1, "done")
    story = tape.write(ev.ReplyPlanned, reply_id=2, move=Move("question", 1, reason="skipped")).read()
    assert story.answers[0].is_skipped
    assert not story.answers[1].is_asked


def test_the_candidates_own_questions_are_no_answers(tape: Tape) -> None:
    tape.ends(1, "An answer.", 1, "typed")
    tape.write(ev.ReplyPlanned, reply_id=2, move=Move("closing_invite"))
    tape.write(ev.ReplyStarted, reply_id=2, kind="closing_invite", question=1)
    tape.write(ev.TurnStarted, turn_id=2, question=1)
    story = tape.ends(2, "What is the salary?", 1, "typed").read()
    assert said(story, 1) == ["An answer."]


def test_a_correction_takes_the_place_of_what_was_heard(tape: Tape) -> None:
    tape.hears(1, "I use go lung.", 1, confidence=0.2).hears(1, "Often.", 2).ends(
        1, "I use go lung. Often.", 1
    )
    story = tape.read({1: "I use Golang. Often."})
    (only,) = story.answers[0].utterances
    assert (only.text, only.channel, only.confidence) == ("I use Golang. Often.", "typed", None)
    assert (only.start_ms, only.end_ms) == (1000, 2900)


def test_times_are_of_the_interviews_clock_which_pauses(tape: Tape) -> None:
    tape.write(ev.StateChanged, state="paused")
    before = tape.read().moments[-1].at_ms
    tape.write(ev.NoteAdded, text="n", at_ms=None, by="Rita").write(ev.StateChanged, state="listening")
    assert tape.read().moments[-1].at_ms == before


def test_an_erased_log_has_no_answers() -> None:
    assert read_story([]).answers == ()
