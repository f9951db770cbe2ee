"""How often a page may be asked for what could be guessed, or what reaches others; as over the interface."""

from django.http import HttpRequest
from rest_framework.throttling import SimpleRateThrottle

from accounts.page_sign_in import PageThrottle
from web.console import throttling

TOO_OFTEN = "Too many tries within a minute. Wait a little, then send it again; nothing you typed is lost."


def is_too_often(request: HttpRequest, throttle: type[SimpleRateThrottle] = PageThrottle) -> bool:
    """Count the request, and say whether it is one too many."""
    return throttling.is_too_often(throttle(), request)
