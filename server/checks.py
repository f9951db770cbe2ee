"""What `manage.py check --deploy` finds wrong with settings that each for themselves are allowed."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

DEPLOY: dict[str, Any] = {"deploy": True}


@register(Tags.security, **DEPLOY)
def check_secret_key(**_: Any) -> list[CheckMessage]:
    if not settings.DATABASE_URL or (settings.VAR_DIR / "secret_key").exists() is False:
        return []
    if (settings.VAR_DIR / "secret_key").read_text() != settings.SECRET_KEY:
        return []
    return [
        Error(
            "SECRET_KEY is the one that this machine made for itself, so other machines use other ones.",
            hint="Set SECRET_KEY to one long random value for every process, or sign-ins break between them.",
            id="viva.E001",
        )
    ]


@register(Tags.security, **DEPLOY)
def check_proxy(**_: Any) -> list[CheckMessage]:
    if not settings.BEHIND_HTTPS or settings.TRUSTED_PROXIES:
        return []
    return [
        Caution(
            "BEHIND_HTTPS is on and TRUSTED_PROXIES is empty: all requests look insecure and are redirected.",
            hint="Set TRUSTED_PROXIES to the address of the proxy that ends HTTPS.",
            id="viva.W002",
        )
    ]


@register(Tags.security, **DEPLOY)
def check_https(**_: Any) -> list[CheckMessage]:
    if settings.BEHIND_HTTPS:
        return []
    return [
        Caution(
            "BEHIND_HTTPS is off: browsers give no page the microphone over plain HTTP, except on localhost.",
            hint="Put a proxy with a certificate in front and set BEHIND_HTTPS=true (docs/deploy.md).",
            id="viva.W003",
        )
    ]


@register(Tags.database, **DEPLOY)
def check_database(**_: Any) -> list[CheckMessage]:
    if settings.DATABASE_URL.startswith("postgres"):
        return []
    return [
        Caution(
            "The database is SQLite, which one machine can use, and of which one process writes at a time.",
            hint="Set DATABASE_URL=postgres://… before a second machine or many interviews at once.",
            id="viva.W004",
        )
    ]


@register(Tags.caches, **DEPLOY)
def check_nudges(**_: Any) -> list[CheckMessage]:
    if settings.REDIS_URL or not settings.DATABASE_URL:
        return []
    return [
        Caution(
            "There is no REDIS_URL: between processes, observers learn of changes up to a second late, "
            "and rate limits count in each process alone.",
            hint="Set REDIS_URL=redis://… where more than one process serves.",
            id="viva.W005",
        )
    ]


@register(Tags.security, **DEPLOY)
def check_local(**_: Any) -> list[CheckMessage]:
    if not settings.LOCAL:
        return []
    return [
        Error(
            "LOCAL is on: anyone may register and start interviews.",
            hint="LOCAL is for `make run` on one's own machine; remove it.",
            id="viva.E006",
        )
    ]


@register(Tags.security, **DEPLOY)
def check_rate_limits(**_: Any) -> list[CheckMessage]:
    if settings.RATE_LIMITS:
        return []
    return [
        Error(
            "RATE_LIMITS is off: passwords can be tried without end.",
            hint="It is for load tests on one's own machine; remove it.",
            id="viva.E008",
        )
    ]


@register(Tags.security, **DEPLOY)
def check_origins(**_: Any) -> list[CheckMessage]:
    wrong = [origin for origin in settings.ALLOWED_ORIGINS if origin.startswith("http://")]
    if not (settings.BEHIND_HTTPS and wrong):
        return []
    return [
        Caution(
            f"ALLOWED_ORIGINS holds insecure addresses: {', '.join(wrong)}.",
            hint="Write https://… for every page that may open a socket here.",
            id="viva.W007",
        )
    ]
