"""What `make run` does after the installation: database, demo interview, server."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from server.certificate import kept_certificate, own_names


class Command(BaseCommand):
    help = "Prepares the database, adds a demo interview and serves it on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--https", action="store_true", help="with a certificate made on this machine")

    def handle(self, *_: Any, **options: Any) -> None:
        is_https = options["https"]
        host = "0.0.0.0" if is_https else "127.0.0.1"  # noqa: S104 # nosec B104 (HTTPS is for other devices)
        require_free_port(host, settings.PORT)
        self.stdout.write("Preparing the database…")
        call_command("migrate", interactive=False, verbosity=0)
        names = own_names() if is_https else ["localhost"]
        call_command("demo", at=f"{'https' if is_https else 'http'}://{names[0]}:{settings.PORT}")
        arguments = ["--host", host]
        if is_https:
            arguments += self._prepare_https(names)
        self.stdout.write(
            "  They open in a few seconds, once the server is up. Stop with Ctrl-C.\n"
            f"  The data stay in {settings.VAR_DIR}\n\n"
        )
        self.stdout.flush()
        manage = str(settings.BASE_DIR / "manage.py")
        os.execv(sys.executable, [sys.executable, manage, "serve", *arguments])  # noqa: S606 # nosec B606

    def _prepare_https(self, names: list[str]) -> list[str]:
        held = kept_certificate(settings.VAR_DIR / "https", names, timezone.now())
        others = [name for name in names if name not in {"localhost", "127.0.0.1", "::1"}]
        self.stdout.write(
            "  From other devices on this network, the same path at:\n"
            + "".join(f"    https://{name}:{settings.PORT}\n" for name in others)
            + "\n  The browser will warn that it does not know who made this certificate: this machine did.\n"
            "  Go on (“Advanced”, then “Proceed”) if the fingerprint it shows is this one:\n"
            f"    SHA-256 {held.fingerprint}\n"
        )
        hosts = [f"[{name}]" if ":" in name else name for name in names]
        os.environ["ALLOWED_HOSTS"] = ",".join(dict.fromkeys([*settings.ALLOWED_HOSTS, *hosts]))
        os.environ["BEHIND_HTTPS"] = "true"
        # A browser that remembered "HTTPS only" for localhost would lock every other project out of it.
        os.environ["HSTS_SECONDS"] = "0"
        return ["--certificate", str(held.certificate), "--key", str(held.key)]


def require_free_port(host: str, port: int) -> None:
    """This will raise CommandError with a sentence when another program already listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: a port just left is free
        try:
            probe.bind((host, port))
        except PermissionError:
            raise CommandError(f"Port {port} is reserved on this machine; try PORT=8001") from None
        except OSError:
            raise CommandError(
                f"Port {port} is in use by another program (perhaps Viva runs already?). "
                "Stop that one, or choose another port: make run PORT=8001"
            ) from None
