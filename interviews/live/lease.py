"""The right of one process to run a session now: an owner, a time, an epoch that fences the former."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from interviews.models import Session

LEASE = timedelta(
    seconds=15
)  # how long a crashed process keeps others (but not a returning candidate) waiting


def take(session_id: int, owner: str, now: datetime, *, is_forced: bool = False) -> int | None:
    """Take the lease and give its new epoch; None while another process holds it.

    `is_forced` takes it from a live owner too: a newer connection of the candidate always wins, and the
    former owner finds itself fenced at its next append.
    """
    with transaction.atomic():
        free = Session.objects.filter(pk=session_id)
        if not is_forced:
            free = free.filter(Q(lease_owner="") | Q(lease_until__isnull=True) | Q(lease_until__lt=now))
        if not free.update(lease_owner=owner, lease_until=now + LEASE, epoch=F("epoch") + 1):
            return None
        return Session.objects.values_list("epoch", flat=True).get(pk=session_id)


def renew(session_id: int, epoch: int, now: datetime, *, audio_acked: int | None = None) -> bool:
    """Keep the lease, and note how far the audio is settled; False when another process has taken it."""
    fields: dict[str, object] = {"lease_until": now + LEASE}
    if audio_acked is not None:
        fields["audio_acked"] = audio_acked
    return bool(Session.objects.filter(pk=session_id, epoch=epoch).update(**fields))


def release(session_id: int, epoch: int) -> None:
    Session.objects.filter(pk=session_id, epoch=epoch).update(lease_owner="", lease_until=None)


def is_held(session_id: int, now: datetime) -> bool:
    """Whether a live process runs this session."""
    return Session.objects.filter(pk=session_id, lease_until__gte=now).exclude(lease_owner="").exists()
