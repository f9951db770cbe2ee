"""The free question on the candidate's page: asked where it is wanted, answered by the candidate alone."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Organisation, User
from interviews.models import GroupAnswer, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(make_interview: Any, organisation: Organisation) -> tuple[Session, str]:
    organisation.collects_groups = True
    organisation.save()
    found: tuple[Session, str] = make_interview(status="completed", end_reason="completed")
    return found


def entered(client: Client, token: str) -> Client:
    client.get(f"/i/{token}/")
    return client


def test_asked_answered_and_taken_back(client: Client, over: tuple[Session, str]) -> None:
    session, token = over
    page = f"/room/{session.uuid}/"
    assert "A voluntary question" in entered(client, token).get(page).content.decode()
    answer = client.post(f"{page}groups/", {"sex": "female", "ethnicity": "asian"})
    assert answer["Location"] == f"{page}#your-groups"
    assert GroupAnswer.objects.get().sex == "female"
    html = client.get(page).content.decode()
    assert "Take my answer back" in html
    assert "selected" not in html[html.index("groups-sex") : html.index("Send this answer")]
    client.post(f"{page}groups/", {"sex": "nonsense"})
    assert GroupAnswer.objects.get().sex == "female"
    client.post(f"{page}groups/", {"take_back": "1"})
    assert not GroupAnswer.objects.exists()


def test_not_where_nobody_asks(client: Client, over: tuple[Session, str], organisation: Organisation) -> None:
    session, token = over
    organisation.collects_groups = False
    organisation.save()
    page = f"/room/{session.uuid}/"
    assert "A voluntary question" not in entered(client, token).get(page).content.decode()
    assert client.post(f"{page}groups/", {"sex": "female"}).status_code == 404
    assert not GroupAnswer.objects.exists()


def test_nobody_answers_for_them(client: Client, over: tuple[Session, str], recruiter: User) -> None:
    session, _ = over
    client.force_login(recruiter)
    Session.objects.update(owner=recruiter)
    assert "A voluntary question" not in client.get(f"/room/{session.uuid}/").content.decode()
    client.post(f"/room/{session.uuid}/groups/", {"sex": "female"})
    Client().post(f"/room/{session.uuid}/groups/", {"sex": "female"})
    assert not GroupAnswer.objects.exists()
