"""How often one address or one person may do what costs: signing in, guest interviews, recognition."""

import logging

import redis
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

logger = logging.getLogger(__name__)


class Throttle(SimpleRateThrottle):
    """Lets everybody through while Redis is away: interviews go on without it, and so must this."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        try:
            return super().allow_request(request, view)
        except redis.RedisError:
            logger.warning("nobody is counted while the cache does not answer")
            return True


class SignInThrottle(Throttle):
    """By address alone, whatever name is tried."""

    scope = "auth"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class GuestSessionThrottle(SignInThrottle):
    """Only for those without an account, and only for making something."""

    scope = "guest_sessions"

    def allow_request(self, request: Request, view: APIView) -> bool:
        if request.method != "POST" or request.user.is_authenticated:
            return True
        return super().allow_request(request, view)


class RecognitionThrottle(Throttle):
    """By account where there is one, else by address."""

    scope = "recognition"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        who = getattr(request.user, "pk", None)
        ident = f"user-{who}" if who is not None else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}


class EvaluationThrottle(RecognitionThrottle):
    """Each one asks a language model as often as there are answers."""

    scope = "evaluations"


class PlanThrottle(RecognitionThrottle):
    """Only for drafting, which may ask a language model for each question."""

    scope = "plans"

    def allow_request(self, request: Request, view: APIView) -> bool:
        return request.method in {"GET", "HEAD", "OPTIONS"} or super().allow_request(request, view)
