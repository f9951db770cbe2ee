"""Who carries text messages and when, from the environment."""

import re

from django.core.exceptions import ImproperlyConfigured

from hiring.phone_numbers import E164
from messaging.sms.quiet_hours import QuietHours
from messaging.sms.settings import BACKENDS, SmsSettings
from server.environment import Environment

HTTP = ("http", "https")
HOURS = re.compile(r"^(\d{1,2})-(\d{1,2})$")


def sms_settings(env: Environment) -> SmsSettings:
    """This will raise ImproperlyConfigured with a sentence when a value is bad or two don't fit."""
    settings = SmsSettings(
        backend=env.text("SMS_BACKEND", "console"),
        account_sid=env.text("TWILIO_ACCOUNT_SID"),
        auth_token=env.text("TWILIO_AUTH_TOKEN"),
        from_number=env.text("TWILIO_FROM"),
        messaging_service_sid=env.text("TWILIO_MESSAGING_SERVICE_SID"),
        webhook_url=env.address("TWILIO_WEBHOOK_URL", schemes=HTTP),
        api_url=env.address("TWILIO_API_URL", schemes=HTTP),
        quiet=_quiet(env.text("SMS_QUIET_HOURS", "21-8")),
        join_s=env.whole("SMS_JOIN_SECONDS", 20, least=0, most=300),
        daily_limit=env.whole("SMS_DAILY_LIMIT", 100, least=1, most=10_000),
        remind_after_hours=env.whole("SMS_REMIND_HOURS", 4, least=0, most=168),
    )
    _require_backend(settings)
    _require_twilio(settings)
    return settings


def _quiet(written: str) -> QuietHours:
    if written == "none":
        return QuietHours(0, 0)
    read = HOURS.match(written)
    start, end = (int(read[1]), int(read[2])) if read else (99, 99)
    if start > 23 or end > 23 or start == end:
        raise ImproperlyConfigured(
            f"SMS_QUIET_HOURS is {written!r}; write two hours of the day, such as 21-8, or none."
        )
    return QuietHours(start, end)


def _require_backend(settings: SmsSettings) -> None:
    if settings.backend not in BACKENDS and "." not in settings.backend:
        known = ", ".join(BACKENDS)
        raise ImproperlyConfigured(f"SMS_BACKEND is {settings.backend!r}; choose one of {known}.")
    if settings.from_number and not E164.match(settings.from_number):
        raise ImproperlyConfigured("TWILIO_FROM is no number like +14155550123.")


def _require_twilio(settings: SmsSettings) -> None:
    if settings.backend != "twilio":
        return
    if not (settings.account_sid and settings.auth_token):
        raise ImproperlyConfigured("SMS_BACKEND is twilio: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.")
    if not settings.sender:
        raise ImproperlyConfigured("SMS_BACKEND is twilio: set TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID.")
