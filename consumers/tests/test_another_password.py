"""Another password ends what the former one had opened, sockets included."""

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.test import Client
from rest_framework_simplejwt.tokens import AccessToken

from accounts.models import User
from accounts.own_account import give_password
from consumers.candidate import CandidateSocket
from consumers.monitor import MonitorListSocket, MonitorSocket
from interviews.models import Session

RECHECK_S = 0.05
Way = Callable[[User, str], dict[str, Any]]


def with_cookie(user: User, origin: str) -> dict[str, Any]:
    browser = Client()
    browser.force_login(user)
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return {"additional_headers": {"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}"}, "origin": origin}


def with_bearer(user: User, origin: str) -> dict[str, Any]:
    return {"additional_headers": {"Authorization": f"Bearer {AccessToken.for_user(user)}"}}


def by_profile_or_link(user: User) -> None:
    give_password(user, "another-long-one-2")


def by_admin(user: User) -> None:
    """As Django's admin pages and `manage.py changepassword` do."""
    user.set_password("another-long-one-2")
    user.save()


@pytest.fixture
def own_session(make_session: Callable[..., Session], recruiter: User) -> Session:
    return make_session(owner=recruiter)


@pytest.fixture
def serving(server: Any) -> Callable[[str], Any]:
    """One of the sockets, looking often whether people may stay."""

    def serve(kind: str) -> Any:
        sockets: dict[str, Callable[[], Any]] = {
            "room": lambda: CandidateSocket(lambda: server.sessions, recheck_s=RECHECK_S),
            "monitor": lambda: MonitorSocket(carry_out=server.driven.append, recheck_s=RECHECK_S),
            "list": lambda: MonitorListSocket(recheck_s=RECHECK_S),
        }
        return server.serving(sockets[kind]())

    return serve


@pytest.mark.parametrize("change", [by_profile_or_link, by_admin])
@pytest.mark.parametrize("way", [with_cookie, with_bearer])
@pytest.mark.parametrize("kind", ["room", "monitor", "list"])
async def test_it_ends_what_is_open(
    *,
    dial: Any,
    server: Any,
    serving: Any,
    own_session: Session,
    recruiter: User,
    kind: str,
    way: Way,
    change: Callable[[User], None],
) -> None:
    shown = await sync_to_async(way)(recruiter, f"http://127.0.0.1:{server.port}")
    with serving(kind):
        client = await dial(f"/ws/interviews/{own_session.uuid}/", **shown)
        await client.send(type="hello")
        await client.next("session.snapshot", "monitor.snapshot")
        await sync_to_async(change)(recruiter)
        assert (await client.closed())[0] == 4401


@pytest.mark.parametrize("way", [with_cookie, with_bearer])
async def test_what_it_ended_opens_nothing_again(
    dial: Any, server: Any, own_session: Session, recruiter: User, way: Way
) -> None:
    origin = f"http://127.0.0.1:{server.port}"
    former = await sync_to_async(way)(recruiter, origin)
    await sync_to_async(by_profile_or_link)(recruiter)
    for path in (f"/ws/interviews/{own_session.uuid}/", "/ws/monitor/", f"/ws/monitor/{own_session.uuid}/"):
        assert (await (await dial(path, **former)).closed())[0] == 4401
    now = await sync_to_async(way)(recruiter, origin)
    client = await dial(f"/ws/monitor/{own_session.uuid}/", **now)
    assert (await client.next())["type"] == "monitor.snapshot"
