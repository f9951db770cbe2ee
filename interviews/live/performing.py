"""Carries out the effects of one session: hearing, timers, the interviewer, messages."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from interviews.live import effects as ef
from interviews.live.composing import Composer
from interviews.live.coverage_watch import CoverageWatch
from interviews.live.hearing import SAMPLES_PER_MS, Ear, Hearing
from interviews.live.inputs import TimerFired
from interviews.live.items import AudioWanted
from interviews.live.person_voice import PersonVoice
from interviews.live.signals import AudioResend, ReplySentence
from interviews.live.speaking import SAMPLE_REPLY, Speaker
from interviews.live.state import ReplyState
from interviews.live.timers import Timers
from interviews.live.vocabulary import Patience
from speech.listening import Heard
from speech.patience import Patience as SpeechPatience

if TYPE_CHECKING:
    from interviews.live.runner import Runner


class Performer:
    """The hands of a runner. No effect waits for anything; what takes time reports back through the inbox."""

    def __init__(self, runner: "Runner") -> None:
        self._runner = runner
        services, inbox = runner.services, runner.inbox
        self.line: Hearing | None = None
        self._timers = Timers(lambda name, ref: inbox.put_ours(TimerFired(name=name, ref=ref)))
        spend = services.spend_for(runner.session_id)
        self._composer = Composer(
            services.mind.make_interviewer(spend),
            services.fallback,
            inbox.put_ours,
            may_speak=runner.may_speak,
            prepares=services.has_prepared_replies,
        )
        self._coverage = CoverageWatch(services.mind.make_coverage_judge(spend), inbox.put_ours)
        self.speaker = Speaker(services.voice, lambda: runner.outlet, overheard=runner.listen_in.hear_reply)
        self._retired: list[Hearing] = []
        self.person = PersonVoice(
            self._make_person_ear,
            put=inbox.put_ours,
            outlet=lambda: runner.outlet,
            overheard=runner.listen_in.hear_person,
        )
        self._patience: Patience | None = None
        self._may_record = False
        self._table: dict[type[ef.Effect], Callable[[Any], None]] = {
            ef.Send: self._send,
            ef.StartTimer: lambda effect: self._timers.start(effect.name, effect.after_ms, effect.ref),
            ef.CancelTimer: lambda effect: self._timers.cancel(effect.name),
            ef.StartLine: self._start_line,
            ef.HoldLine: self._hold_line,
            ef.ReleaseLine: self._release_line,
            ef.OpenTurn: self._open_turn,
            ef.CloseTurn: lambda _: self._with_ear("close_turn"),
            ef.FinishTurn: lambda _: self._with_ear("finish"),
            ef.HoldTurn: lambda effect: self._with_ear("hold", effect.after_ms),
            ef.NoteEnough: lambda effect: self._with_ear("set_enough", effect.is_enough),
            ef.UsePatience: self._use_patience,
            ef.Compose: lambda effect: self._composer.start(effect.reply_id, effect.brief, effect.skip),
            ef.SayWords: lambda effect: self._composer.say(effect.reply_id, effect.text, effect.skip),
            ef.RelayPerson: lambda effect: self.person.begin_relay(effect.reply_id),
            ef.EndRelay: lambda _: self.person.end_relay(),
            ef.CancelCompose: lambda _: self._composer.cancel(),
            ef.PrepareReply: lambda effect: self._composer.prepare(effect.brief),
            ef.DropPrepared: lambda _: self._composer.drop_prepared(),
            ef.JudgeCoverage: self._coverage.hear,
            ef.UseConsent: self._use_consent,
            ef.FinishSession: lambda _: runner.finish(),
        }

    def perform(self, effect: ef.Effect) -> None:
        self._table[type(effect)](effect)

    @property
    def is_composing(self) -> bool:
        return self._composer.is_busy

    async def aclose(self) -> None:
        """Stop everything; nothing reports back afterwards."""
        self._timers.cancel_all()
        await self._composer.aclose()
        await self._coverage.aclose()
        await self.speaker.aclose()
        await self.person.aclose()
        lines = [*self._retired, self.line] if self.line is not None else self._retired
        for line in lines:
            await line.ear.aclose()

    def _make_person_ear(self, emit: Callable[[Heard], None]) -> Ear:
        services, session = self._runner.services, self._runner.session
        if services.make_person_ear is None:
            return services.make_ear(session, 0, emit)
        return services.make_person_ear(session, emit)

    def _send(self, effect: ef.Send) -> None:
        signal = effect.signal
        self._runner.send(signal)
        if isinstance(signal, ReplySentence) and not self.person.is_relaying(signal.reply_id):
            self.speaker.say(signal.reply_id, signal.index, signal.text)

    def give_audio(self, wanted: AudioWanted) -> None:
        """A page that was reloaded, or the microphone check, asks for what it can't have yet."""
        reply = self._runner.state.reply
        if wanted.reply_id == SAMPLE_REPLY and reply is None:
            self.speaker.give_sample()
        elif reply is not None and reply.reply_id == wanted.reply_id:
            self.speaker.give(wanted.reply_id, reply.sentences, wanted.from_index)

    def fall_silent_unless(self, reply: ReplyState | None) -> None:
        """Only the running reply has a voice."""
        self.speaker.keep_only(SAMPLE_REPLY if reply is None else reply.reply_id)

    def restore_line(self, offset: int) -> None:
        """After a rebuild: the interview's line goes on at `offset`, up to which it is acknowledged.

        A process may have ended between logging words and acknowledging them: those are not heard twice.
        """
        heard_to = self._runner.state.heard_to_ms * SAMPLES_PER_MS
        self._open_line(offset, is_practice=False, listens_from=max(offset, heard_to))

    def _start_line(self, effect: ef.StartLine) -> None:
        self._open_line(0, is_practice=effect.is_practice)

    def _open_line(self, offset: int, *, is_practice: bool, listens_from: int = 0) -> None:
        runner = self._runner
        if runner.is_driven:
            return
        if self.line is not None:
            self._retired.append(self.line)
        lines: list[Hearing] = []
        start = max(offset, listens_from)
        ear = runner.services.make_ear(runner.session, start, lambda value: runner.hear(value, lines[0]))
        lines.append(
            Hearing(
                ear,
                offset=offset,
                listens_from=start,
                is_practice=is_practice,
                may_record=self._may_record,
                resend=lambda at: runner.send(AudioResend(offset=at)),
                overheard=runner.listen_in.hear_candidate,
            )
        )
        self.line = lines[0]
        runner.listen_in.line_goes_on()
        if self._patience is not None:
            self._teach(self._patience)

    def _open_turn(self, _: ef.OpenTurn) -> None:
        if self.line is not None:
            self.line.ear.open_turn(has_spoken=bool(self._runner.state.turn.utterances))

    def _hold_line(self, _: ef.HoldLine) -> None:
        if self.line is not None:
            self.line.ear.pause()
            self.line.is_held = True

    def _release_line(self, _: ef.ReleaseLine) -> None:
        if self.line is not None:
            self.line.is_held = False
            self._runner.listen_in.line_goes_on()
            self.line.ask_again()  # what was sent again while it stood still was dropped

    def _use_patience(self, effect: ef.UsePatience) -> None:
        self._patience = effect.patience
        self._teach(effect.patience)

    def _teach(self, patience: Patience) -> None:
        if self.line is not None:
            self.line.ear.set_patience(
                SpeechPatience(patience.short_ms, patience.medium_ms, patience.long_ms)
            )

    def _use_consent(self, effect: ef.UseConsent) -> None:
        self._may_record = effect.recording
        if self.line is not None and not self.line.is_practice:
            self.line.recorder.is_allowed = effect.recording

    def _with_ear(self, method: str, *args: Any) -> None:
        if self.line is not None:
            getattr(self.line.ear, method)(*args)
