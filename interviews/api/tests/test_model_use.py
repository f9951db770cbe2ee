"""What a session cost at a language model is shown to its members and to nobody else."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from interviews.models import ModelUse


@pytest.mark.django_db
def test_members_see_the_cost_and_candidates_do_not(hiring: Any, recruiter: APIClient) -> None:
    ModelUse.objects.create(
        session_id=hiring.made["id"], purpose="reply", model="a-model", requests=2, input_tokens=10
    )
    seen = recruiter.get(hiring.path).json()["model_use"]
    assert seen["models"] == ["a-model"]
    assert seen["total"]["requests"] == seen["by_purpose"]["reply"]["requests"] == 2
    assert seen["total"]["money"] is None
    assert hiring.candidate.get(hiring.path).json()["model_use"] is None


@pytest.mark.django_db
def test_a_session_that_asked_no_model_cost_nothing(hiring: Any, recruiter: APIClient) -> None:
    seen = recruiter.get(hiring.path).json()["model_use"]
    assert (seen["total"]["requests"], seen["by_purpose"], seen["models"]) == (0, {}, [])
