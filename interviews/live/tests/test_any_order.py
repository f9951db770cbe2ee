"""Whatever people do and in whichever order: the log rebuilds the session, and nobody is left waiting."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.interviewer.backends.scripted import compose_text
from interviews.interviewer.sentences import split_sentences
from interviews.live import effects as ef
from interviews.live import inputs as inp
from interviews.live.tests.interview import Interview

DANA, SAM = "dana-1", "sam-1"
RESTING = {"paused", "ended", "waiting"}


class World(Interview):
    """Remembers what the machine waits for, and can let it happen."""

    def __init__(self) -> None:
        super().__init__()
        self.timers: dict[str, ef.StartTimer] = {}
        self.wanted: ef.Compose | ef.SayWords | None = None

    def feed(self, happened: inp.Input, *, after_ms: int = 0) -> None:
        seen = len(self.effects)
        super().feed(happened, after_ms=after_ms)
        for effect in self.effects[seen:]:
            match effect:
                case ef.StartTimer():
                    self.timers[effect.name] = effect
                case ef.CancelTimer():
                    self.timers.pop(effect.name, None)
                case ef.Compose() | ef.SayWords():
                    self.wanted = effect
                case ef.CancelCompose():
                    self.wanted = None

    def word(self) -> None:
        """The interviewer, or a person's text, has its next words."""
        wanted, self.wanted = self.wanted, None
        if wanted is None:
            return
        text = wanted.text if isinstance(wanted, ef.SayWords) else compose_text(wanted.brief)
        for index, sentence in enumerate(split_sentences(text)):
            if index >= wanted.skip:
                self.feed(inp.ReplySentenceComposed(reply_id=wanted.reply_id, index=index, text=sentence))
        self.feed(inp.ReplyComposed(reply_id=wanted.reply_id))

    def hear_reply(self) -> None:
        if self.state.reply is not None:
            reply_id = self.state.reply.reply_id
            self.feed(inp.PlaybackStarted(reply_id=reply_id))
            self.feed(inp.PlaybackFinished(reply_id=reply_id), after_ms=2_000)

    def stop_reply(self) -> None:
        if self.state.reply is not None:
            self.feed(inp.PlaybackStopped(reply_id=self.state.reply.reply_id, heard_chars=3))

    def fire(self) -> None:
        """The timer that is due first, if any."""
        if self.timers:
            due = min(self.timers.values(), key=lambda timer: timer.after_ms)
            del self.timers[due.name]
            self.feed(inp.TimerFired(name=due.name, ref=due.ref), after_ms=due.after_ms)

    def crash(self) -> None:
        """Another process takes the session up from its log."""
        effects = self.rebuilt()
        self.timers = {one.name: one for one in effects if isinstance(one, ef.StartTimer)}
        wanted = [one for one in effects if isinstance(one, ef.Compose | ef.SayWords)]
        self.wanted = wanted[-1] if wanted else None

    def go_silent(self) -> None:
        self.feed(inp.TurnWentSilent(at_ms=self.state.clock_ms(self.now)), after_ms=700)


STEPS: dict[str, Callable[[World], None]] = {
    "word": World.word,
    "hear": World.hear_reply,
    "stop": World.stop_reply,
    "fire": World.fire,
    "crash": World.crash,
    "say": lambda w: w.say("We moved the data in small batches and compared every row."),
    "say a little": lambda w: w.say("I don't know."),
    "cough": lambda w: w.feed(inp.UtteranceWasEmpty(utterance_id=99, start_ms=0, end_ms=200)),
    "begin to speak": lambda w: w.feed(inp.CandidateSpeechStarted(at_ms=0)),
    "go silent": World.go_silent,
    "type": lambda w: w.feed(inp.AnswerTyped(text="I would use a queue for that.")),
    "skip": lambda w: w.feed(inp.SkipPressed()),
    "have skipped": lambda w: w.feed(inp.SkipPressed(by="Dana")),
    "repeat": lambda w: w.feed(inp.RepeatPressed()),
    "rephrase": lambda w: w.feed(inp.RephraseAsked(by="Dana")),
    "pause": lambda w: w.feed(inp.PauseRequested()),
    "resume": lambda w: w.feed(inp.ResumeRequested()),
    "go away": lambda w: w.feed(inp.CandidateWentAway()),
    "come back": lambda w: w.feed(inp.CandidateArrived()),
    "whisper": lambda w: w.feed(inp.WhisperWritten(text="Ask about tests.", by="Dana")),
    "put in": lambda w: w.feed(inp.WordsPutIn(text="Which database was it? Just the name.", by="Dana")),
    "take over": lambda w: w.feed(inp.TakeoverAsked(ref=DANA, by="Dana")),
    "take over too": lambda w: w.feed(inp.TakeoverAsked(ref=SAM, by="Sam")),
    "type a line": lambda w: w.feed(inp.LineTyped(ref=DANA, text="Hello. It is me.", by="Dana")),
    "speak": lambda w: w.feed(inp.PersonBeganToSpeak(ref=DANA)),
    "be partly heard": lambda w: w.feed(inp.PersonWasPartlyHeard(text="How was", stable_chars=3)),
    "be heard": lambda w: w.feed(inp.PersonWasHeard(text="How was that for you?")),
    "fall silent": lambda w: w.feed(inp.PersonFellSilent()),
    "hand back": lambda w: w.feed(inp.HandBackAsked(ref=DANA, by="Dana")),
    "leave": lambda w: w.feed(inp.ObserverWent(ref=DANA)),
    "return": lambda w: w.feed(inp.ObserverCame(ref="dana-2", name="Dana", role="recruiter")),
    "time is up": lambda w: w.feed(inp.TimerFired(name="time_up")),
}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=25))
def test_the_interview_goes_on(steps: list[str]) -> None:
    world = World()
    world.begin()
    world.word()
    for step in steps:
        STEPS[step](world)
        assert_sound(world)
    world.rebuilt()
    world.feed(inp.ResumeRequested())
    world.feed(inp.CandidateArrived())
    for _ in range(60):  # nobody does anything any more: it comes to rest by itself
        if world.state.state in RESTING:
            break
        if world.wanted is not None:
            world.word()
        elif world.state.turn.is_open and world.state.turn.utterances:
            world.go_silent()  # as endpointing reports sooner or later
        elif world.state.state == "candidate_speaking":
            STEPS["cough"](world)
        else:
            assert world.timers, world.state.state
            world.fire()
        assert_sound(world)
    assert world.state.state in RESTING


def assert_sound(world: World) -> None:
    state = world.state
    assert (state.state == "taken_over") <= (state.takeover is not None)
    assert state.takeover is None or state.state in {"taken_over", "paused"}
    if state.state in {"listening", "candidate_speaking", "taken_over"}:
        assert state.turn.is_open
    if state.state in {"thinking", "interviewer_speaking"}:
        assert state.reply is not None
        assert not state.turn.is_open
