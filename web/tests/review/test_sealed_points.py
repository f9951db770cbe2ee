"""Which points were heard helps whoever watches; after the end it would tell the score around the seal."""

from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, Sealing
from consumers.reading import read_snapshot
from interviews.live import events as ev
from interviews.live.log import append
from interviews.models import Session
from web.tests.review.held import GOOD, hold

pytestmark = pytest.mark.django_db(transaction=True)


def heard(session: Session) -> bool:
    plan: list[dict[str, Any]] = msgspec.to_builtins(
        read_snapshot(session.pk, timezone.now(), may_command=True).plan
    )
    return any(point["covered"] for one in plan for point in one["points"])


def logged(client: Client, session: Session) -> int:
    return len(client.get(f"/api/sessions/{session.uuid}/events/?type=coverage.gained").json()["events"])


def test_what_was_heard_is_told_while_it_helps(organisation: Organisation, signed_in: Any) -> None:
    running, over = hold(organisation, answers=GOOD[:1], is_over=False), hold(organisation, name="Omar")
    for one in (running, over):
        append(
            one.pk,
            one.epoch,
            [ev.CoverageGained(at=timezone.now(), turn_id=1, question_index=0, points=(0,))],
        )
    client, told = signed_in(), {}
    for mode in Sealing.values:
        Organisation.objects.update(sealing=mode)
        told[mode] = [(heard(one), logged(client, one)) for one in (running, over)]
    everything = [(True, 1), (True, 1)]
    assert told == {"live": everything, "rated": [(True, 1), (False, 0)], "off": everything}
