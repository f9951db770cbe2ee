"""Proves that nobody changed the logs: `manage.py verify_log [SESSION …]`."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from interviews.access import find_session
from interviews.live.hash_chain import verify_chain
from interviews.live.log import read_chain
from interviews.models import Session


class Command(BaseCommand):
    help = "Verify the logs of the given sessions (ids or UUIDs), or of all; fails when one is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sessions", nargs="*", metavar="SESSION")

    def handle(self, *args: Any, **options: Any) -> None:
        sessions = [_get(reference) for reference in options["sessions"]] or Session.objects.order_by("pk")
        broken = [session for session in sessions if not self._verify(session)]
        if broken:
            raise CommandError(
                f"{len(broken)} of the logs is broken." if len(broken) == 1 else "Logs are broken."
            )

    def _verify(self, session: Session) -> bool:
        with transaction.atomic():  # a running interview appends while we look; head and rows must fit
            session = Session.objects.select_for_update().get(pk=session.pk)
            chain = read_chain(session)
        verdicts, ends_in_head = verify_chain(str(session.uuid), chain, session.head_hash)
        counts = Counter(verdicts)
        where = next((seq for seq, verdict in enumerate(verdicts, 1) if verdict == "broken"), None)
        is_whole = where is None and ends_in_head and len(verdicts) == session.seq
        told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items())) or "empty"
        problem = (
            f"  BROKEN at event {where}" if where else "" if is_whole else "  BROKEN: the end was cut off"
        )
        self.stdout.write(f"{session.uuid}  {told}{problem}")
        return is_whole


def _get(reference: str) -> Session:
    session = find_session(reference)
    if session is None:
        raise CommandError(f"There is no session {reference!r}.")
    return session
