"""Who may open a socket, and for how long."""

import base64
import contextlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken
from websockets.exceptions import ConnectionClosed

from accounts.models import User
from consumers.candidate import CandidateSocket
from consumers.monitor import MonitorSocket
from interviews.guest_cookie import cookie_name
from interviews.models import Session

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(user: User) -> str:
    """A browser's session cookie, as Django's login makes it."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


@pytest.fixture
def origin(server: Any) -> str:
    return f"http://127.0.0.1:{server.port}"


@pytest.fixture
def own_session(make_session: Callable[..., Session], recruiter: User) -> Session:
    """A rehearsal of somebody with an account."""
    return make_session(owner=recruiter)


async def is_in(client: Any) -> bool:
    await client.send(type="hello")
    return bool((await client.next("session.snapshot", "error"))["type"] == "session.snapshot")


async def refused_with(client: Any) -> int | None:
    with contextlib.suppress(ConnectionClosed):  # it may be faster than we
        await client.send(type="hello")
    code, _ = await client.closed()
    return int(code) if code else None


# --- guests


@pytest.mark.parametrize("way", ["header", "address", "subprotocol"])
async def test_a_guest_token_opens_its_session(dial: Any, room: str, token: str, way: str) -> None:
    ways: dict[str, dict[str, Any]] = {
        "header": {"path": room, "additional_headers": {"X-Interview-Token": token}},
        "address": {"path": f"{room}?t={token}"},
        "subprotocol": {"path": room, "subprotocols": ["viva.v1", f"token.{token}"]},
    }
    assert await is_in(await dial(**ways[way]))


async def test_number_and_uuid_name_the_same_session(dial: Any, session: Session, token: str) -> None:
    assert await is_in(await dial(f"/ws/interviews/{session.pk}/", token=token))


@pytest.mark.parametrize("wrong", ["", "nobody's token", "a" * 5_000, "nul-\x7f"])
async def test_without_a_good_token_nobody_enters(dial: Any, room: str, wrong: str) -> None:
    assert await refused_with(await dial(f"{room}?t={wrong.encode().hex() if wrong else ''}")) == 4401


async def test_a_token_opens_no_other_session(
    dial: Any, make_session: Callable[..., Session], session: Session, token: str
) -> None:
    other = await sync_to_async(make_session)()
    assert await refused_with(await dial(f"/ws/interviews/{other.uuid}/", token=token)) == 4404


@pytest.mark.parametrize(
    "reference", ["999999", "nonsense", "0" * 40, "00000000-0000-0000-0000-000000000000"]
)
async def test_a_session_that_is_not_there(dial: Any, session: Session, token: str, reference: str) -> None:
    assert await refused_with(await dial(f"/ws/interviews/{reference}/", token=token)) == 4404


async def test_an_address_without_a_socket_says_so(dial: Any, server: Any) -> None:
    assert (await (await dial("/ws/nowhere/")).closed())[0] == 4404


async def test_an_expired_token_is_none(dial: Any, room: str, token: str, session: Session) -> None:
    await Session.objects.filter(pk=session.pk).aupdate(
        token_expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert await refused_with(await dial(room, token=token)) == 4401


async def test_a_token_that_is_revoked_ends_the_visit(
    dial: Any, server: Any, room: str, token: str, session: Session
) -> None:
    with server.serving(CandidateSocket(lambda: server.sessions, recheck_s=0.05)):
        client = await dial(room, token=token)
        assert await is_in(client)
        await Session.objects.filter(pk=session.pk).aupdate(token_hash="")
        assert (await client.closed())[0] == 4401


async def test_a_session_that_is_deleted_ends_the_visit(
    dial: Any, server: Any, room: str, token: str, session: Session
) -> None:
    with server.serving(CandidateSocket(lambda: server.sessions, recheck_s=0.05)):
        client = await dial(room, token=token)
        assert await is_in(client)
        await sync_to_async(session.delete)()
        assert (await client.closed())[0] in {4401, 4404}


# --- browsers


async def test_the_guests_cookie_opens_from_our_own_page(
    dial: Any, room: str, token: str, session: Session, origin: str
) -> None:
    cookie = {"Cookie": f"theme=dark; odd cookie; {cookie_name(session.uuid)}={token}"}
    assert await is_in(await dial(room, additional_headers=cookie, origin=origin))


async def test_a_cookie_without_an_origin_is_nothing(
    dial: Any, room: str, token: str, session: Session
) -> None:
    cookie = {"Cookie": f"{cookie_name(session.uuid)}={token}"}
    assert await refused_with(await dial(room, additional_headers=cookie)) == 4401


@pytest.mark.parametrize("foreign", ["https://evil.example", "null", "http://127.0.0.1:1", "file://"])
async def test_a_foreign_page_is_refused_whatever_it_brings(
    dial: Any, room: str, token: str, session: Session, foreign: str
) -> None:
    headers = {"Cookie": f"{cookie_name(session.uuid)}={token}", "X-Interview-Token": token}
    client = await dial(room, additional_headers=headers, origin=foreign)
    assert (await client.next("error"))["code"] == "foreign_origin"
    assert (await client.closed())[0] == 4403


async def test_a_listed_origin_is_ours(dial: Any, room: str, token: str, settings: Any) -> None:
    settings.ALLOWED_ORIGINS = ["https://jobs.example.org"]
    headers = {"X-Interview-Token": token}
    client = await dial(room, additional_headers=headers, origin="https://jobs.example.org")
    assert await is_in(client)


async def test_a_host_we_do_not_answer_to_is_no_origin_of_ours(
    dial: Any, room: str, token: str, origin: str, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["viva.example.org"]
    client = await dial(room, token=token, origin=origin)
    assert await refused_with(client) == 4403


async def test_a_signed_in_browser_enters_its_own_session(
    dial: Any, own_session: Session, recruiter: User, origin: str
) -> None:
    cookie = {"Cookie": await sync_to_async(sign_in)(recruiter)}
    path = f"/ws/interviews/{own_session.uuid}/"
    assert await is_in(await dial(path, additional_headers=cookie, origin=origin))


async def test_signing_out_ends_the_visit(
    dial: Any, server: Any, own_session: Session, recruiter: User, origin: str
) -> None:
    cookie = await sync_to_async(sign_in)(recruiter)
    with server.serving(CandidateSocket(lambda: server.sessions, recheck_s=0.05)):
        path = f"/ws/interviews/{own_session.uuid}/"
        client = await dial(path, additional_headers={"Cookie": cookie}, origin=origin)
        assert await is_in(client)
        await sync_to_async(SessionStore(cookie.partition("=")[2]).delete)()
        assert (await client.closed())[0] == 4401


# --- accounts


async def test_an_access_token_opens_ones_own_session(
    dial: Any, own_session: Session, recruiter: User
) -> None:
    token = str(await sync_to_async(AccessToken.for_user)(recruiter))
    path = f"/ws/interviews/{own_session.uuid}/"
    assert await is_in(await dial(path, additional_headers={"Authorization": f"Bearer {token}"}))
    assert await is_in(await dial(path, subprotocols=["viva.v1", f"bearer.{token}"]))


async def test_a_colleagues_session_may_be_watched_but_not_entered(
    dial: Any, own_session: Session, reviewer: User
) -> None:
    assert await refused_with(await dial_as(dial, f"/ws/interviews/{own_session.uuid}/", reviewer)) == 4403


async def test_who_only_reviews_by_now_enters_nothing_they_once_made(
    dial: Any, own_session: Session, recruiter: User
) -> None:
    await sync_to_async(recruiter.memberships.update)(role="reviewer")
    bearer = await sync_to_async(AccessToken.for_user)(recruiter)
    client = await dial(
        f"/ws/interviews/{own_session.uuid}/", additional_headers={"Authorization": f"Bearer {bearer}"}
    )
    assert await refused_with(client) == 4403


async def test_a_strangers_session_does_not_exist(dial: Any, own_session: Session, stranger: User) -> None:
    assert await refused_with(await dial_as(dial, f"/ws/interviews/{own_session.uuid}/", stranger)) == 4404


def unsigned(user: User) -> str:
    claims = dict(AccessToken.for_user(user).payload)
    return ".".join([_part({"alg": "none", "typ": "JWT"}), _part(claims), ""])


def _part(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def expired(user: User) -> str:
    token = AccessToken.for_user(user)
    token.set_exp(lifetime=timedelta(seconds=-1))
    return str(token)


def foreign_key(user: User) -> str:
    return jwt.encode(
        dict(AccessToken.for_user(user).payload), "another key of good length, 32 bytes", "HS256"
    )


def for_another_program(user: User) -> str:
    claims = {**AccessToken.for_user(user).payload, "aud": "another program"}
    return jwt.encode(claims, settings.SECRET_KEY, "HS256")


def of_nobody(user: User) -> str:
    token = AccessToken.for_user(user)
    token["user_id"] = "99999999999999999999999999"
    return str(token)


@pytest.mark.parametrize(
    "forge",
    [
        unsigned,
        expired,
        foreign_key,
        for_another_program,
        of_nobody,
        lambda user: str(RefreshToken.for_user(user)),
        lambda _: "a.b.c",
    ],
    ids=["alg none", "expired", "foreign key", "wrong audience", "nobody", "refresh token", "garbage"],
)
async def test_a_token_that_is_none(
    dial: Any, own_session: Session, recruiter: User, forge: Callable[[User], str]
) -> None:
    headers = {"Authorization": f"Bearer {await sync_to_async(forge)(recruiter)}"}
    client = await dial(f"/ws/interviews/{own_session.uuid}/", additional_headers=headers)
    assert await refused_with(client) == 4401


async def test_a_disabled_account_is_none(dial: Any, own_session: Session, recruiter: User) -> None:
    await User.objects.filter(pk=recruiter.pk).aupdate(is_active=False)
    assert await refused_with(await dial_as(dial, f"/ws/interviews/{own_session.uuid}/", recruiter)) == 4401


# --- observers


async def dial_as(dial: Any, path: str, user: User) -> Any:
    token = await sync_to_async(AccessToken.for_user)(user)
    return await dial(path, additional_headers={"Authorization": f"Bearer {token}"})


async def test_a_strangers_monitor_does_not_exist(dial: Any, session: Session, stranger: User) -> None:
    assert (await (await dial_as(dial, f"/ws/monitor/{session.uuid}/", stranger)).closed())[0] == 4404


async def test_a_candidates_token_opens_no_monitor(dial: Any, session: Session, token: str) -> None:
    for path in ("/ws/monitor/", f"/ws/monitor/{session.uuid}/"):
        assert (await (await dial(path, token=token)).closed())[0] == 4403


async def test_nobody_watches_without_signing_in(dial: Any, session: Session) -> None:
    for path in ("/ws/monitor/", f"/ws/monitor/{session.uuid}/"):
        assert (await (await dial(path)).closed())[0] == 4401


async def test_a_signed_in_browser_watches_from_our_own_page_only(
    dial: Any, session: Session, recruiter: User, origin: str
) -> None:
    cookie = {"Cookie": await sync_to_async(sign_in)(recruiter)}
    path = f"/ws/monitor/{session.uuid}/"
    own = await dial(path, additional_headers=cookie, origin=origin)
    assert (await own.next())["type"] == "monitor.snapshot"
    foreign = await dial(path, additional_headers=cookie, origin="https://evil.example")
    assert (await foreign.closed())[0] == 4403


async def test_an_account_that_is_disabled_stops_watching(
    dial: Any, server: Any, session: Session, recruiter: User
) -> None:
    watching = MonitorSocket(carry_out=server.driven.append, recheck_s=0.05)
    with server.serving(watching):
        client = await dial_as(dial, f"/ws/interviews/{session.uuid}/", recruiter)
        await client.next("monitor.snapshot")
        await User.objects.filter(pk=recruiter.pk).aupdate(is_active=False)
        assert (await client.closed())[0] == 4401
