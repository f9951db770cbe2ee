"""Counts what pages send with what the interface sends: one person has one allowance."""

from typing import Any, cast

from django.http import HttpRequest
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

USUAL_WAIT_S = 60.0
TOO_OFTEN = "That was very often. Please try again in a while."


def seconds_to_wait(throttle: SimpleRateThrottle, request: HttpRequest) -> float | None:
    """Count the request; None where it may go on. A throttle reads of it what Django's own has, too."""
    if throttle.rate is None or throttle.allow_request(cast("Any", request), APIView()):
        return None
    return throttle.wait() or USUAL_WAIT_S


def is_too_often(throttle: SimpleRateThrottle, request: HttpRequest) -> bool:
    """Count the request, and say whether it is one too many."""
    return seconds_to_wait(throttle, request) is not None
