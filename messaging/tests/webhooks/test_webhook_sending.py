"""One post to a webhook: where it goes, what it is shown, how long and how much is listened to."""

import asyncio
from typing import Any

import pytest

from messaging.webhooks.addresses import AddressError, AddressPolicy
from messaging.webhooks.backends.http import MOST_WORDS, HttpSender, SystemResolver
from messaging.webhooks.sending import SendingError

HEADERS = {"Content-Type": "application/json", "Viva-Event": "ping"}


async def test_it_goes_to_the_address_that_was_looked_at_under_its_name(
    receiver: Any, here: AddressPolicy, resolves: Any
) -> None:
    """A name that leads somewhere else at the second look gains nothing: there is no second look."""
    rebinding = resolves(["127.0.0.1"], ["169.254.169.254"])
    sender = HttpSender(here, rebinding)
    answer = await sender.send(f"http://hooks.example:{receiver.port}/in?a=1", HEADERS, b"{}")
    assert (answer.status, answer.words, answer.is_success) == (200, "thanks", True)
    path, headers, body = receiver.got[0]
    assert (path, headers["Host"], body) == ("/in?a=1", f"hooks.example:{receiver.port}", b"{}")
    assert rebinding.asked == ["hooks.example"]
    with pytest.raises(AddressError):
        await sender.send(f"http://hooks.example:{receiver.port}/", HEADERS, b"{}")
    assert len(receiver.got) == 1


async def test_by_default_this_machine_is_not_asked(receiver: Any, resolves: Any) -> None:
    strict = HttpSender(
        AddressPolicy(plain_http=True, ports=frozenset({receiver.port})), resolves(["127.0.0.1"])
    )
    for host in ("hooks.example", "127.0.0.1", "[::ffff:127.0.0.1]"):
        with pytest.raises(AddressError):
            await strict.send(f"http://{host}:{receiver.port}/", HEADERS, b"{}")
        with pytest.raises(AddressError):
            await strict.check(f"http://{host}:{receiver.port}/")
    assert receiver.got == []


async def test_the_certificate_must_be_of_the_name(
    receiver: Any, here: AddressPolicy, resolves: Any, serve_tls: Any
) -> None:
    sender = HttpSender(here, resolves(["127.0.0.1"]), tls=serve_tls("hooks.example"))
    answer = await sender.send(f"https://hooks.example:{receiver.port}/", HEADERS, b"{}")
    assert answer.is_success
    with pytest.raises(SendingError, match="TLS"):
        await sender.send(f"https://other.example:{receiver.port}/", HEADERS, b"{}")
    assert len(receiver.got) == 1


async def test_redirects_are_not_followed(receiver: Any, sender: HttpSender) -> None:
    receiver.answers(302, Location="http://169.254.169.254/")
    answer = await sender.send(f"http://hooks.example:{receiver.port}/", HEADERS, b"{}")
    assert (answer.status, answer.is_success, len(receiver.got)) == (302, False, 1)


async def test_little_of_a_long_answer_is_kept(receiver: Any, sender: HttpSender) -> None:
    receiver.answers(500, b"\x00\xff\nno " + b"x" * 5_000_000)
    answer = await sender.send(f"http://hooks.example:{receiver.port}/", HEADERS, b"{}")
    assert answer.status == 500
    assert len(answer.words) <= MOST_WORDS
    assert answer.words.isprintable()


async def test_who_says_nothing_is_left(receiver: Any, here: AddressPolicy, resolves: Any) -> None:
    receiver.answers(0)
    sender = HttpSender(here, resolves(["127.0.0.1"]), within_s=0.2)
    async with asyncio.timeout(3):
        with pytest.raises(SendingError, match=r"within 0\.2 s"):
            await sender.send(f"http://hooks.example:{receiver.port}/", HEADERS, b"{}")


async def test_the_next_address_is_tried_where_nobody_listens(
    receiver: Any, here: AddressPolicy, resolves: Any, free_port: int
) -> None:
    sender = HttpSender(here, resolves(["127.0.0.2", "127.0.0.1"]))
    assert (await sender.send(f"http://hooks.example:{receiver.port}/", HEADERS, b"{}")).is_success
    nobody = AddressPolicy(to_private=True, plain_http=True, ports=frozenset({free_port}))
    with pytest.raises(SendingError, match="can't be reached"):
        await HttpSender(nobody, resolves(["127.0.0.1"])).send(f"http://h.example:{free_port}/", {}, b"")


async def test_the_system_knows_this_machine() -> None:
    assert await SystemResolver().resolve("localhost", 80)
