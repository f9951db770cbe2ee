"""The candidate's socket, over real TCP."""

import asyncio
import contextlib
import json
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from consumers.candidate import CandidateSocket
from consumers.limits import AUDIO_SLACK
from interviews.live import inputs as happened
from interviews.live.registry import OverloadedError, RestartingError, SessionOverError
from interviews.live.signals import AudioAck
from interviews.models import Session


def chunk(offset: int, samples: int = 1_600) -> bytes:
    return offset.to_bytes(8, "little") + b"\x01\x00" * samples


# --- the way in


async def test_hello_is_answered_by_the_snapshot(enter: Any, server: Any, session: Any) -> None:
    await enter(last_seq=7, audio_from=100, audio_to=200)
    assert server.sessions.latest.asked == {
        "session_id": session.pk,
        "last_seq": 7,
        "audio_from": 100,
        "audio_to": 200,
    }


async def test_the_subprotocol_is_agreed_on(dial: Any, room: str, token: str) -> None:
    client = await dial(room, subprotocols=["viva.v1", f"token.{token}"])
    assert client.connection.subprotocol == "viva.v1"
    await client.greeted()


async def test_whoever_offers_no_subprotocol_gets_version_1(dial: Any, room: str, token: str) -> None:
    await (await dial(f"{room}?t={token}", subprotocols=None)).greeted()


async def test_whoever_speaks_only_another_version_is_told(dial: Any, room: str, token: str) -> None:
    client = await dial(f"{room}?t={token}", subprotocols=["viva.v9"])
    assert (await client.closed())[0] == 4400


async def test_silence_instead_of_hello(server: Any, dial: Any, room: str, token: str) -> None:
    with server.serving(CandidateSocket(lambda: server.sessions, hello_s=0.05)):
        client = await dial(room, token=token)
        assert await client.closed() == (4408, "no_hello")


async def test_hello_must_come_first(dial: Any, room: str, token: str) -> None:
    client = await dial(room, token=token)
    await client.send(type="candidate.ready")
    assert (await client.next("error"))["code"] == "no_hello"
    assert (await client.closed())[0] == 4400


async def test_a_second_hello_is_an_error_and_no_end(enter: Any) -> None:
    client = await enter()
    await client.send(type="hello")
    assert await client.next("error") == {
        "type": "error",
        "code": "second_hello",
        "message": "You have said hello already.",
        "fatal": False,
        "retry_after_s": None,
    }
    await still_there(client)


async def test_what_is_said_before_the_session_is_ready_is_kept(
    dial: Any, room: str, token: str, server: Any, until: Any
) -> None:
    server.sessions.gate.clear()
    client = await dial(room, token=token)
    await client.send(type="hello")
    await client.send(type="mic.state", muted=True)
    await still_there(client)
    server.sessions.gate.set()
    await client.next("session.snapshot")
    await until(lambda: server.sessions.latest.inputs)


async def test_audio_before_the_snapshot_is_dropped_with_a_word(
    dial: Any, room: str, token: str, server: Any
) -> None:
    server.sessions.gate.clear()
    client = await dial(room, token=token)
    await client.send(type="hello")
    await client.send_raw(chunk(0))
    assert (await client.next())["code"] == "no_audio_yet"
    server.sessions.gate.set()
    await client.next("session.snapshot")
    assert server.sessions.latest.audio == []


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (SessionOverError(), 4410),
        (RestartingError(), 4012),
        (Session.DoesNotExist(), 4404),
        (RuntimeError("broken"), 4012),
    ],
)
async def test_a_refused_place_has_its_code(
    dial: Any, room: str, token: str, server: Any, refusal: Exception, code: int
) -> None:
    server.sessions.refusal = refusal
    client = await dial(room, token=token)
    await client.send(type="hello")
    assert (await client.next("error"))["fatal"] is True
    assert (await client.closed())[0] == code


async def test_a_full_house_says_when_to_come_back(dial: Any, room: str, token: str, server: Any) -> None:
    server.sessions.refusal = OverloadedError(7)
    client = await dial(room, token=token)
    await client.send(type="hello")
    assert (await client.next("error"))["retry_after_s"] == 7
    code, reason = await client.closed()
    assert code == 4429
    assert json.loads(reason)["retry_after_s"] == 7


# --- in the interview


async def test_messages_reach_the_session_in_order(enter: Any, server: Any, until: Any) -> None:
    client = await enter()
    await client.send(type="candidate.ready")
    await client.send(type="answer.text", text="I cache it.", more="ignored")
    await until(lambda: len(server.sessions.latest.inputs) == 2)
    ready, answer = server.sessions.latest.inputs
    assert isinstance(ready, happened.CandidateReadied)
    assert isinstance(answer, happened.AnswerTyped)
    assert answer.text == "I cache it."
    assert answer.at.year > 2000


async def test_audio_reaches_the_session_with_its_offset(enter: Any, server: Any, until: Any) -> None:
    client = await enter()
    for offset in range(0, 16_000, 1_600):
        await client.send_raw(chunk(offset))
    await until(lambda: len(server.sessions.latest.audio) == 10)
    assert [offset for offset, _ in server.sessions.latest.audio] == list(range(0, 16_000, 1_600))
    assert server.sessions.latest.audio[0][1] == b"\x01\x00" * 1_600


async def test_ping_is_answered_by_the_socket(enter: Any) -> None:
    client = await enter()
    await client.send(type="ping", at_ms=12.5)
    assert await client.next() == {"type": "pong", "at_ms": 12.5}


async def test_signals_reach_the_page(enter: Any, server: Any) -> None:
    client = await enter()
    server.call(lambda: server.sessions.latest.outlet.send_signal(AudioAck(offset=16_000)))
    assert await client.next() == {"type": "audio.ack", "offset": 16_000}


async def test_the_session_may_close_the_socket(enter: Any, server: Any) -> None:
    client = await enter()
    server.call(lambda: server.sessions.latest.outlet.close(4409, "opened in another place"))
    assert await client.closed() == (4409, "opened in another place")


async def test_what_was_sent_before_a_close_still_arrives(enter: Any, server: Any) -> None:
    client = await enter()

    def say_and_close() -> None:
        server.sessions.latest.outlet.send_signal(AudioAck(offset=1))
        server.sessions.latest.outlet.close(4410, "over")

    server.call(say_and_close)
    assert (await client.next())["type"] == "audio.ack"
    assert (await client.closed())[0] == 4410


async def test_leaving_detaches(enter: Any, server: Any, until: Any) -> None:
    client = await enter()
    await client.connection.close()
    await until(lambda: server.sessions.latest.is_detached)


async def test_leaving_while_being_attached_detaches_too(
    dial: Any, room: str, token: str, server: Any, until: Any
) -> None:
    server.sessions.gate.clear()
    client = await dial(room, token=token)
    await client.send(type="hello")
    await until(lambda: server.sessions.calls)
    await client.connection.close()
    server.sessions.gate.set()
    await until(lambda: server.sessions.attachments and server.sessions.latest.is_detached)


async def test_a_reset_line_detaches(enter: Any, server: Any, until: Any) -> None:
    client = await enter()
    client.connection.transport.abort()
    await until(lambda: server.sessions.latest.is_detached)


# --- frames that are none


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "",
        "[" * 3_000,
        '{"type":"ping","at_ms":1,"x":' + "[" * 3_000 + "]" * 3_000 + "}",
        '{"type":"ping","at_ms":NaN}',
        '{"type":"answer.text","text":"a\\u0000b"}',
        '{"type":"answer.text","text":"a\\ud800"}',
        '["type","ping"]',
        "5",
        '{"at_ms":5}',
        '{"type":5}',
    ],
    ids=lambda text: text[:24] or "empty",
)
async def test_text_that_can_not_be_trusted_ends_the_stream(enter: Any, text: str) -> None:
    client = await enter()
    await client.send_raw(text)
    problem = await client.next("error")
    assert (problem["code"], problem["fatal"]) == ("bad_message", True)
    assert (await client.closed())[0] == 4400


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"type":"take.off"}', "unknown_type"),
        ('{"type":"playback.started"}', "bad_message"),
        ('{"type":"playback.started","reply_id":"1"}', "bad_message"),
        ('{"type":"playback.started","reply_id":-1}', "bad_message"),
        ('{"type":"playback.started","reply_id":' + "9" * 5_000 + "}", "bad_message"),
        ('{"type":"answer.text","text":""}', "bad_message"),
        ('{"type":"answer.text","text":"' + "a" * 5_001 + '"}', "bad_message"),
        ('{"type":"mic.state","muted":1}', "bad_message"),
        ('{"type":"audio.missing","from":5,"to":4}', "bad_message"),
        ('{"type":"note.add","command_id":"c","text":"I am no observer"}', "unknown_type"),
    ],
    ids=lambda text: text[:40],
)
async def test_a_message_that_is_none_is_answered_and_the_stream_goes_on(
    enter: Any, server: Any, text: str, code: str
) -> None:
    client = await enter()
    await client.send_raw(text)
    problem = await client.next("error")
    assert (problem["code"], problem["fatal"]) == (code, False)
    await still_there(client)
    assert server.sessions.latest.inputs == []


async def test_after_many_of_them_it_ends(enter: Any) -> None:
    client = await enter()
    with contextlib.suppress(ConnectionClosed):
        for _ in range(30):
            await client.send(type="take.off")
    assert (await client.closed())[0] == 4400


@pytest.mark.parametrize("data", [b"", b"12345678", b"1234567", chunk(0) + b"\x00", b'{"type":"ping"}'])
async def test_chunks_that_are_none_end_the_stream(enter: Any, server: Any, data: bytes) -> None:
    client = await enter()
    await client.send_raw(data)
    assert (await client.next("error"))["code"] == "bad_chunk"
    assert (await client.closed())[0] == 4400
    assert server.sessions.latest.audio == []


@pytest.mark.parametrize(
    "data",
    [
        '{"type":"ping","at_ms":1,"x":"' + "a" * 64 * 1_024 + '"}',
        "x" * (64 * 1_024 + 1),
        chunk(0, 16_001),
        b"\x00" * (64 * 1_024 + 2),
        b"\x00" * (1_024 * 1_024 + 1),
        "x" * (1_024 * 1_024 + 1),
    ],
    ids=["text", "text+1", "second+1", "64 KiB", "1 MiB+1", "1 MiB+1 text"],
)
async def test_what_is_too_large_ends_the_stream(enter: Any, data: str | bytes) -> None:
    client = await enter()
    await client.send_raw(data)
    assert (await client.closed())[0] == 4413


async def test_text_that_is_no_utf_8_is_refused_by_the_protocol_itself(enter: Any) -> None:
    client = await enter()
    await client.connection.send(b'{"type":"ping","at_ms":"\xff"}', text=True)
    assert (await client.closed())[0] == 1007


async def test_a_message_in_pieces_is_one(enter: Any) -> None:
    client = await enter()
    await client.connection.send(['{"type":"pi', 'ng","at_', 'ms":4}'])
    assert await client.next() == {"type": "pong", "at_ms": 4}


async def test_messages_are_not_compressed(enter: Any) -> None:
    client = await enter()
    assert client.connection.protocol.extensions == []


async def test_text_up_to_the_limit_is_fine(enter: Any) -> None:
    client = await enter()
    filler = "a" * (64 * 1_024 - 40)
    await client.send_raw(json.dumps({"type": "ping", "at_ms": 1, "x": filler}))
    assert (await client.next())["type"] == "pong"


# --- too much


async def test_a_full_inbox_sends_the_page_away_for_a_moment(enter: Any, server: Any) -> None:
    client = await enter()
    server.sessions.latest.is_full = True
    await client.send_raw(chunk(0))
    assert (await client.closed())[0] == 4429


async def test_a_thousand_messages_at_once_are_too_many(enter: Any) -> None:
    client = await enter()
    with contextlib.suppress(ConnectionClosed):
        for number in range(1_000):
            await client.send(type="ping", at_ms=number)
    assert (await client.closed())[0] == 4429


async def test_far_more_audio_than_time_can_hold_is_refused(enter: Any, server: Any) -> None:
    client = await enter()
    second = chunk(0, 16_000)
    with contextlib.suppress(ConnectionClosed):
        for _ in range(4 * AUDIO_SLACK // len(second)):
            await client.send_raw(second)
    assert (await client.closed())[0] == 4429


async def test_what_a_page_kept_for_half_a_minute_passes(enter: Any, server: Any, until: Any) -> None:
    client = await enter()
    for offset in range(0, 30 * 16_000, 1_600):
        await client.send_raw(chunk(offset))
    await until(lambda: len(server.sessions.latest.audio) == 300)


async def test_a_client_that_never_reads_is_dropped(enter: Any, server: Any, until: Any) -> None:
    client = await enter()
    client.connection.transport.pause_reading()
    outlet = server.sessions.latest.outlet
    big = AudioAck(offset=2**52)

    def shout() -> None:
        for _ in range(5_000):
            outlet.send_signal(big)

    async with asyncio.timeout(20):
        while not server.sessions.latest.is_detached:
            server.call(shout)
            await asyncio.sleep(0.02)


async def still_there(client: Any) -> None:
    await client.send(type="ping", at_ms=77)
    assert (await client.next("pong"))["at_ms"] == 77
