"""Pages, filters and fields: what is out of bounds is told, and never reaches the database."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from rest_framework.exceptions import ValidationError as Refused

from rest.fields import Flag, Reference, Text
from rest.filters import IdField, MomentField, in_utc

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", ["0", "-1", "null", "", "1e3", "٣"])
def test_a_page_size_that_is_none(recruiter: Any, told: Any, size: str) -> None:
    error = told(recruiter.get(f"/api/sessions/?page_size={size}"), 400)
    assert set(error["fields"]) == {"page_size"}


def test_a_page_has_a_hundred_at_most(recruiter: Any, told: Any) -> None:
    assert told(recruiter.get("/api/question-bank/?page_size=99999999999"), 200)["results"][100:] == []


def test_a_time_that_leaves_the_calendar() -> None:
    with pytest.raises(ValidationError):
        in_utc(datetime(9999, 12, 31, 23, 59, tzinfo=timezone(-timedelta(hours=23))))
    assert in_utc(datetime(259, 2, 15, tzinfo=timezone(-timedelta(hours=20)))) == datetime(
        259, 2, 15, 20, tzinfo=UTC
    )


def test_a_filter_by_time_hands_on_utc() -> None:
    assert MomentField().clean("1781-02-16T19:49:33-20:53") == datetime(1781, 2, 17, 16, 42, 33, tzinfo=UTC)
    assert MomentField().clean("1781-02-16T19:49:33-20:53").tzinfo is UTC


@pytest.mark.parametrize("number", ["0", "-1", "9223372036854775808", "1.0", "٣", " 1", "x"])
def test_numbers_that_no_row_has(number: str) -> None:
    with pytest.raises(ValidationError):
        IdField().clean(number)
    assert IdField().clean("9223372036854775807") == 2**63 - 1


@pytest.mark.parametrize("asked", ["created_after=", "status=", "interviewer_id=", "purpose="])
def test_filters_without_a_value(recruiter: Any, told: Any, asked: str) -> None:
    error = told(recruiter.get(f"/api/sessions/?{asked}"), 400)
    assert set(error["fields"]) == {asked.removesuffix("=")}


def test_an_offset_that_postgres_would_not_take(recruiter: Any, told: Any) -> None:
    told(recruiter.get("/api/sessions/?created_after=0259-02-15T00:24:57.4222-20:45"), 200)


@pytest.mark.parametrize("value", [0, 1.5, True, [], {}])
def test_text_is_text(value: Any) -> None:
    with pytest.raises(Refused):
        Text().run_validation(value)


@pytest.mark.parametrize("value", [1.0, True, None, "", "x" * 65, [], {}])
def test_a_row_is_named_by_a_number_or_by_words(value: Any) -> None:
    with pytest.raises(Refused):
        Reference().run_validation(value)
    assert (Reference().run_validation(7), Reference().run_validation("7")) == ("7", "7")


@pytest.mark.parametrize("value", [0, 1, "yes", "on", "", None, [], {}, float("nan")])
def test_a_flag_is_true_or_false(value: Any) -> None:
    with pytest.raises(Refused):
        Flag().run_validation(value)
    assert (Flag().run_validation("True"), Flag().run_validation(False)) == (True, False)


@pytest.mark.parametrize(
    "asked",
    [
        "events/?limit=0",
        "events/?limit=501",
        "events/?after_seq=",
        "events/?after_seq=٣",
        "score/?generate_summary=1",
    ],
)
def test_what_stands_behind_the_question_mark_is_read_strictly(hiring: Any, told: Any, asked: str) -> None:
    error = told(hiring.recruiter.get(hiring.path + asked), 400)
    assert set(error["fields"]) == {asked.partition("?")[2].partition("=")[0]}


def test_a_word_that_is_none_of_the_choices_is_told_all_of_them(recruiter: Any, told: Any) -> None:
    error = told(recruiter.post("/api/sessions/", {"job_role": "Nurse", "question_type": "odd"}), 400)
    assert error["fields"] == {
        "question_type": ["This must be one of: mixed, technical, behavioral, coding, system_design."]
    }
