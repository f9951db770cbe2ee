"""A person speaks to the candidate in their own voice, as sentences about an interview."""

import pytest

from interviews.live import effects as ef
from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live import signals as sig
from interviews.live.tests.interview import Interview

DANA = "dana-1"


@pytest.fixture
def taken() -> Interview:
    interview = Interview()
    interview.begin()
    interview.listen()
    interview.feed(inp.TakeoverAsked(ref=DANA, by="Dana"))
    interview.effects.clear()
    return interview


def speak(interview: Interview, text: str) -> None:
    interview.feed(inp.PersonBeganToSpeak(ref=DANA))
    interview.feed(inp.PersonWasHeard(text=text), after_ms=2_000)


def fall_silent(interview: Interview) -> None:
    interview.feed(inp.PersonFellSilent(), after_ms=900)


def test_what_is_spoken_is_a_reply_by_their_name(taken: Interview) -> None:
    speak(taken, "Hello, I am Dana.")
    started = taken.last(ev.ReplyStarted)
    assert (started.kind, started.by, started.spoken) == ("person", "Dana", True)
    assert ef.RelayPerson(2) in taken.effects
    assert ef.Send(sig.ReplySentence(reply_id=2, index=0, text="Hello, I am Dana.")) in taken.effects
    speak(taken, "How big was that table?")
    fall_silent(taken)
    assert taken.last(ev.ReplyFinished).text == "Hello, I am Dana. How big was that table?"
    assert taken.last(ef.EndRelay) == ef.EndRelay()
    assert taken.types().count("reply.started") == 2
    assert taken.state.history[-1] == ("interviewer", "Hello, I am Dana. How big was that table?")


def test_their_words_are_shown_as_they_grow_and_no_longer_when_they_are_known(taken: Interview) -> None:
    growing = inp.PersonWasPartlyHeard(text="Hello, I", stable_chars=5)
    taken.feed(growing)  # nothing is being said: a late one
    assert not [one for one in taken.effects if isinstance(one, ef.Send)]
    taken.feed(inp.PersonBeganToSpeak(ref=DANA))
    before = len(taken.events)
    taken.feed(growing)
    assert taken.last(ef.Send).signal == sig.ReplyPartial(reply_id=2, text="Hello, I", stable_chars=5)
    assert len(taken.events) == before  # a caption is no fact
    taken.feed(inp.PersonWasHeard(text="Hello, I am Dana."))
    fall_silent(taken)
    taken.effects.clear()
    taken.feed(growing)
    assert taken.effects == []


def test_only_whoever_has_taken_over_is_heard(taken: Interview) -> None:
    taken.feed(inp.PersonBeganToSpeak(ref="sam-1"))
    assert taken.types().count("reply.started") == 1


def test_a_cough_was_never_said(taken: Interview) -> None:
    taken.feed(inp.PersonBeganToSpeak(ref=DANA))
    taken.feed(inp.PersonWasNotUnderstood())
    timer = taken.last(ef.StartTimer)
    taken.feed(inp.TimerFired(name=timer.name, ref=timer.ref), after_ms=timer.after_ms)
    assert taken.types()[-1] == "reply.withdrawn"
    assert taken.state.reply is None
    assert taken.state.question is not None


def test_their_voice_comes_before_what_they_have_typed(taken: Interview) -> None:
    for text in ("One.", "Two."):
        taken.feed(inp.LineTyped(ref=DANA, text=text, by="Dana"))
    taken.say_words()
    taken.feed(inp.PersonBeganToSpeak(ref=DANA))
    assert taken.last(ev.PlaybackEnded).outcome == "stopped"
    taken.feed(inp.PersonWasHeard(text="Three."))
    fall_silent(taken)
    assert taken.say_words() == "Two."


def test_words_that_come_after_the_hand_back_stand_where_they_were_said(taken: Interview) -> None:
    speak(taken, "Hello, I am Dana.")
    taken.feed(inp.PersonBeganToSpeak(ref=DANA))
    taken.feed(inp.HandBackAsked(ref=DANA, by="Dana"))
    taken.feed(inp.PersonWasHeard(text="Over to you, Viva."))
    assert taken.last(ev.ReplyFinished) == ev.ReplyFinished(
        at=taken.now, reply_id=2, text="Hello, I am Dana. Over to you, Viva."
    )
    assert taken.state.history[-1] == ("interviewer", "Over to you, Viva.")
    assert taken.move() == "repeat"
    assert taken.state.reply is not None
    assert not taken.state.reply.is_complete
    taken.rebuilt()


def test_their_voice_in_the_microphone_is_not_the_candidates(taken: Interview) -> None:
    speak(taken, "How many rows did that table have?")
    taken.say("How many rows did that table have")
    fall_silent(taken)
    taken.say("did that table have")
    assert "transcript.final" not in taken.types()
    taken.feed(inp.SpeechPartlyHeard(utterance_id=9, text="About a billion", stable_chars=0))
    assert taken.last(ef.Send).signal == sig.TranscriptPartial(
        turn_id=1, text="About a billion", stable_chars=0
    )


def test_a_pause_ends_what_they_were_saying(taken: Interview) -> None:
    speak(taken, "Hello, I am Dana.")
    taken.feed(inp.PauseRequested())
    assert taken.last(ev.ReplyFinished).text == "Hello, I am Dana."
    taken.feed(inp.ResumeRequested())
    assert taken.state.state == "taken_over"
    assert taken.state.reply is None


def test_a_crash_in_mid_sentence_ends_it(taken: Interview) -> None:
    taken.feed(inp.PersonBeganToSpeak(ref=DANA))
    assert ef.StartTimer("spoken", 4_000, 2) in taken.rebuilt()
