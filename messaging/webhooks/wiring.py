"""Joins webhooks to the rest: what they hear of, and who delivers."""

from functools import cache

from django.conf import settings
from django.utils import timezone

from interviews.background.kinds import register
from interviews.milestones import reached
from interviews.retention import sweeping
from messaging.webhooks.addresses import AddressPolicy
from messaging.webhooks.backends.http import HttpSender
from messaging.webhooks.delivering import Deliverer, give_up
from messaging.webhooks.forgetting import forget_deliveries
from messaging.webhooks.telling import DELIVER, note_milestone


def address_policy() -> AddressPolicy:
    """What the settings allow."""
    return AddressPolicy(
        to_private=settings.WEBHOOKS_TO_PRIVATE,
        plain_http=settings.DEBUG or settings.LOCAL or settings.WEBHOOKS_TO_PRIVATE,
    )


@cache
def get_sender() -> HttpSender:
    return HttpSender(address_policy())


_DELIVERER = Deliverer(get_sender, timezone.now)


def wire() -> None:
    """This will be called once the apps are there; twice does no harm."""
    reached.connect(note_milestone, dispatch_uid="messaging.webhooks")
    sweeping.connect(forget_deliveries, dispatch_uid="messaging.webhooks.forgetting")
    register(DELIVER, _DELIVERER.deliver, given_up=give_up, waits_for_others=True)
