"""A candidate on the command line: `manage.py talk ADDRESS AUDIO…` speaks files into a real interview."""

import asyncio
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from consumers.candidate_client import CandidateClient, Message, TalkError
from consumers.invitation import InvitationError, read_invitation
from speech.decoding import DecodingError, decode


class Command(BaseCommand):
    help = "Speak audio files into an interview over its real socket, one answer each; print what comes back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="http://host/i/TOKEN/ or ws://host/ws/interviews/ID/?t=TOKEN")
        parser.add_argument("audio", nargs="+", type=Path, help="one file per answer, any usual format")
        parser.add_argument("--speed", type=float, default=1.0, help="times real time, up to 7 (default 1)")
        parser.add_argument(
            "--drop",
            type=float,
            action="append",
            default=[],
            metavar="SECONDS",
            help="cut the connection so many seconds into every answer; may be given again",
        )
        parser.add_argument("--no-recording", action="store_true", help="do not consent to the recording")
        parser.add_argument("--end", action="store_true", help="end the interview after the last answer")
        parser.add_argument("--timeout", type=float, default=120.0, help="seconds to wait for a reply")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 < options["speed"] <= 7:
            raise CommandError("--speed must lie between 0 and 7.")
        try:
            answers = [(path, decode(path.read_bytes()).pcm) for path in options["audio"]]
            invitation = read_invitation(options["address"])
        except (DecodingError, InvitationError, OSError) as error:
            raise CommandError(str(error)) from error
        client = CandidateClient(
            invitation.socket_url,
            invitation.token,
            speed=options["speed"],
            voice_speed=options["speed"],
            on_message=self._tell,
        )
        try:
            asyncio.run(_converse(client, answers, options))
        except TalkError as error:
            raise CommandError(str(error)) from error
        except TimeoutError:
            raise CommandError("The interviewer did not answer in time.") from None
        except KeyboardInterrupt:
            sys.exit(130)

    def _tell(self, message: Message) -> None:
        describe = _LINES.get(message["type"])
        if describe is not None:
            self.stdout.write(describe(message))
            self.stdout.flush()


async def _converse(
    client: CandidateClient, answers: list[tuple[Path, bytes]], options: dict[str, Any]
) -> None:
    try:
        await client.start()
        if client.state in {"waiting", "practice"}:
            await client.begin(recording=not options["no_recording"])
        for _, pcm in answers:
            await client.wait_for_floor(timeout_s=options["timeout"])
            if client.is_over:
                break
            await _answer(client, pcm, options)
        await client.wait_for_floor(timeout_s=options["timeout"])
        if options["end"] and not client.is_over:
            await client.send({"type": "session.end"})
            await client.until(lambda: client.is_over, timeout_s=options["timeout"])
    finally:
        await client.close()


async def _answer(client: CandidateClient, pcm: bytes, options: dict[str, Any]) -> None:
    """Speak one answer and wait until it was taken as one."""
    ended = len(client.of("turn.ended"))
    client.say(pcm)
    drops = asyncio.create_task(_drop(client, options["drop"], options["speed"]))
    try:
        await client.until(
            lambda: len(client.of("turn.ended")) > ended or client.is_over, timeout_s=options["timeout"]
        )
    finally:
        drops.cancel()


async def _drop(client: CandidateClient, seconds: list[float], speed: float) -> None:
    so_far = 0.0
    for at in sorted(seconds):
        await asyncio.sleep((at - so_far) / speed)
        so_far = at
        client.drop()


def _snapshot(message: Message) -> str:
    return f"connected     {message['session']['role']} ({message['state']})"


def _final(message: Message) -> str:
    confidence = message.get("confidence")
    sure = "" if confidence is None else f"  ({confidence:.2f})"
    return f"  you         {message['text']}{sure}"


def _latency(message: Message) -> str:
    parts = ", ".join(f"{name} {message[name]}" for name in ("endpoint", "transcribe", "total"))
    return f"              [ms after your last word: {parts}]"


def _ended(message: Message) -> str:
    return f"\nended: {message['reason']}   report: {message.get('report_url', '')}"


_LINES: dict[str, Callable[[Message], str]] = {
    "session.snapshot": _snapshot,
    "question.started": lambda message: f"\nquestion {message['number']} of {message['total']}",
    "transcript.final": _final,
    "turn.reopened": lambda message: "              [you went on: the reply was taken back]",
    "latency": _latency,
    "reply.finished": lambda message: f"interviewer   {message['text']}",
    "session.ended": _ended,
    "error": lambda message: f"error         {message['code']}: {message['message']}",
}
