"""What a candidate is told before anything is recorded or judged; its version is kept with their consent."""

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from interviews.live.process import get_process
from interviews.mind.facts import facts_of
from interviews.mind.ports import MindFacts
from interviews.models import Session
from interviews.reporting.policy import policy_of, version_read

NOTICE_VERSION = "2026-11-4"  # change it with every change of what the page or this module says


class Notice(NamedTuple):
    """The facts of one interview, as sentences."""

    version: str
    organisation: str
    hearing: str
    asking: str
    speaking: str
    retention_days: int
    contact_name: str
    contact_email: str
    own: str  # what the organisation itself says of interviews by this plan


def notice_for(session: Session) -> Notice:
    """This will say who is behind `session`, by which means it is held, and how long what is said is kept."""
    organisation, policy = session.organisation, policy_of(session)
    return Notice(
        version=version_read(NOTICE_VERSION, policy.notice),
        organisation=organisation.name if organisation else "",
        hearing=_hearing(),
        asking=_asking(),
        speaking=_speaking(),
        retention_days=organisation.retention_days if organisation else settings.RETENTION_DAYS,
        contact_name=organisation.contact_name if organisation else "",
        contact_email=organisation.contact_email if organisation else "",
        own=policy.notice,
    )


def _host(address: str) -> str:
    return urlsplit(address or "https://api.openai.com/").hostname or ""


def _hearing() -> str:
    if getattr(settings, "SPEECH_ENGINE", "auto") == "openai":
        host = _host(settings.SPEECH.openai_base_url)
        return f"Your voice is sent to {host}, where a program turns it into text."
    return hearing_here(get_process().health())


def hearing_here(facts: dict[str, Any]) -> str:
    """This will name the recogniser of this server, from what it says of its own health."""
    if facts.get("state") == "failed":
        return "Speech can't be turned into text here just now. You can type your answers instead."
    label, banner = str(facts.get("label", "")), facts.get("banner", "")
    named = f"A speech recogniser ({label})" if label else "A speech recogniser"
    simple = " It is a simple one and mishears some words; you can type wherever you like." if banner else ""
    return (
        f"{named} on the server of this site turns your voice into text. "
        f"Your voice goes to no other company.{simple}"
    )


def _asking() -> str:
    return asking_of(facts_of(settings.MIND))


def asking_of(mind: MindFacts) -> str:
    """This will say who words the questions and who reads the answers."""
    chosen = "A program on this server chooses which question comes next."
    if mind.name == "openai":
        return (
            f"{chosen} A language model ({mind.model} at {mind.host}) words what is said around the "
            "questions. It reads the text of your answers; if you agree to being judged by the AI, it "
            "judges them, too. It is given neither your name nor any arrangement made for you."
        )
    if mind.name == "external":
        return (
            f"{chosen} An engine at {mind.host} words what is said around the questions and reads the text "
            "of your answers."
        )
    return f"The questions were written by people. {chosen} No language model takes part."


def _speaking() -> str:
    if settings.VOICE == "openai":
        return (
            f"The voice you hear is artificial. It is made at {_host(settings.SPEECH.voice_base_url)}, "
            "which is sent the interviewer's words. Where it fails, your own browser reads them aloud."
        )
    return (
        "Your own browser reads the questions aloud. Where it has no voice, they stand on the page to read."
    )
