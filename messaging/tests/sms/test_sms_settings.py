"""Settings of text messages: a bad one stops the start with a sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from messaging.backends.console import ConsoleSender
from messaging.sms.port import sender_for
from messaging.sms.quiet_hours import QuietHours
from messaging.sms.settings import SmsSettings
from server.environment import Environment
from server.messaging_settings import sms_settings


def test_the_embedded_default_shows_texts_in_the_terminal() -> None:
    settings = sms_settings(Environment({}))
    assert settings == SmsSettings()
    assert isinstance(sender_for(settings), ConsoleSender)
    assert sms_settings(Environment({"SMS_QUIET_HOURS": "none"})).quiet == QuietHours(0, 0)
    assert (
        sms_settings(Environment({"SMS_BACKEND": "own.package.Sender"})).sender_path == "own.package.Sender"
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"SMS_BACKEND": "pigeon"}, "choose one of console, twilio"),
        ({"SMS_BACKEND": "twilio"}, "TWILIO_ACCOUNT_SID"),
        ({"SMS_BACKEND": "twilio", "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}, "TWILIO_FROM or"),
        ({"TWILIO_FROM": "0415"}, "no number like"),
        ({"SMS_QUIET_HOURS": "25-8"}, "two hours of the day"),
        ({"SMS_QUIET_HOURS": "night"}, "two hours of the day"),
        ({"TWILIO_WEBHOOK_URL": "ftp://x"}, "does not look like an address"),
        ({"SMS_JOIN_SECONDS": "-1"}, "between 0 and 300"),
    ],
)
def test_a_bad_value_is_explained(given: dict[str, str], told: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=told):
        sms_settings(Environment(given))
