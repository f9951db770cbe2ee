"""Interviews in Django's admin: to be read, with their rounds and decisions, as they are written."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from hiring.models import Candidate, Interview, Round

pytestmark = pytest.mark.django_db


def test_an_interview_opens_with_its_rounds_and_can_not_be_changed() -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create_superuser("root", "root@viva.example", "a password"))
    acme = Organisation.objects.create(name="Acme")
    jane = Candidate.objects.create(organisation=acme, name="<i>Jane</i>", resume="x.pdf")
    one = Interview.objects.create(organisation=acme, candidate=jane)
    Round.objects.create(interview=one, order=1, title="Meet the team")
    one.decisions.create(verdict="hold", reason="<b>Later</b>", decided_by_name="Rita")
    for page in ("interview", "decision", "candidate"):
        assert client.get(reverse(f"admin:hiring_{page}_changelist"), {"q": "a"}).status_code == 200
    shown = client.get(reverse("admin:hiring_interview_change", args=[one.pk])).content.decode()
    assert "Meet the team" in shown
    assert "&lt;b&gt;Later" in shown
    assert "<b>Later" not in shown
    assert client.post(reverse("admin:hiring_interview_change", args=[one.pk])).status_code == 403
    form = client.get(reverse("admin:hiring_candidate_change", args=[jane.pk])).content.decode()
    assert 'type="file"' not in form
