"""Adds a demo interview and prints how to enter it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from server.demo import Demo, make_demo


class Command(BaseCommand):
    help = "Adds a fresh demo interview, gives its recruiter a new password and prints both."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", default=f"http://localhost:{settings.PORT}", help="address of the site")

    def handle(self, *_: Any, **options: Any) -> None:
        demo = make_demo(timezone.now(), retention_days=settings.RETENTION_DAYS)
        self.stdout.write(describe(demo, options["at"].rstrip("/")))


def describe(demo: Demo, site: str) -> str:
    return "\n".join(
        (
            "",
            "  The interview, as the candidate:",
            f"    {site}{demo.room_path}",
            "",
            "  The recruiter's side:",
            f"    {site}/monitor/",
            f"    user      {demo.username}",
            f"    password  {demo.password}   (new with every start)",
            "",
        )
    )
