"""A candidate who speaks labelled answers, and what the log says was heard of each."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np

from bench.answers import QUESTION_FOR, Answer, answer_named
from consumers.candidate_client import CandidateClient
from e2e.faults.station import Server, Station
from speech.word_errors import count_errors

LOOK_EVERY_S = 0.02
MARGIN_MS = 400  # pre-roll, and the last phoneme


async def eventually(is_so: Callable[[], Any], what: object, *, timeout_s: float = 60.0) -> Any:
    """Wait until `is_so()` is truthy and give it."""
    try:
        async with asyncio.timeout(timeout_s):
            while not (found := is_so()):  # noqa: ASYNC110 (what is waited for happens in other processes)
                await asyncio.sleep(LOOK_EVERY_S)
    except TimeoutError:
        raise AssertionError(f"never came: {what}") from None
    return found


class Talk:
    """One interview from the candidate's side, and where in its audio each answer lies."""

    def __init__(self, station: Station, made: dict[str, Any], client: CandidateClient) -> None:
        self.station = station
        self.pk: int = made["pk"]
        self.uuid: str = made["uuid"]
        self.token: str = made["token"]
        self.client = client
        self.spoken: list[tuple[Answer, int]] = []  # and its first sample

    @property
    def last_start_ms(self) -> int:
        return self.spoken[-1][1] // 16

    def move_to(self, server: Server) -> None:
        """From its next connection on it talks to that server."""
        self.client.socket_url = server.socket_url(self.uuid)

    async def begin(self, *, recording: bool = False) -> None:
        await self.client.start()
        await self.client.begin(recording=recording)
        await self.floor()

    async def floor(self) -> None:
        await eventually(lambda: self.client.state == "listening", "the candidate's turn")

    async def start_saying(self, name: str) -> Answer:
        """Begin to speak an answer once it is the candidate's turn."""
        await self.floor()
        answer = answer_named(name)
        self.spoken.append((answer, self.client.say(answer.pcm)))
        return answer

    async def come_to(self, ms: int) -> None:
        """Wait until so much of the newest answer is spoken."""
        await eventually(lambda: self.client.recorded_ms >= self.last_start_ms + ms, f"{ms} ms of the answer")

    async def finish_saying(self, *, timeout_s: float = 60.0) -> None:
        """Wait until the newest answer is answered by a reply."""
        answer, start = self.spoken[-1]
        last_word_ms = start // 16 + answer.turn_end_ms - 1_500

        def is_answered() -> bool:
            ended = [
                one["seq"] for one in self.client.of("turn.ended") if (one["end_ms"] or 0) >= last_word_ms
            ]
            return bool(ended) and any(one["seq"] > min(ended) for one in self.client.of("reply.started"))

        await eventually(is_answered, f"an answer to {answer.name}", timeout_s=timeout_s)

    async def say(self, name: str) -> None:
        await self.start_saying(name)
        await self.finish_saying()

    def look(self) -> Any:
        return self.station.ask("look", self.pk)

    def heard(self) -> list[str]:
        """What the log holds of each spoken answer."""
        return [self._heard_between(start // 16, answer.duration_ms) for answer, start in self.spoken]

    def _heard_between(self, start_ms: int, length_ms: int) -> str:
        first, last = start_ms - MARGIN_MS, start_ms + length_ms + MARGIN_MS
        finals = [one for one in self.look()["finals"] if first <= one["start_ms"] and one["end_ms"] <= last]
        return " ".join(one["text"] for one in finals)

    def assert_every_word_once(self) -> None:
        """Against what these answers say; the miniature hears each of them without an error."""
        look = self.look()
        for (answer, _), heard in zip(self.spoken, self.heard(), strict=True):
            assert count_errors(answer.text, heard).total == 0, (answer.name, heard)
        said = sum(len(answer.text.split()) for answer, _ in self.spoken)
        assert sum(len(one["text"].split()) for one in look["finals"]) == said
        assert set(look["verdicts"]) == {"intact"}, look["verdicts"]
        assert look["ends_in_head"]
        assert look["seqs"] == list(range(1, len(look["seqs"]) + 1))

    def assert_recorded(self, path: Path) -> None:
        """Every spoken answer lies in the recording where it was said, sample by sample; `path` is for it."""
        self.station.ask("record", self.pk, str(path))
        recorded = np.fromfile(path, dtype="<i2")
        for answer, start in self.spoken:
            said = np.frombuffer(answer.pcm, dtype="<i2")
            assert np.array_equal(recorded[start : start + len(said)], said), answer.name
        reached = 0
        for offset, samples in self.look()["segments"]:
            assert offset <= reached, "a hole in the recording"
            reached = max(reached, offset + samples)


@asynccontextmanager
async def talking(station: Station, *names: str, speed: float = 4.0) -> AsyncIterator[Talk]:
    """An interview with the questions that these answers answer, at the station's first server."""
    made = station.ask("make", [QUESTION_FOR[name] for name in names])
    url = station.server.socket_url(made["uuid"])
    talk = Talk(station, made, CandidateClient(url, made["token"], speed=speed, voice_speed=8.0))
    try:
        yield talk
    finally:
        await talk.client.close()
