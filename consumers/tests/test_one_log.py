"""One interview, begun by the three actions, spoken on over the socket and ended over REST: one log."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.core.management import call_command
from django.db import connections

from consumers.routing import make_router
from interviews.conversing import say
from interviews.live.driving import drive
from interviews.live.process import get_process
from speech.settings import SpeechSettings

WORDS = "We moved the data in small batches, because nobody should lose orders."


@pytest.fixture
async def process(
    settings: Any, tmp_path: Path, transactional_db: None, guests_let_in: None
) -> AsyncIterator[Any]:
    """The process's own parts, with ears that hear nothing."""
    settings.SPEECH = SpeechSettings(
        engine="scripted", cache_dir=str(tmp_path), run_dir=str(tmp_path / "run"), capacity=2
    )
    get_process.cache_clear()
    one = get_process()
    await one.recognizer.start()
    yield one
    await one.registry.shutdown()
    await one.recognizer.close()
    get_process.cache_clear()
    await sync_to_async(connections.close_all)()


async def apart(function: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
    """Calls as a server does: each request in a thread of its own, beside those of the live session."""

    def call() -> Any:
        try:
            return function(*arguments, **more)
        finally:
            connections.close_all()

    return await sync_to_async(call, thread_sensitive=False)()


class Page:
    """The candidate's page, as far as it types."""

    def __init__(self, process: Any, session_id: str, token: str) -> None:
        self._socket = WebsocketCommunicator(
            make_router(lambda: process.registry, carry_out=drive),
            f"/ws/interviews/{session_id}/",
            headers=[(b"x-interview-token", token.encode())],
            subprotocols=["viva.v1"],
        )

    async def enter(self, last_seq: int) -> None:
        is_let_in, _ = await self._socket.connect(timeout=10)
        assert is_let_in
        await self.send(type="hello", last_seq=last_seq)
        await self.until("session.snapshot")

    async def send(self, **message: Any) -> None:
        await self._socket.send_to(text_data=json.dumps(message))

    async def until(self, kind: str) -> dict[str, Any]:
        while True:
            message: dict[str, Any] = json.loads(await self._socket.receive_from(timeout=10))
            if message["type"] == kind:
                return message

    async def leave(self) -> None:
        await self._socket.disconnect(timeout=10)


async def test_an_interview_goes_on_by_other_ways_in_one_log(
    process: Any, make_guest: Callable[..., Any], told: Any
) -> None:
    guest = await apart(make_guest, num_questions=3)
    act = {"session_id": guest.made["session_id"]}
    told(await apart(guest.post, "/api/ai-interview/", {"action": "initialize"} | act), 200)
    told(
        await apart(guest.post, "/api/ai-interview/", {"action": "respond", "student_response": WORDS} | act),
        200,
    )

    page = Page(process, guest.made["session_id"], guest.made["public_token"])
    await page.enter((await apart(lambda: guest.session)).seq)
    await page.send(type="answer.text", text="Over the socket.", time_taken_seconds=4)
    assert (await page.until("turn.ended"))["text"] == "Over the socket."
    await page.until("reply.finished")
    by_action = {"action": "respond", "student_response": "Beside an open page."}
    told(await apart(guest.post, "/api/ai-interview/", by_action | act), 200)
    assert (await page.until("turn.ended"))["text"] == "Beside an open page."
    await page.leave()

    session = await apart(lambda: guest.session)
    await apart(say, session, text="By telephone.", seconds=None, user=None, channel="sms")
    told(await apart(guest.post, f"{guest.path}end/"), 200)
    turns = told(await apart(guest.get, f"{guest.path}turns/"), 200)["results"]
    assert [(one["text"], one["channel"]) for one in turns if one["speaker"] == "candidate"] == [
        (WORDS, "typed"),
        ("Over the socket.", "typed"),
        ("Beside an open page.", "typed"),
        ("By telephone.", "sms"),
    ]
    assert [one["seq"] for one in turns] == sorted(one["seq"] for one in turns)
    await apart(call_command, "verify_log", guest.made["session_id"])
