"""Under which name a person's commands stand in the log."""

from typing import Any

import pytest

from accounts.models import User
from interviews.live.commands import submit
from interviews.models import Session

pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_passes_for_the_interviewer_by_their_name() -> None:
    session = Session.objects.create(title="First interview")
    user = User.objects.create_user("dana", full_name="ai")
    said: dict[str, Any] = {"payload": {"text": "Hello."}, "kind": "say"}
    by_account = submit(session, command_id="c-1", user=user, **said)
    by_socket = submit(session, command_id="c-2", user=user, by_name="ai", **said)
    assert [by_account.by_name, by_socket.by_name] == ["ai (a person)", "ai (a person)"]
    assert submit(session, command_id="c-3", user=user, by_name="Dana", **said).by_name == "Dana"
