"""The one shape of every error under /api/: `{"error": {"code", "message", "fields"}}`."""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views import defaults
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework_simplejwt.exceptions import TokenError

logger = logging.getLogger(__name__)

WHOLE = "non_field_errors"  # what DRF calls the thing itself, beside its fields
MESSAGES = {
    400: "The request can't be understood.",
    403: "You may not do this.",
    404: "There is nothing at this address.",
    500: "Something went wrong on our side. It has been noted.",
}


# What simplejwt says of a token, in words that tell what to do.
TOKEN_MESSAGES = {
    "token_not_valid": "This token is not valid or has expired. Refresh it, or sign in again.",
    "password_changed": "The password was changed after this token was made. Please sign in again.",
    "bad_authorization_header": "Write the header as Authorization: Bearer <access token>.",
}


class ApiError(exceptions.APIException):
    """An error of our own: `ApiError(409, "already_answered", "…")`."""

    def __init__(self, status_code: int, code: str, message: str) -> None:
        super().__init__(message, code)
        self.status_code = status_code


# The first that fits is taken, so the narrower come first.
_TRANSLATED: dict[type[Exception], tuple[int, str, str]] = {
    Http404: (404, "not_found", MESSAGES[404]),
    PermissionDenied: (403, "permission_denied", MESSAGES[403]),
    RequestDataTooBig: (413, "too_large", "The request is too large."),
    SuspiciousOperation: (400, "bad_request", MESSAGES[400]),
    TokenError: (401, "token_not_valid", "This token is not valid or has expired. Please sign in again."),
}


class NotFoundError(ApiError):
    def __init__(self, what: str = "session") -> None:
        super().__init__(404, "not_found", f"There is no such {what}.")


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: whatever a view raises leaves in the one shape."""
    # Views read the settings, which name our parser, which needs ApiError: at the top it would be a circle.
    from rest_framework.views import set_rollback  # noqa: PLC0415

    known = _as_api_exception(error)
    if known is None:
        logger.error("a request failed", exc_info=error)
        set_rollback()
        return Response(shape("server_error", MESSAGES[500]), status=500)
    set_rollback()
    body = body_of(known)
    if isinstance(known, exceptions.UnsupportedMediaType):
        body["error"]["message"] += _taken_by(context.get("view"))
    return Response(body, status=known.status_code, headers=_headers(known))


def _taken_by(view: Any) -> str:
    """curl sends forms unless it is told otherwise: say what is read here instead."""
    kinds = dict.fromkeys(parser.media_type for parser in getattr(view, "parser_classes", ()))
    return f" Send {' or '.join(kinds)}." if kinds else ""


def _headers(error: exceptions.APIException) -> dict[str, str]:
    """DRF leaves these two as attributes that its types don't know."""
    scheme, wait_s = getattr(error, "auth_header", None), getattr(error, "wait", None)
    headers = {"WWW-Authenticate": str(scheme)} if scheme else {}
    return headers if wait_s is None else {**headers, "Retry-After": str(int(wait_s) + 1)}


def _as_api_exception(error: Exception) -> exceptions.APIException | None:
    if isinstance(error, exceptions.APIException):
        return error
    for kind, (code, name, message) in _TRANSLATED.items():
        if isinstance(error, kind):
            told = str(error) if kind is PermissionDenied else ""  # ours say who may
            return ApiError(code, name, told or message)
    return None


def shape(code: str, message: str, fields: dict[str, list[str]] | None = None) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "fields": fields or {}}}


def body_of(error: exceptions.APIException) -> dict[str, Any]:
    detail = error.detail
    if isinstance(error, exceptions.ValidationError):
        fields: dict[str, list[str]] = {}
        for name, message in _flat(detail):
            fields.setdefault(name, []).append(message)
        first = next(iter(fields.items()), ("", [MESSAGES[400]]))
        named = first[0] if first[0] not in {"", WHOLE} else ""
        message = f"{named}: {first[1][0]}" if named else first[1][0]
        return shape("invalid", message, fields)
    if isinstance(detail, dict):  # as simplejwt gives it
        code = str(detail.get("code", error.default_code))
        return shape(code, TOKEN_MESSAGES.get(code, str(detail.get("detail", ""))))
    code = getattr(detail, "code", None) or error.default_code
    return shape(str(code), str(detail))


def _flat(detail: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """`{"a": {"b": ["…"]}}` as ("a.b", "…")."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            within = [name] if key == WHOLE and name else [name, str(key)] if name else [str(key)]
            yield from _flat(inner, ".".join(within))
    elif isinstance(detail, list | tuple):
        is_nested = any(isinstance(item, dict | list) for item in detail)
        for index, inner in enumerate(detail):
            yield from _flat(inner, f"{name}.{index}" if is_nested and name else name)
    else:
        yield name or WHOLE, str(detail)


# --- what Django itself answers when no view of ours is reached


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.path == "/api"


def _plain(code: int) -> JsonResponse:
    name = HTTPStatus(code).phrase.lower().replace(" ", "_")
    return JsonResponse(
        shape("server_error" if code == status.HTTP_500_INTERNAL_SERVER_ERROR else name, MESSAGES[code]),
        status=code,
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain(400) if is_api(request) else defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain(403) if is_api(request) else defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain(404) if is_api(request) else defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain(500) if is_api(request) else defaults.server_error(request)
