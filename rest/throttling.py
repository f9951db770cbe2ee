"""How often one address or one person may do what costs. Each package names what it counts."""

import logging

import redis
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

logger = logging.getLogger(__name__)
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Throttle(SimpleRateThrottle):
    """Lets everybody through while Redis is away: interviews go on without it, and so must this."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        try:
            return super().allow_request(request, view)
        except redis.RedisError:
            logger.warning("nobody is counted while the cache does not answer")
            return True


class AddressThrottle(Throttle):
    """By address alone, whoever says to be asking."""

    def get_cache_key(self, request: Request, view: APIView) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class AccountThrottle(Throttle):
    """By account where there is one, else by address."""

    def get_cache_key(self, request: Request, view: APIView) -> str:
        who = getattr(request.user, "pk", None)
        ident = f"user-{who}" if who is not None else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}


class WritingThrottle(AccountThrottle):
    """Reading is free."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        return request.method in READING or super().allow_request(request, view)
