"""What an operator may set about text messages, as one value that the server builds from the environment."""

from msgspec import Struct

from messaging.sms.quiet_hours import QuietHours

BACKENDS = {
    "console": "messaging.backends.console.ConsoleSender",
    "twilio": "messaging.backends.twilio.TwilioSender",
}


class SmsSettings(Struct, frozen=True, kw_only=True):
    backend: str = "console"  # one of BACKENDS, or the dotted path of a sender of one's own
    account_sid: str = ""
    auth_token: str = ""
    from_number: str = ""
    messaging_service_sid: str = ""
    webhook_url: str = ""  # as it stands at Twilio; "": the address that a request came to
    api_url: str = ""  # another server with Twilio's API; "": Twilio's own
    quiet: QuietHours = QuietHours()
    join_s: int = 20
    daily_limit: int = 100
    remind_after_hours: int = 4  # 0: never

    @property
    def sender_path(self) -> str:
        return BACKENDS.get(self.backend, self.backend)

    @property
    def sender(self) -> str:
        """From whom a text comes, as its receiver sees it or as Twilio picks it."""
        return self.from_number or self.messaging_service_sid
