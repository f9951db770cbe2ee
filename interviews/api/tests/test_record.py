"""Events, transcript, recording and notes."""

import io
import wave
from typing import Any

import numpy as np
import pytest
from django.test import AsyncClient

from interviews.live.commands import submit
from interviews.live.recording import Span, store_spans
from interviews.models import Session, Turn

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "We moved the data in small batches, because nobody should lose orders."


@pytest.fixture
def storage(settings: Any, tmp_path: Any) -> None:
    backend = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = {**settings.STORAGES, "recordings": backend}


@pytest.fixture
def recorded(storage: None, guest: Any) -> tuple[Any, bytes]:
    """Two seconds of sound with a gap between them, and a turn from 0.5 s to 1 s."""
    guest.post(f"{guest.path}start/", {"consent": {"recording": True}})
    session = guest.session
    ramp = np.arange(16_000, dtype="<i2").tobytes()
    store_spans(session.pk, str(session.uuid), [Span(0, ramp), Span(32_000, ramp)])
    Turn.objects.create(
        session=session,
        speaker="candidate",
        number=7,
        seq=99,
        start_ms=500,
        end_ms=1000,
        at=session.created_at,
    )
    return guest, ramp + bytes(32_000) + ramp


def pcm_of(body: bytes) -> bytes:
    with wave.open(io.BytesIO(body), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        return file.readframes(file.getnframes())


def test_the_whole_recording(recorded: Any) -> None:
    guest, pcm = recorded
    answer = guest.get(f"{guest.path}recording/")
    body = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "audio/wav"
    assert int(answer["Content-Length"]) == len(body)
    assert pcm_of(body) == pcm


def test_one_turn_of_it(recorded: Any, told: Any) -> None:
    guest, pcm = recorded
    answer = guest.get(f"{guest.path}recording/?turn=7")
    assert pcm_of(b"".join(answer.streaming_content)) == pcm[16_000:32_000]
    told(guest.get(f"{guest.path}recording/?turn=8"), 404)
    told(guest.get(f"{guest.path}recording/?turn=x"), 400)


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [("bytes=0-9", 0, 10), ("bytes=40-63", 40, 64), ("bytes=-8", -8, None), ("bytes=95000-", 95000, None)],
)
def test_ranges(recorded: Any, header: str, first: int, last: int | None) -> None:
    guest, _ = recorded
    whole = b"".join(guest.get(f"{guest.path}recording/").streaming_content)
    part = guest.get(f"{guest.path}recording/", HTTP_RANGE=header)
    assert part.status_code == 206
    assert b"".join(part.streaming_content) == whole[first:last]
    assert part["Content-Range"].endswith(f"/{len(whole)}")


def test_a_range_beyond_the_end(recorded: Any) -> None:
    guest, _ = recorded
    assert guest.get(f"{guest.path}recording/", HTTP_RANGE="bytes=999999-").status_code == 416


async def test_it_streams_under_asgi_as_well(recorded: Any, browser: AsyncClient) -> None:
    guest, pcm = recorded
    answer = await browser.get(f"{guest.path}recording/?t={guest.made['public_token']}")
    assert pcm_of(b"".join([piece async for piece in answer.streaming_content])) == pcm


def test_withdrawn_consent_closes_the_recording(recorded: Any, told: Any) -> None:
    guest, _ = recorded
    Session.objects.update(consent={"recording": False})
    assert told(guest.get(f"{guest.path}recording/"), 404)["code"] == "no_recording"


def test_the_log_as_each_may_read_it(hiring: Any, told: Any) -> None:
    told(hiring.candidate.post(f"{hiring.path}start/"), 200)
    told(hiring.candidate.post(f"{hiring.path}turns/", {"text": WORDS}), 201)
    all_of_it = told(hiring.recruiter.get(f"{hiring.path}events/"), 200)
    types = {one["type"] for one in all_of_it["events"]}
    assert {"turn.ended", "reply.planned", "consent.changed"} <= types
    assert "session.opened" not in types
    public = told(hiring.candidate.get(f"{hiring.path}events/"), 200)
    assert {"turn.ended", "reply.finished"} <= {one["type"] for one in public["events"]}
    assert "reply.planned" not in {one["type"] for one in public["events"]}


def test_a_whisper_is_in_the_log_and_for_the_members_alone(hiring: Any, told: Any) -> None:
    told(hiring.candidate.post(f"{hiring.path}start/"), 200)
    session = Session.objects.get(uuid=hiring.made["session_id"])
    submit(session, command_id="w-1", kind="whisper", payload={"text": "Ask about bananas."})
    told(hiring.candidate.post(f"{hiring.path}turns/", {"text": WORDS}), 201)
    assert "bananas" in hiring.recruiter.get(f"{hiring.path}events/?type=whisper.given").content.decode()
    for path in (
        "events/",
        "events/?type=whisper.given",
        "events/?type=reply.planned",
        "transcript/",
        "turns/",
    ):
        assert "bananas" not in hiring.candidate.get(f"{hiring.path}{path}").content.decode()


def test_the_log_in_pieces(hiring: Any, told: Any) -> None:
    told(hiring.candidate.post(f"{hiring.path}start/"), 200)
    seqs: list[int] = []
    after: int | None = 0
    while after is not None:
        page = told(hiring.recruiter.get(f"{hiring.path}events/?after_seq={after}&limit=3"), 200)
        seqs += [one["seq"] for one in page["events"]]
        after = page["next_after_seq"]
    assert seqs == sorted(set(seqs))
    assert seqs[-1] == page["seq"]
    for wrong in ("after_seq=-1", "after_seq=x", "limit=0", "limit=9999"):
        told(hiring.recruiter.get(f"{hiring.path}events/?{wrong}"), 400)


def test_the_transcript_holds_both_sides(guest: Any, told: Any) -> None:
    guest.post(f"{guest.path}start/")
    guest.post(f"{guest.path}turns/", {"text": WORDS})
    transcript = told(guest.get(f"{guest.path}transcript/"), 200)
    assert [turn["speaker"] for turn in transcript["turns"]] == ["interviewer", "candidate", "interviewer"]
    assert transcript["turns"][1]["text"] == WORDS


def test_notes_are_kept_in_the_log_and_after_it(hiring: Any, told: Any) -> None:
    told(hiring.candidate.post(f"{hiring.path}start/"), 200)
    note = told(hiring.recruiter.post(f"{hiring.path}notes/", {"text": "Calm.", "at_ms": 1500}), 201)
    assert (note["text"], note["at_ms"], note["author_name"]) == ("Calm.", 1500, "Rita")
    told(hiring.candidate.post(f"{hiring.path}end/"), 200)
    told(hiring.recruiter.post(f"{hiring.path}notes/", {"text": "Afterwards."}), 201)
    notes = told(hiring.recruiter.get(f"{hiring.path}notes/"), 200)["results"]
    assert [one["text"] for one in notes] == ["Calm.", "Afterwards."]
    events = told(hiring.recruiter.get(f"{hiring.path}events/?type=note.added"), 200)["events"]
    assert [one["payload"]["text"] for one in events] == ["Calm."]
    told(hiring.candidate.get(f"{hiring.path}notes/"), 403)


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": "x" * 2001}, {"text": "a", "at_ms": -1}, {"text": "\0"}]
)
def test_notes_that_are_none(hiring: Any, told: Any, body: dict[str, Any]) -> None:
    assert told(hiring.recruiter.post(f"{hiring.path}notes/", body), 400)["fields"]


def test_reviewers_note_and_observers_do_not(hiring: Any, make_user: Any, as_user: Any, told: Any) -> None:
    Session.objects.update(status="completed")
    told(as_user(make_user("rev", "reviewer")).post(f"{hiring.path}notes/", {"text": "Good."}), 201)
    told(as_user(make_user("obs", "observer")).post(f"{hiring.path}notes/", {"text": "Good."}), 403)
