"""Drives the session machine as a runner would, with a scripted interviewer and a clock of its own."""

from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any

from msgspec.structs import replace

from interviews.interviewer.backends.scripted import compose_text
from interviews.interviewer.sentences import split_sentences
from interviews.live import effects as ef
from interviews.live import events as ev
from interviews.live import inputs as inp
from interviews.live.session import SessionState, decide, evolve, resume
from interviews.plan import ExpectedPoint, Plan, PlannedQuestion

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLAN = Plan(
    role="Backend engineer",
    questions=(
        PlannedQuestion(
            key="migration",
            text="Tell me about a migration you led.",
            expected_points=(
                ExpectedPoint("moved data in batches", ("batch*",)),
                ExpectedPoint("compared both sides", ("compar*",)),
            ),
            follow_ups=("How did you check it?",),
            rephrase="Which move of data from one system to another have you led?",
            help="Think of any time data had to move from one place to another.",
        ),
        PlannedQuestion(key="queue", text="Why would you use a queue?", mode="verbatim"),
    ),
)


class Interview:
    """Drives the machine as a runner would, with a scripted interviewer and a clock of its own."""

    def __init__(self, **opened: Any) -> None:
        self.now = START
        self.events: list[ev.Event] = []
        self.effects: list[ef.Effect] = []
        self.rejections: list[str] = []
        self.state = SessionState()
        self._log(ev.SessionOpened(at=START, plan=PLAN, duration_ms=30 * 60_000, **opened))
        self.utterances = 0

    def _log(self, event: ev.Event) -> None:
        self.events.append(event)
        self.state = evolve(self.state, event)

    def feed(self, happened: inp.Input, *, after_ms: int = 0) -> None:
        self.now += timedelta(milliseconds=after_ms)
        decision = decide(self.state, replace(happened, at=self.now))
        for event in decision.events:
            self._log(event)
        self.effects.extend(decision.effects)
        if decision.rejection:
            self.rejections.append(decision.rejection.code)

    def begin(self) -> None:
        self.feed(inp.CandidateArrived())
        self.feed(inp.ConsentDecided(notice_version="1", ai_evaluation=True, recording=True, listening=False))
        self.feed(inp.CandidateReadied())

    def compose(self) -> str:
        """Let the interviewer word the reply that is planned."""
        wanted = self.last(ef.Compose)
        sentences = split_sentences(compose_text(wanted.brief))
        for index, text in enumerate(sentences):
            self.feed(inp.ReplySentenceComposed(reply_id=wanted.reply_id, index=index, text=text))
        self.feed(inp.ReplyComposed(reply_id=wanted.reply_id))
        return " ".join(sentences)

    def say_words(self) -> str:
        """Let the words that a person gave be said."""
        wanted = self.last(ef.SayWords)
        for index, text in enumerate(split_sentences(wanted.text)[wanted.skip :], wanted.skip):
            self.feed(inp.ReplySentenceComposed(reply_id=wanted.reply_id, index=index, text=text))
        self.feed(inp.ReplyComposed(reply_id=wanted.reply_id))
        return str(self.last(ev.ReplyFinished).text)

    def rebuilt(self) -> tuple[ef.Effect, ...]:
        """What a process that rebuilds the session from its log would do."""
        rows = [(ev.type_of(event), event.at, ev.to_payload(event)) for event in self.events]
        state = reduce(evolve, (ev.from_row(*row) for row in rows), SessionState())
        assert state == self.state
        return resume(state, self.now)

    def play(self) -> None:
        assert self.state.reply is not None
        reply_id = self.state.reply.reply_id
        self.feed(inp.PlaybackStarted(reply_id=reply_id), after_ms=50)
        self.feed(inp.PlaybackFinished(reply_id=reply_id), after_ms=3_000)

    def listen(self) -> None:
        """Up to the moment in which the candidate has the floor."""
        self.compose()
        self.play()

    def say(self, text: str, *, confidence: float | None = 0.9) -> None:
        self.utterances += 1
        at_ms = self.state.clock_ms(self.now)
        self.feed(inp.CandidateSpeechStarted(at_ms=at_ms))
        self.feed(
            inp.UtteranceHeard(
                utterance_id=self.utterances,
                text=text,
                start_ms=at_ms,
                end_ms=at_ms + 350 * len(text.split()),
                confidence=confidence,
            ),
            after_ms=350 * len(text.split()) + 400,
        )

    def fall_silent(self) -> None:
        self.feed(inp.TurnWentSilent(at_ms=self.state.clock_ms(self.now)), after_ms=700)

    def answer(self, text: str) -> None:
        self.say(text)
        self.fall_silent()

    def last(self, kind: type[Any]) -> Any:
        return next(one for one in reversed([*self.events, *self.effects]) if isinstance(one, kind))

    def types(self) -> list[str]:
        return [ev.type_of(event) for event in self.events]

    def move(self) -> str:
        return str(self.last(ev.ReplyPlanned).move.kind)
