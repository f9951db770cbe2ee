"""Which socket lives where."""

from collections.abc import Callable
from typing import Any

from channels.routing import URLRouter
from django.urls import URLPattern, path, re_path

from consumers.candidate import CandidateSocket, LiveSessions
from consumers.monitor import MonitorListSocket, MonitorSocket
from consumers.nowhere import NoSuchSocket

NOWHERE: Any = NoSuchSocket()


def _at(route: str, application: Any) -> URLPattern:
    """Django's types know only HTTP views."""
    pattern: URLPattern = path(route, application)
    return pattern


def make_router(get_sessions: Callable[[], LiveSessions], *, carry_out: Callable[[int], None]) -> URLRouter:
    """This will give the ASGI application of every WebSocket; `carry_out` drains a session nobody runs."""
    return URLRouter(
        [
            _at("ws/interviews/<str:reference>/", CandidateSocket(get_sessions)),
            _at("ws/monitor/", MonitorListSocket()),
            _at("ws/monitor/<str:reference>/", MonitorSocket(carry_out=carry_out)),
            re_path(r"^", NOWHERE),
        ]
    )
