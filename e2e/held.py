"""An interview that was held over the interface, with a spoken answer, for pages that come after it."""

import secrets
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import APIRequestContext, APIResponse, Page, expect

from e2e.microphone import ANSWERS

ROLE = "Backend engineer"


@dataclass(frozen=True)
class Held:
    """How to enter it, as candidate and as the recruiter who made it."""

    uuid: str
    number: int
    token: str
    user: str
    password: str
    name: str  # of the candidate; nobody else is called so


def hold(api: APIRequestContext, interview: Any, *, says: str = "background") -> Held:
    """A plan with second answers, a candidate with an address, one answer by voice; it is over."""
    made = make(api, interview)
    link = {"X-Interview-Token": made.token}
    consent = {"notice_version": "1", "ai_evaluation": True, "recording": True, "listening": False}
    path = f"/api/sessions/{made.uuid}/"
    _told(api.post(f"{path}start/", headers=link, data={"consent": consent}))
    recording = (ANSWERS / f"{says}.flac").read_bytes()
    said: dict[str, Any] = {
        "session_id": made.uuid,
        "speaker": "student",
        "audio_file": {"name": "said.flac", "mimeType": "audio/flac", "buffer": recording},
    }
    _told(api.post("/api/conversations/", headers=link, multipart=said))
    _told(api.post(f"{path}end/", headers=link))
    return made


def make(api: APIRequestContext, interview: Any) -> Held:
    """The same before it is held. `interview` tells who the recruiter is."""
    signed = _told(
        api.post("/api/auth/login/", data={"username": interview.user, "password": interview.password})
    )
    bearer = {"Authorization": f"Bearer {signed['access']}"}
    plan = {"role": ROLE, "num_questions": 2, "name": "With second answers", "redo": "once"}
    kept = _told(api.post("/api/plans/", headers=bearer, data=plan))
    name = f"Zoë Łukasiewicz-{secrets.token_hex(3)}"
    person = {"name": name, "email": "zoe@own.example"}
    candidate = _told(api.post("/api/candidates/", headers=bearer, data=person))
    wish = {"plan_id": kept["id"], "candidate_id": candidate["id"], "title": "First talk"}
    session = _told(api.post("/api/sessions/", headers=bearer, data=wish))
    return Held(
        session["session_id"],
        session["id"],
        session["public_token"],
        interview.user,
        interview.password,
        name,
    )


def open_room(page: Page, held: Held) -> None:
    page.goto(f"/i/{held.token}/")
    expect(page.locator("h1")).to_be_visible()


def _told(answer: APIResponse) -> Any:
    assert answer.ok, answer.text()
    return answer.json()
