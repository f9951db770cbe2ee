"""Builds this process's parts from Django's settings, once."""

from functools import lru_cache

from interviews.live.registry import Registry
from interviews.live.services import Services


@lru_cache(maxsize=1)
def get_registry() -> Registry:
    """The registry of this process; nothing heavy happens before the first session needs it."""
    return Registry(build_services)


def build_services() -> Services:
    raise NotImplementedError
