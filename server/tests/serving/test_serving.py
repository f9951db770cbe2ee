"""The server as `manage.py serve` starts it: a process of its own, real sockets, signals."""

import asyncio
import contextlib
import json
import signal
import socket
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from server.serving import endpoint

PATIENCE_S = 30.0


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_tells_everyone_to_come_back(
    served: Any, close_of: Any, bearer: dict[str, str], sent: signal.Signals
) -> None:
    address = f"ws://127.0.0.1:{served.port}/ws/monitor/"
    async with contextlib.AsyncExitStack() as stack:
        sockets = [
            await stack.enter_async_context(connect(address, additional_headers=bearer)) for _ in range(3)
        ]
        for one in sockets:
            await one.recv()
        served.signal(sent)
        assert [await close_of(one) for one in sockets] == [(4012, "restarting")] * 3
    assert await served.ended() == 0
    assert "Traceback" not in served.log_text


async def test_a_client_that_is_gone_does_not_hold_up_the_end(
    served: Any, close_of: Any, bearer: dict[str, str]
) -> None:
    address = f"ws://127.0.0.1:{served.port}/ws/monitor/"
    async with connect(address, additional_headers=bearer) as connection:
        await connection.recv()
        connection.transport.pause_reading()
        served.signal(signal.SIGTERM)
        assert await served.ended() == 0
        connection.transport.abort()


async def test_no_token_reaches_the_log(served: Any, close_of: Any) -> None:
    token = "a-very-secret-token"
    address = f"ws://127.0.0.1:{served.port}/ws/interviews/1/?t={token}"
    async with connect(address, subprotocols=["viva.v1", f"token.{token}"]) as connection:
        assert (await close_of(connection))[0] == 4401
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(f"GET /i/{token}/?t={token} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
    await reader.read()
    writer.close()
    served.signal(signal.SIGTERM)
    await served.ended()
    log = served.log_text
    assert "/ws/interviews/1/" in log
    assert token not in log


async def test_a_half_open_handshake_holds_up_nobody(served: Any, close_of: Any) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(b"GET /ws/monitor/ HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n")
    await writer.drain()
    async with connect(f"ws://127.0.0.1:{served.port}/ws/monitor/") as other:
        assert (await close_of(other))[0] == 4401
    writer.close()
    await reader.read()


async def test_a_plain_request_to_a_sockets_address_is_no_socket(served: Any, close_of: Any) -> None:
    with pytest.raises(InvalidStatus):
        async with connect(f"ws://127.0.0.1:{served.port}/ws/monitor/", origin="garbage"):
            pass


async def test_a_form_is_the_applications_to_read(served: Any, demo: dict[str, str]) -> None:
    """Twisted answers what it takes for a bad form itself, with nothing but a status."""
    part = b'--x\r\nContent-Disposition: form-data; name="audio_file"\r\n\r\nno file\r\n'
    for form in (b"--x--\r\n", part + b"--x--\r\n"):
        code, told = await asyncio.to_thread(send_form, served.port, demo["token"], form)
        assert code == 400
        assert told["error"]["code"]


def send_form(port: int, token: str, form: bytes) -> tuple[int, dict[str, Any]]:
    headers = {"Content-Type": "multipart/form-data; boundary=x", "X-Interview-Token": token}
    address = f"http://127.0.0.1:{port}/api/conversations/voice_to_text/"
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(address, form, headers), timeout=PATIENCE_S)
    return refused.value.code, json.load(refused.value)


def test_a_port_that_is_taken_is_explained(process: Any) -> None:
    with socket.create_server(("127.0.0.1", process.port)):
        process.start()
        assert process.running.wait(PATIENCE_S) != 0
    assert f"port {process.port}" in process.log_text


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"host": "127.0.0.1"}, "tcp:8000:interface=127.0.0.1"),
        ({"host": "[::1]"}, r"tcp:8000:interface=\:\:1"),
        (
            {"host": "192.0.2.1", "certificate": "c:/a=b.pem", "key": "k.pem"},
            r"ssl:8000:privateKey=k.pem:certKey=c\:/a\=b.pem:interface=192.0.2.1",
        ),
    ],
)
def test_where_to_listen(given: dict[str, str], wanted: str) -> None:
    assert endpoint(given.pop("host"), 8_000, **given) == wanted
