"""Registers accounts with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import parting, security  # noqa: PLC0415 (their models exist only now)

        security.listen()
        parting.listen()
