"""What a new session is made with."""

import pytest
from django.utils import timezone
from msgspec.structs import replace

from interviews.bank import demo_plan
from interviews.models import Session
from interviews.sessions import PRACTICE_CLOSING, SessionWish, create_session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("purpose", "closing", "kept"),
    [("practice", "", PRACTICE_CLOSING), ("practice", "See you.", "See you."), ("hiring", "", "")],
)
def test_nobody_who_practises_is_promised_a_decision(purpose: str, closing: str, kept: str) -> None:
    plan = replace(demo_plan(), closing=closing)
    session, _ = create_session(SessionWish(purpose=purpose), now=timezone.now(), plan=plan)
    assert Session.objects.get(pk=session.pk).plan.get("closing", "") == kept
