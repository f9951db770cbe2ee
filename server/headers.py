"""Headers that Django has no setting for."""

from collections.abc import Callable

from csp.decorators import csp_update
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# The microphone is for our own pages; nothing else of the machine is asked for, by us or by a frame.
PERMISSIONS_POLICY = "microphone=(self), screen-wake-lock=(self), camera=(), geolocation=(), payment=()"

# Swagger, ReDoc and the browsable API style their elements from scripts, and ReDoc searches in a worker.
# Scripts stay as strict as everywhere.
API_PAGES = "/api/"
API_PAGES_ALSO_NEED = {"style-src": ["'unsafe-inline'"], "worker-src": ["blob:"]}


class PolicyMiddleware:
    """Says which of the browser's powers a page may use; behind the middleware that writes the CSP."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._get_api_response = csp_update(API_PAGES_ALSO_NEED)(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_api = request.path.startswith(API_PAGES)
        response = (self._get_api_response if is_api else self._get_response)(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
