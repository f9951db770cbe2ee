"""Signing in on a page, the admin's or ours: as seldom as over the interface."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.api.throttling import SignInThrottle


class PageThrottle(SignInThrottle):
    """Counted apart, so that a program that fails does not lock the people next to it out of the pages."""

    cache_format = "pages_%(scope)s_%(ident)s"


class AttemptLimit(ModelBackend):
    """Stands before Django's own: an address that tries too often gets in with no password for a while.

    The request then says `tried_too_often`, for a page that must not call a right password wrong.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:  # type: ignore[override]
        if request is not None and not PageThrottle().allow_request(Request(request), APIView()):
            request.tried_too_often = True  # type: ignore[attr-defined]
            raise PermissionDenied
