"""Headers that Django has no setting for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# The microphone is for our own pages; nothing else of the machine is asked for, by us or by a frame.
PERMISSIONS_POLICY = (
    "microphone=(self), screen-wake-lock=(self), camera=(), geolocation=(), payment=(), usb=()"
)


class PermissionsPolicyMiddleware:
    """Says which of the browser's powers a page may use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
