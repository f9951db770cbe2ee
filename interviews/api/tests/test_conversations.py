"""What was said, as a list that the REST clients know; and saying something through it."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient

from interviews.live.commands import submit
from interviews.live.recording import Span, store_spans
from interviews.models import Session, Turn
from interviews.sent_recordings import LINE, keep_recording

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/api/conversations/"
WORDS = (
    "First we moved the data in small batches, because nobody should lose orders. For example, last year a "
    "script compared every row in both databases, and in the end we had zero downtime."
)
FIELDS = [
    "id",
    "session",
    "session_id",
    "question",
    "speaker",
    "by",
    "channel",
    "message",
    "audio_file",
    "timestamp",
]


def test_the_candidates_words_and_the_reply_stand_in_the_list(guest: Any, told: Any) -> None:
    named = {"session_id": guest.made["session_id"], "speaker": "student"}
    early = told(guest.post(ADDRESS, named | {"message": WORDS}), 409)
    assert early["code"] == "not_started"
    told(guest.post(f"{guest.path}start/"), 200)
    first, second, third = guest.get(f"{guest.path}questions/").json()["results"]
    said = told(guest.post(ADDRESS, named | {"message": WORDS, "question": first["id"]}), 201)
    assert list(said) == [*FIELDS, "session_status", "reply"]
    assert (said["speaker"], said["message"], said["question"]) == ("student", WORDS, first["id"])
    assert (said["session"], said["audio_file"], said["channel"]) == (guest.made["id"], None, "typed")
    assert said["reply"]["text"]
    other = {"session": guest.made["id"], "speaker": "student", "message": WORDS}
    ahead = told(guest.post(ADDRESS, other | {"question": third["id"]}), 201)
    assert ahead["question"] == third["id"]
    back = told(guest.post(ADDRESS, other | {"question": second["id"]}), 409)
    assert back["code"] == "question_passed"

    listed = told(guest.get(ADDRESS), 200)["results"]
    assert [list(one) for one in listed] == [FIELDS] * len(listed)
    assert [one["speaker"] for one in listed][:3] == ["ai", "student", "ai"]
    assert listed[-2]["id"] == ahead["id"]
    assert {one["session_id"] for one in listed} == {guest.made["session_id"]}
    assert told(guest.get(f"{ADDRESS}?speaker=student"), 200)["count"] == 2
    assert told(guest.get(f"{ADDRESS}{said['id']}/"), 200) == listed[1]
    told(guest.get(f"{ADDRESS}{said['id']}/audio/"), 404)
    told(guest.post(f"{guest.path}end/"), 200)
    assert told(guest.post(ADDRESS, other), 409)["code"] == "session_over"


def test_who_may_read_and_speak(
    hiring: Any, guest: Any, stranger: Any, anyone: Any, make_user: Any, as_user: Any, told: Any
) -> None:
    told(hiring.candidate.post(f"{hiring.path}start/"), 200)
    greeting = told(hiring.candidate.get(ADDRESS), 200)["results"][0]
    one, of_session = f"{ADDRESS}{greeting['id']}/", f"{ADDRESS}?session_id={hiring.made['session_id']}"
    body = {"session_id": hiring.made["session_id"], "speaker": "student", "message": WORDS}
    reviewer = as_user(make_user("rev", "reviewer"))
    for client, reading, speaking in (
        (anyone, 401, 401),
        (stranger, 404, 404),
        (guest, 404, 404),
        (reviewer, 200, 403),
        (hiring.recruiter, 200, 201),
    ):
        for address in (one, of_session):
            told(client.get(address), reading)
        told(client.post(ADDRESS, body), speaking)
    told(anyone.get(ADDRESS), 401)
    told(anyone.get(f"{ADDRESS}{2**70}/"), 401)
    told(reviewer.get(f"{ADDRESS}{2**70}/"), 404)
    told(reviewer.get(f"{ADDRESS}{2**62}/audio/"), 404)
    assert told(stranger.get(ADDRESS), 200)["count"] == 0
    assert told(guest.get(ADDRESS), 200)["count"] == 0
    as_ai = {**body, "speaker": "ai"}
    assert told(hiring.recruiter.post(ADDRESS, as_ai), 409)["code"] == "interviewer_speaks"
    told(hiring.candidate.post(ADDRESS, as_ai), 403)
    told(reviewer.post(ADDRESS, as_ai), 403)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"session_id": None}, "session_id"),
        ({"speaker": "cat"}, "speaker"),
        ({"message": ""}, "message"),
        ({"message": "x" * 5001}, "message"),
        ({"message": "nul \0"}, "message"),
        ({"question": 2**70}, "question"),
        ({"question": 0}, "question"),
        ({"question": "first"}, "question"),
        ({"audio_file": "no file"}, "audio_file"),
    ],
)
def test_entries_that_are_none(guest: Any, told: Any, wish: dict[str, Any], field: str) -> None:
    body = {"session_id": guest.made["session_id"], "speaker": "student", "message": WORDS}
    assert field in told(guest.post(ADDRESS, body | wish), 400)["fields"]


def test_lists_cost_the_same_however_long(hiring: Any, told: Any, django_assert_num_queries: Any) -> None:
    told(hiring.candidate.post(f"{hiring.path}start/", {"consent": {"recording": True}}), 200)
    told(hiring.recruiter.get(ADDRESS), 200)
    for _ in range(2):
        with django_assert_num_queries(6):
            told(hiring.recruiter.get(ADDRESS), 200)
        made = hiring.recruiter.post("/api/sessions/", {"num_questions": 1}).json()
        told(hiring.recruiter.post(f"/api/sessions/{made['id']}/start/"), 200)


def test_a_question_put_in_by_a_person_is_named_where_it_was_asked(hiring: Any, told: Any) -> None:
    told(hiring.candidate.post(f"{hiring.path}start/"), 200)
    session = Session.objects.get(pk=hiring.made["id"])
    payload = {"text": "Why this company?", "verbatim": True}
    submit(session, command_id="queue-1", kind="question.queue", payload=payload, by_name="Rita")
    body = {"session_id": hiring.made["id"], "speaker": "student"}
    for text in (WORDS, WORDS, "I like it."):
        told(hiring.candidate.post(ADDRESS, body | {"message": text}), 201)
    asked = {one["question"] for one in told(hiring.recruiter.get(ADDRESS), 200)["results"]}
    assert session.questions.get(text="Why this company?").pk in asked


def test_what_was_recorded_on_the_line_is_heard_turn_by_turn(guest: Any, told: Any) -> None:
    told(guest.post(f"{guest.path}start/", {"consent": {"recording": True}}), 200)
    told(guest.post(f"{guest.path}turns/", {"text": WORDS}), 201)
    turn = guest.session.turns.get(speaker=Turn.Speaker.CANDIDATE)
    Turn.objects.filter(pk=turn.pk).update(start_ms=500, end_ms=1_500, channel="voice")
    store_spans(turn.session_id, guest.made["session_id"], [Span(0, b"\1\0" * 32_000)], LINE)
    address = told(guest.get(f"{ADDRESS}{turn.pk}/"), 200)["audio_file"]
    heard = guest.get(address)
    assert (heard.status_code, heard["Content-Type"]) == (200, "audio/wav")
    assert b"".join(heard.streaming_content)[44:] == b"\1\0" * 16_000
    greeting = guest.session.turns.get(speaker=Turn.Speaker.INTERVIEWER, number=1)
    assert told(guest.get(f"{ADDRESS}{greeting.pk}/"), 200)["audio_file"] is None


async def test_a_recording_is_understood_said_and_kept_with_consent(
    make_guest: Any, hearing: AsyncClient, spoken: bytes, told: Any
) -> None:
    def begun(**consent: bool) -> Any:
        guest = make_guest()
        told(guest.post(f"{guest.path}start/", {"consent": consent}), 200)
        return guest

    async def send(guest: Any, data: bytes, **more: str) -> Any:
        file = SimpleUploadedFile("speech.webm", data)
        body = {"session_id": guest.made["session_id"], "speaker": "student", "audio_file": file, **more}
        return await hearing.post(f"{ADDRESS}?t={guest.made['public_token']}", body)

    def fetch(guest: Any, address: str) -> bytes:
        return b"".join(guest.get(address).streaming_content)

    guest = await sync_to_async(begun)(recording=True)
    said = told(await send(guest, spoken), 201)
    assert (said["message"][:12], said["channel"]) == ("Hello there.", "voice")
    kept = await sync_to_async(fetch)(guest, said["audio_file"])
    assert kept[:4] == b"RIFF"
    assert len(kept) > 32_000
    with_words = told(await send(guest, spoken, message="As I said."), 201)
    assert (with_words["message"], with_words["channel"]) == ("As I said.", "typed")
    assert with_words["audio_file"] not in {None, said["audio_file"]}
    silent = kept[:44] + bytes(len(kept) - 44)
    assert "audio_file" in told(await send(guest, silent), 400)["fields"]
    told(await send(guest, b"#EXTM3U\nhttp://127.0.0.1/secret\n"), 415)
    assert (await sync_to_async(guest.get)(f"{guest.path}recording/")).status_code == 404  # not of the line

    without = await sync_to_async(begun)()
    said = told(await send(without, spoken), 201)
    assert said["audio_file"] is None
    kept_too = Session.objects.filter(uuid=without.made["session_id"], segments__isnull=False)
    assert not await kept_too.aexists()


def test_a_recording_that_cannot_be_stored_leaves_the_words(guest: Any, settings: Any, told: Any) -> None:
    told(guest.post(f"{guest.path}start/", {"consent": {"recording": True}}), 200)
    told(guest.post(f"{guest.path}turns/", {"text": WORDS}), 201)
    turn = guest.session.turns.get(speaker=Turn.Speaker.CANDIDATE)
    broken = settings.STORAGES["recordings"] | {"OPTIONS": {"location": "/proc/nowhere"}}
    settings.STORAGES = settings.STORAGES | {"recordings": broken}
    assert not keep_recording(turn, bytes(3_200))
    assert told(guest.get(f"{ADDRESS}{turn.pk}/"), 200)["audio_file"] is None
