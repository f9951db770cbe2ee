"""What a session cost at a language model is shown to its members and to nobody else."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from interviews.mind.settings import MindSettings
from interviews.models import ModelUse


@pytest.mark.django_db
def test_members_see_the_cost_and_candidates_do_not(hiring: Any, recruiter: APIClient) -> None:
    ModelUse.objects.create(
        session_id=hiring.made["id"], purpose="reply", model="a-model", requests=2, input_tokens=10
    )
    seen = recruiter.get(hiring.path).json()["model_use"]
    assert seen["models"] == ["a-model"]
    assert seen["requests"] == seen["by_purpose"]["reply"]["requests"] == 2
    assert seen["money"] is None
    assert hiring.candidate.get(hiring.path).json()["model_use"] is None


@pytest.mark.django_db
def test_a_session_that_asked_no_model_cost_nothing(hiring: Any, recruiter: APIClient) -> None:
    seen = recruiter.get(hiring.path).json()["model_use"]
    assert (seen["requests"], seen["by_purpose"], seen["models"]) == (0, {}, [])


@pytest.mark.django_db
def test_anyone_may_know_which_model_takes_part_but_not_where_it_runs(
    anyone: APIClient, settings: Any
) -> None:
    settings.MIND = MindSettings(openai_model="llama3.1", openai_base_url="http://gpu-box.internal:8000/v1")
    for path in ("/api/health/", "/api/info/"):
        answer = anyone.get(path)
        told = answer.json()
        assert (told["interviewer"], told["language_model"]) == ("openai", "llama3.1")
        assert b"gpu-box" not in answer.content


@pytest.mark.django_db
def test_a_candidate_is_told_where_their_words_are_read(guest: Any, settings: Any) -> None:
    settings.MIND = MindSettings(openai_model="llama3.1", openai_base_url="http://gpu-box.internal:8000/v1")
    notice = guest.get("/api/me/session/").json()["notice"]
    assert (notice["interviewer"], notice["language_model"]) == ("openai", "llama3.1")
    assert notice["language_model_host"] == "gpu-box.internal"
