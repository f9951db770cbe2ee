"""The addresses that lead to a session, whole, as the one who asked can open them."""

from rest_framework.request import Request

from interviews.models import Session


def room_url(request: Request, session: Session, token: str = "") -> str:
    """With a token it is an invitation link, which the browser exchanges for a cookie."""
    return request.build_absolute_uri(f"/i/{token}/" if token else f"/room/{session.uuid}/")


def socket_url(request: Request, session: Session) -> str:
    scheme = "wss" if request.is_secure() else "ws"
    return f"{scheme}://{request.get_host()}/ws/interviews/{session.uuid}/"


def report_url(request: Request, session: Session, edition: str = "candidate") -> str:
    return request.build_absolute_uri(f"/api/reports/{session.uuid}/pdf/?edition={edition}")
