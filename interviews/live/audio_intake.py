"""Takes what arrives on the candidate's audio line, and what its ear makes of it, into the session."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from interviews.live import inputs as inp
from interviews.live.audio_keeping import AudioKeeper
from interviews.live.hearing import SAMPLES_PER_MS, Hearing, as_input
from interviews.live.holding_back import HeldBack
from interviews.live.items import AudioArrived, AudioWanted, EarReported
from interviews.live.signals import Failure, Level
from speech import listening as heard

LAST_WORDS_S = 4.0  # less than whoever ends it by REST waits for the answer, and much less than a lease

if TYPE_CHECKING:
    from interviews.live.runner import Runner


class AudioIntake:
    """The ears of a runner, as its performer is the hands."""

    def __init__(self, runner: "Runner") -> None:
        self._runner = runner
        self._is_hearing_out = False
        self._held_back = HeldBack(lambda: runner.performer.person.is_behind, runner.inbox.put_ours)
        self._keeper = AudioKeeper(runner.session, send=runner.send, note=runner.renew)
        self.handlers: dict[type[Any], Callable[[Any], Awaitable[None]]] = {
            AudioArrived: self._on_audio,
            AudioWanted: self._on_wanted,
            inp.AudioGone: self._on_gone,
            EarReported: self._on_ear,
        }

    def close(self) -> None:
        self._held_back.close()

    async def hear_out(self) -> None:
        """What was said before the end belongs to the interview, though its words may be on their way."""
        runner, line = self._runner, self._runner.performer.line
        if line is None or line.is_practice or self._is_hearing_out or runner.state.state == "ended":
            return
        self._is_hearing_out = True  # whoever asks for the end once more meanwhile gets it at once
        await runner.renew(None)
        await line.ear.hear_out(LAST_WORDS_S)
        await runner.take_ours()
        self._held_back.release()
        await runner.take_ours()

    async def _on_audio(self, chunk: AudioArrived) -> None:
        runner, line = self._runner, self._runner.performer.line
        if line is None or line.is_held:
            return
        if line.push(chunk.offset, chunk.pcm):
            runner.may_speak.set()
        level = line.level_dbfs()
        if level is not None:
            runner.tell_observers(Level(dbfs=level, offset=line.expected))
        await runner.take_ours()

    async def _on_wanted(self, wanted: AudioWanted) -> None:
        self._runner.performer.give_audio(wanted)

    async def _on_gone(self, gone: inp.AudioGone) -> None:
        runner, line = self._runner, self._runner.performer.line
        clock_ms = runner.state.clock_ms(runner.services.clock())
        if line is None or not line.may_have_come_to(gone.to_offset, clock_ms):
            runner.send(Failure(code="bad_offset", message="That audio lies outside of the interview."))
            return
        before = line.expected
        if line.miss(gone.from_offset, gone.to_offset):
            runner.may_speak.set()
        if line.expected > before:
            await runner.feed(replace(gone, from_offset=before, to_offset=line.expected))
        await runner.take_ours()

    async def _on_ear(self, report: EarReported) -> None:
        if report.line is not self._runner.performer.line:
            return  # of a line that is over
        if self._held_back.keeps(report):
            return
        if isinstance(report.value, heard.AudioSettled):
            await self._keeper.acknowledge(report.line, report.value.offset)
            return
        if isinstance(report.value, heard.TurnEndHeard):
            self._measure_turn_end(report.value, report.line)
        happened = as_input(report.value)
        if happened is not None:
            await self._runner.feed(happened)

    def _measure_turn_end(self, end: heard.TurnEndHeard, line: Hearing) -> None:
        self._runner.latency.turn_ended(
            self._runner.state.turn.turn_id,
            now=asyncio.get_running_loop().time(),
            since_spoken_ms=max(0, line.expected // SAMPLES_PER_MS - end.at_ms),
            transcribe_ms=end.transcribe_ms,
        )
