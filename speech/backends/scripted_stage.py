"""A listener among scripted parts, and what it said: for tests."""

import asyncio
from collections.abc import Callable
from typing import Any

from speech.backends.scripted_hearing import ScriptedTurnModel, ScriptedVoiceActivity, tones
from speech.heard import AudioSettled, Heard, PartialHeard, PauseLearned, SpeechLasted, TurnEndHeard
from speech.listening import Listener
from speech.listening_settings import ListeningSettings
from speech.transcript import Kind, Transcript


class ScriptedRecognition:
    """Says its lines in turn, each when the test lets it; keeps what it was asked."""

    def __init__(self, *lines: str | Transcript | Exception) -> None:
        self.lines = list(lines) or ["we used a queue"]
        self.partials: list[str] = ["we used", "we used a", "we used a queue"]
        self.asked: list[tuple[Kind, int]] = []
        self.cancelled = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def transcribe(self, pcm: bytes, *, session: str, kind: Kind, language: str = "en") -> Transcript:
        self.asked.append((kind, len(pcm) // 2))
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += kind == "final"
            raise
        if kind == "partial":
            return Transcript(self.partials.pop(0) if len(self.partials) > 1 else self.partials[0])
        line = self.lines.pop(0) if len(self.lines) > 1 else self.lines[0]
        if isinstance(line, Exception):
            raise line
        return line if isinstance(line, Transcript) else Transcript(line, 0.9, (), "scripted")

    @property
    def finals(self) -> int:
        return sum(kind == "final" for kind, _ in self.asked)


class ListeningStage:
    """A listener, its scripted parts, and what it said."""

    def __init__(
        self,
        recognition: ScriptedRecognition | None = None,
        turn_model: ScriptedTurnModel | None = None,
        *,
        start_offset: int = 0,
        **differing: Any,
    ) -> None:
        self.heard: list[Heard] = []
        self.recognition = recognition or ScriptedRecognition()
        self.turn_model = turn_model or ScriptedTurnModel(0.9)
        self.on_heard: Callable[[Heard], None] = lambda _: None
        self.listener = Listener(
            recognition=self.recognition,
            voice_activity=ScriptedVoiceActivity(),
            turn_model=self.turn_model,
            emit=self._take,
            settings=ListeningSettings(**differing),
            start_offset=start_offset,
            session="one",
        )

    def _take(self, value: Heard) -> None:
        self.heard.append(value)
        self.on_heard(value)

    async def play(self, *stretches: tuple[str, int], is_fast: bool = False) -> None:
        """Push in chunks of 100 ms; unless `is_fast`, everything is known before the next chunk."""
        pcm = tones(*stretches)
        for at in range(0, len(pcm), 3_200):
            self.listener.push(pcm[at : at + 3_200])
            if not is_fast and self.recognition.gate.is_set():
                await self.listener.rest()
        if self.recognition.gate.is_set():
            await self.listener.rest()

    def of(self, *types: type[Heard]) -> list[Any]:
        return [value for value in self.heard if isinstance(value, types)]

    @property
    def kinds(self) -> list[str]:
        passing = (AudioSettled, PartialHeard, SpeechLasted, PauseLearned)
        return [type(value).__name__ for value in self.heard if not isinstance(value, passing)]

    @property
    def end(self) -> TurnEndHeard:
        """The one end of a turn that was reported."""
        (end,) = (value for value in self.heard if isinstance(value, TurnEndHeard))
        return end
