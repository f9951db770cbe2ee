"""The free question about groups: asked after the end where the organisation wants it, told to nobody."""

from typing import Any

import pytest

from accounts.models import Organisation
from interviews.models import GroupAnswer

pytestmark = pytest.mark.django_db(transaction=True)
AT = "/api/me/session/groups/"


def test_answered_replaced_and_taken_back(hiring: Any, told: Any) -> None:
    candidate = hiring.candidate
    assert told(candidate.get(AT), 200) == {"is_asked": False, "is_answered": False}
    Organisation.objects.update(collects_groups=True)
    assert told(candidate.put(AT, {"sex": "female"}), 409)["code"] == "not_asked"  # it is not over
    candidate.post(f"{hiring.path}start/")
    candidate.post(f"{hiring.path}end/")
    assert told(candidate.put(AT, {"sex": "female", "ethnicity": "asian"}), 200)["is_answered"]
    assert told(candidate.get(AT), 200) == {"is_asked": True, "is_answered": True}
    told(candidate.put(AT, {"ethnicity": "several"}), 200)
    assert GroupAnswer.objects.values_list("sex", "ethnicity").get() == ("", "several")
    assert set(told(candidate.put(AT, {"sex": "x"}), 400)["fields"]) == {"sex"}
    assert told(candidate.delete(AT), 200) == {"is_asked": True, "is_answered": False}
    told(candidate.put(AT, {"sex": "male"}), 200)
    told(candidate.put(AT, {}), 200)
    assert not GroupAnswer.objects.exists()


def test_members_have_no_part_in_it(hiring: Any, told: Any) -> None:
    told(hiring.recruiter.get(AT), 401)
    Organisation.objects.update(collects_groups=True)
    hiring.candidate.post(f"{hiring.path}start/")
    hiring.candidate.post(f"{hiring.path}end/")
    theirs = f"{AT}?session={hiring.made['session_id']}"  # the recruiter has made it
    told(hiring.recruiter.get(theirs), 403)
    told(hiring.recruiter.put(theirs, {"sex": "female"}), 403)
    told(hiring.recruiter.delete(theirs), 403)
    assert not GroupAnswer.objects.exists()
