"""Registers accounts with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.security import listen  # noqa: PLC0415 (its models exist only now)

        listen()
