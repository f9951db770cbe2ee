"""E-mail of accounts: what it says, and what is not sent any more."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Organisation, Role, User
from accounts.reset_links import find_reset
from accounts.team_invitations import invite_again, invite_to_team, revoke_invitation
from accounts.team_links import find_invitation
from interviews.models import Task
from messaging.mail.accounts import send_invitation, send_reset

pytestmark = pytest.mark.django_db
MakeUser = Callable[..., User]


def link_in(text: str, path: str) -> list[str]:
    found = re.search(rf"http://localhost:8000/{path}/(\S+)/$", text, re.MULTILINE)
    assert found is not None, text
    return found[1].split("/")


def test_an_invitation_names_who_and_where(organisation: Organisation, make_user: MakeUser) -> None:
    Organisation.objects.update(name="Söhne & Co.\nBcc: x@evil.example")
    organisation.refresh_from_db()
    ada = make_user("ada", Role.ADMIN)
    now = timezone.now()
    made = invite_to_team(ada, organisation, email="nia@viva.example", role="admin", now=now)
    send_invitation(Task.objects.get().payload)
    sent = mail.outbox[0]
    assert sent.to == ["nia@viva.example"]
    assert sent.subject == "Ada invites you to Söhne & Co. Bcc: x@evil.example"
    assert "as an admin" in sent.body
    (token,) = link_in(str(sent.body), "join")
    assert find_invitation(token) == made
    invite_again(made, by=ada, now=now)
    assert find_invitation(token) is None
    revoke_invitation(made, now=now)
    send_invitation(Task.objects.get().payload)
    assert len(mail.outbox) == 1


def test_a_link_for_a_new_password(make_user: MakeUser) -> None:
    rita = make_user("rita")
    send_reset({"user": rita.pk})
    uid, token = link_in(str(mail.outbox[0].body), "password/reset")
    assert find_reset(uid, token) == rita
    User.objects.update(is_active=False)
    for user in (rita.pk, 0):
        send_reset({"user": user})
    assert len(mail.outbox) == 1
