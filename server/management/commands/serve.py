"""Serves the whole project, pages and sockets, in this process."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from server.life import begin, say_goodbye
from server.serving import endpoint, serve


class Command(BaseCommand):
    help = "Serves pages and sockets with daphne, with the limits and the shutdown that Viva needs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--certificate", default="", help="a PEM file; with it, HTTPS")
        parser.add_argument("--key", default="", help="the PEM file of the certificate's key")

    def handle(self, *_: Any, **options: Any) -> None:
        if bool(options["certificate"]) != bool(options["key"]):
            raise CommandError("--certificate and --key go together.")
        from asgi import application  # noqa: PLC0415 (it loads every app, which must be ready first)

        where = endpoint(
            options["host"], options["port"], certificate=options["certificate"], key=options["key"]
        )
        if not serve(application, where, begin=begin, say_goodbye=say_goodbye):
            raise CommandError(f"Could not listen on {options['host']}, port {options['port']}.")
