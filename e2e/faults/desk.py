"""Runs beside a server, in its environment: makes interviews and looks at what became of them."""

import asyncio
import os
import uuid
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
django.setup()

import msgspec  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import F  # noqa: E402
from rest_framework_simplejwt.tokens import AccessToken  # noqa: E402

from accounts.guest_tokens import hash_token, new_token  # noqa: E402
from accounts.models import User  # noqa: E402
from e2e.beside import answer  # noqa: E402
from interviews.bank import get_question  # noqa: E402
from interviews.live.commands import submit  # noqa: E402
from interviews.live.driving import drive  # noqa: E402
from interviews.live.hash_chain import verify_chain  # noqa: E402
from interviews.live.log import read_chain  # noqa: E402
from interviews.live.process import get_process  # noqa: E402
from interviews.live.recording import read_recording  # noqa: E402
from interviews.live.sweeping import sweep  # noqa: E402
from interviews.models import Session  # noqa: E402
from interviews.plan import Plan  # noqa: E402


def make(keys: list[str]) -> dict[str, Any]:
    token = new_token()
    plan = Plan(role="Backend engineer", questions=tuple(get_question(key) for key in keys))
    session = Session.objects.create(
        candidate_name="Ada Example",
        job_role=plan.role,
        plan=msgspec.to_builtins(plan),
        token_hash=hash_token(token),
        num_questions=plan.total,
    )
    return {"pk": session.pk, "uuid": str(session.uuid), "token": token}


def observe() -> str:
    """The bearer token of somebody who may watch and command everything."""
    user, _ = User.objects.get_or_create(email="o@example.org", is_superuser=True)
    return str(AccessToken.for_user(user))


@transaction.atomic
def look(pk: int) -> dict[str, Any]:
    session = Session.objects.select_for_update().get(pk=pk)
    events = list(session.events.order_by("seq").values_list("seq", "type", "payload"))
    verdicts, ends_in_head = verify_chain(str(session.uuid), read_chain(session), session.head_hash)
    return {
        "status": session.status,
        "end_reason": session.end_reason,
        "owner": session.lease_owner,
        "audio_acked": session.audio_acked,
        "verdicts": Counter(verdicts),
        "ends_in_head": ends_in_head,
        "seqs": [seq for seq, _, _ in events],
        "types": Counter(kind for _, kind, _ in events),
        "finals": [payload for _, kind, payload in events if kind == "transcript.final"],
        "events": [payload | {"type": kind} for _, kind, payload in events],
        "commands": dict(session.commands.values_list("command_id", "status")),
        "segments": list(session.segments.order_by("offset").values_list("offset", "samples")),
    }


def record(pk: int, path: str) -> int:
    pcm = read_recording(Session.objects.get(pk=pk))
    Path(path).write_bytes(pcm)
    return len(pcm) // 2


def delete(pk: int) -> None:
    Session.objects.get(pk=pk).delete()


def say(pk: int, kind: str, payload: dict[str, Any]) -> str:
    """One command as REST brings it, carried out here if nobody else does."""
    row = submit(Session.objects.get(pk=pk), command_id=uuid.uuid4().hex, kind=kind, payload=payload)
    drive(pk)
    row.refresh_from_db()
    return str(row.status)


def age(pk: int, hours: int) -> None:
    """Let time pass: everything about the session lies `hours` further back."""
    session = Session.objects.filter(pk=pk)
    back = timedelta(hours=hours)
    if session.filter(lease_until__isnull=False).exists():
        session.update(lease_until=F("lease_until") - back)
    session.update(updated_at=F("updated_at") - back)
    session.get().events.update(at=F("at") - back)


def sweep_now() -> int:
    return asyncio.run(sweep(get_process().registry.services))


QUESTIONS = {
    "make": make,
    "observe": observe,
    "look": look,
    "record": record,
    "delete": delete,
    "say": say,
    "age": age,
    "sweep": sweep_now,
}

if __name__ == "__main__":
    answer(QUESTIONS)
