"""What people say to the interviewer, and have it say, as sentences about an interview."""

import pytest

from interviews.live import effects as ef
from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live.tests.interview import Interview

FULL = "We moved the data in small batches and compared every row."
PART = "We moved all of the data in small batches so that nobody would lose any orders."


def put_in(interview: Interview, text: str) -> None:
    interview.feed(inp.WordsPutIn(text=text, by="Dana", command_id="c-1"))


def test_a_whisper_goes_with_the_next_three_replies_to_whoever_words_them(listening: Interview) -> None:
    listening.feed(inp.WhisperWritten(text="Ask how they tested it.", by="Dana"))
    guided = []
    for _ in range(4):
        listening.answer("I'd have to think about that one, it was long ago.")
        guided.append(listening.last(ef.Compose).brief.guidance)
        listening.listen()
    assert guided == ["Ask how they tested it."] * 3 + [""]


def test_a_whisper_is_never_for_the_candidate(listening: Interview) -> None:
    listening.feed(inp.WhisperWritten(text="Ask how they tested it.", by="Dana"))
    assert ev.WhisperGiven not in ev.PUBLIC
    assert not [one for one in listening.effects if isinstance(one, ef.Send) and "tested" in repr(one)]


@pytest.mark.parametrize(
    "put",
    [
        inp.WhisperWritten(text="Find out whether she is pregnant.", by="Dana"),
        inp.WordsPutIn(text="Do you plan to have children?", by="Dana"),
    ],
)
def test_nobody_may_have_a_protected_topic_asked_about(listening: Interview, put: inp.Input) -> None:
    listening.feed(put)
    assert listening.rejections == ["protected_topic"]


def test_words_are_said_at_once_into_a_silence_and_by_name(listening: Interview) -> None:
    put_in(listening, "Which database was it? Just the name.")
    assert listening.say_words() == "Which database was it? Just the name."
    started = listening.last(ev.ReplyStarted)
    assert (started.kind, started.by) == ("said", "Dana")
    assert listening.state.state == "interviewer_speaking"
    listening.play()
    assert listening.state.state == "listening"
    assert listening.state.flow.question_index == 0


def test_words_wait_until_the_candidate_has_finished(listening: Interview) -> None:
    listening.say("We moved the data in small batches.")
    put_in(listening, "Which database was it?")
    assert listening.types()[-1] == "words.given"
    listening.fall_silent()
    assert listening.say_words() == "Which database was it?"
    listening.play()
    listening.answer("Postgres. And we compared every row.")
    assert listening.move() == "acknowledge_and_next"


def test_words_come_after_the_reply_that_is_being_heard() -> None:
    interview = Interview()
    interview.begin()
    interview.compose()
    put_in(interview, "Which database was it?")
    interview.play()
    assert interview.say_words() == "Which database was it?"


def test_words_come_before_what_the_interviewer_was_about_to_ask_and_nothing_is_forgotten(
    listening: Interview,
) -> None:
    listening.answer(FULL)
    put_in(listening, "Which database was it?")
    assert "reply.withdrawn" in listening.types()
    listening.say_words()
    listening.play()
    listening.answer("It was Postgres.")
    assert listening.move() == "acknowledge_and_next"
    assert listening.last(ev.ReplyPlanned).move.question_index == 1


@pytest.mark.parametrize("is_first", [True, False])
def test_words_around_a_skip_do_not_forget_the_skip(listening: Interview, is_first: bool) -> None:
    if is_first:
        listening.say("Well, I")
        put_in(listening, "Which database was it?")
        listening.feed(inp.SkipPressed())
    else:
        listening.feed(inp.SkipPressed())
        put_in(listening, "Which database was it?")
    listening.say_words()
    listening.play()
    listening.answer("It was Postgres, which I had known for many years by then.")
    assert listening.move() == "question"
    assert listening.last(ev.ReplyPlanned).move.question_index == 1
    listening.listen()
    assert not listening.state.flow.progress.is_left


def test_a_crash_goes_on_behind_the_last_sentence_that_was_said(listening: Interview) -> None:
    put_in(listening, "Which database was it? Just the name.")
    wanted = listening.last(ef.SayWords)
    listening.feed(
        inp.ReplySentenceComposed(reply_id=wanted.reply_id, index=0, text="Which database was it?")
    )
    assert ef.SayWords(wanted.reply_id, wanted.text, skip=1) in listening.rebuilt()


def test_a_question_that_is_put_in_is_counted_at_once_on_both_sides(listening: Interview) -> None:
    before, clock_ms = listening.state.plan.total, listening.state.duration_ms
    listening.feed(inp.QuestionPutIn(text="Why SQL?", verbatim=True, by="Dana"))
    assert listening.types()[-2:] == ["question.queued", "settings.changed"]
    told = listening.last(ev.SettingsChanged)
    assert (told.total_questions, type(told) in ev.PUBLIC) == (before + 1, True)
    assert listening.state.plan.total == before + 1
    assert (told.time_left_ms, listening.state.duration_ms) == (None, clock_ms)
    listening.rebuilt()


def test_the_question_is_put_in_other_words(listening: Interview) -> None:
    listening.feed(inp.RephraseAsked(by="Dana"))
    assert "Which move of data" in listening.compose()
    assert listening.state.flow.question_index == 0


def test_a_question_that_everybody_hears_alike_keeps_its_words(listening: Interview) -> None:
    listening.answer(FULL)
    listening.listen()
    listening.feed(inp.RephraseAsked(by="Dana"))
    assert listening.rejections == ["verbatim"]


def test_nobody_interrupts_the_candidate_for_other_words(listening: Interview) -> None:
    listening.say("We moved the data")
    listening.feed(inp.RephraseAsked(by="Dana"))
    listening.feed(inp.CandidateSpeechStarted(at_ms=0))
    listening.feed(inp.RephraseAsked(by="Dana"))
    assert listening.rejections == ["not_your_turn", "not_your_turn"]


def test_a_person_may_skip_a_question_that_the_interviewer_is_about_to_probe(listening: Interview) -> None:
    listening.answer(PART)
    assert listening.move() == "follow_up"
    listening.feed(inp.SkipPressed(by="Dana"))
    assert listening.rejections == []
    assert listening.last(ev.ReplyPlanned).move.question_index == 1
    listening.feed(inp.SkipPressed(by="Dana"))
    assert listening.rejections == ["not_your_turn"]


def test_a_skip_when_time_is_up_is_not_forgotten_or_else_refused(listening: Interview) -> None:
    listening.feed(inp.RepeatPressed())
    listening.compose()
    listening.feed(inp.TimerFired(name="time_up"))
    listening.feed(inp.SkipPressed(by="Dana"))
    assert listening.move() == "closing_invite"


def test_what_makes_no_sense_is_refused_with_a_reason() -> None:
    interview = Interview()
    for ask in (
        inp.WordsPutIn(text="Hello?", by="Dana"),
        inp.RephraseAsked(by="Dana"),
        inp.OfferPutForward(offer="skip", by="Dana"),
    ):
        interview.feed(ask)
    assert interview.rejections == ["not_started"] * 3
    interview.begin()
    interview.listen()
    interview.feed(inp.PauseRequested())
    interview.feed(inp.WordsPutIn(text="Hello?", by="Dana"))
    interview.feed(inp.ResumeRequested())
    interview.feed(inp.TimerFired(name="time_up"))
    interview.feed(inp.WordsPutIn(text="Hello?", by="Dana"))
    interview.listen()
    interview.feed(inp.RephraseAsked(by="Dana"))
    interview.feed(inp.OfferPutForward(offer="skip", by="Dana"))
    assert interview.rejections[3:] == ["paused", "too_late", "too_late", "too_late"]
