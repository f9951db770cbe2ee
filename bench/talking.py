"""Candidates that speak the labelled answers into a running server, and what they saw of it."""

import json
from dataclasses import dataclass

from bench.answers import Answer
from consumers.candidate_client import CandidateClient, Message
from e2e.served import Served


@dataclass
class Spoken:
    """One answer as the server understood it. Offsets in ms on the audio line."""

    answer: Answer
    start_ms: float
    text: str = ""
    ended_early: bool = False
    sounds_complete: bool = False
    endpoint_ms: int | None = None
    transcribe_ms: int | None = None
    heard_ms: float | None = None  # last spoken sample to the first sentence at the client, by its own clock


def enter(server: Served, count: int, keys: list[str]) -> list[CandidateClient]:
    """Make `count` sessions that ask `keys`, and a client for each."""
    made = server.run("-m", "bench.make_sessions", str(count), *keys)
    return [
        CandidateClient(
            f"ws://127.0.0.1:{server.port}/ws/interviews/{one['uuid']}/", one["token"], voice_speed=8.0
        )
        for one in json.loads(made)
    ]


async def begin(client: CandidateClient) -> None:
    await client.start()
    await client.begin(recording=False)
    await client.wait_for_floor()


async def speak(client: CandidateClient, answer: Answer) -> Spoken:
    """Speak one answer, stay silent until the reply begins, and note what came of it."""
    await client.wait_for_floor()
    ended_before = len(client.of("turn.ended"))
    replies_before = len(client.of("reply.sentence"))
    start = client.say(answer.pcm)
    spoken = Spoken(answer, start / 16)
    end_ms = spoken.start_ms + answer.turn_end_ms
    await client.until(lambda: len(client.of("turn.ended")) > ended_before and client.recorded_ms > end_ms)
    await client.until(lambda: len(client.of("reply.sentence")) > replies_before)
    _judge(client, spoken, client.of("turn.ended")[ended_before:], replies_before)
    return spoken


def _judge(client: CandidateClient, spoken: Spoken, ended: list[Message], replies_before: int) -> None:
    end_ms = spoken.start_ms + spoken.answer.turn_end_ms
    spoken.text = str(ended[-1]["text"])
    spoken.ended_early = any(message["@audio_ms"] < end_ms for message in ended)
    latency = client.of("latency")[-1] if client.of("latency") else None
    if latency is not None:
        spoken.endpoint_ms, spoken.transcribe_ms = int(latency["endpoint"]), int(latency["transcribe"])
    after = [
        one for one in client.of("reply.sentence")[replies_before:] if one["@wall"] >= ended[-1]["@wall"]
    ]
    first = after[0] if after else client.of("reply.sentence")[-1]
    spoken_at = client.wall_of(end_ms)
    if spoken_at is not None:
        spoken.heard_ms = (first["@wall"] - spoken_at) * 1_000
