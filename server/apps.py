"""Registers server with Django."""

from django.apps import AppConfig


class ServerConfig(AppConfig):
    name = "server"

    def ready(self) -> None:
        from server import checks  # noqa: F401, PLC0415 (registers itself once apps are loaded)
