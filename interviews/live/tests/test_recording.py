"""Segments on one line, whatever a former process or a full disk has left behind."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from interviews.live.recording import Recorder, Span, read_recording, store_spans
from interviews.models import Session

pytestmark = pytest.mark.django_db
ONES, TWOS = b"\1\0", b"\2\0"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    backend = "django.core.files.storage.FileSystemStorage"
    there = {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"recordings": there}
    return tmp_path


@pytest.fixture
def session() -> Session:
    return Session.objects.create(candidate_name="Ada")


def store(session: Session, *spans: Span) -> None:
    store_spans(session.pk, str(session.uuid), list(spans))


def test_what_was_stored_before_a_crash_stays_and_the_rest_is_added(session: Session) -> None:
    store(session, Span(0, ONES * 100))
    store(session, Span(0, ONES * 100 + TWOS * 60))
    assert read_recording(session) == ONES * 100 + TWOS * 60
    assert list(session.segments.values_list("offset", "samples")) == [(0, 100), (100, 60)]


def test_a_file_that_a_full_disk_cut_off_is_written_anew(session: Session) -> None:
    name = f"{session.uuid}/candidate/{0:012d}.wav"
    (Path(storages["recordings"].path(name))).parent.mkdir(parents=True)
    Path(storages["recordings"].path(name)).write_bytes(b"RIFF")
    store(session, Span(0, ONES * 100))
    assert read_recording(session) == ONES * 100


def test_what_could_not_be_stored_comes_first_the_next_time() -> None:
    recorder = Recorder(is_allowed=True)
    recorder.add(0, ONES * 10)
    taken = recorder.take(8)
    recorder.put_back(taken)
    recorder.add(10, TWOS * 10)
    assert recorder.take(20) == [Span(0, ONES * 10 + TWOS * 10)]
