"""Registers messaging with Django, and its work with what happens in interviews."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "messaging"

    def ready(self) -> None:
        from messaging.invitations import tasks as invitations  # noqa: PLC0415 (as below)
        from messaging.mail import accounts  # noqa: PLC0415 (as below)
        from messaging.requests import wiring as requests  # noqa: PLC0415 (as above)
        from messaging.sms import tasks  # noqa: PLC0415 (its models are there only now)
        from messaging.webhooks import wiring  # noqa: PLC0415 (as above)

        accounts.wire()
        invitations.wire()
        requests.wire()
        tasks.wire()
        wiring.wire()
