"""From one runner to the next: nothing heard twice, nobody left standing; and a disk that is full."""

from pathlib import Path
from typing import Any

from channels.db import database_sync_to_async

from interviews.live import inputs as inp
from interviews.live.recording import read_recording
from interviews.models import Session
from speech.listening import AudioSettled, UtteranceHeard

CONSENT = inp.ConsentDecided(notice_version="1", ai_evaluation=True, recording=True, listening=False)


async def _begin(attachment: Any, outlet: Any) -> None:
    attachment.offer(CONSENT)
    attachment.offer(inp.CandidateReadied())
    await outlet.receives("reply.finished")


async def test_a_page_that_returns_before_its_former_process_knows_is_sent_to_a_new_runner(
    stage: Any, session: Session, outlet: Any, make_stage: Any, make_outlet: Any
) -> None:
    """From here to another process and back within the seconds between two looks at the lease."""
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    other, there, back, again = make_stage("process-b"), make_outlet(), make_outlet(), make_outlet()
    away = await other.registry.attach(session.pk, there)
    await there.until(lambda: there.snapshots)
    await stage.registry.attach(session.pk, back)
    await back.until(lambda: back.closed)
    assert back.closed[0] == 4012
    await stage.registry.attach(session.pk, again)
    await again.until(lambda: again.snapshots)
    assert again.closed is None
    away.detach()
    await other.registry.shutdown()


async def test_words_that_were_logged_but_not_acknowledged_are_not_heard_again(
    stage: Any, session: Session, outlet: Any, make_stage: Any, make_outlet: Any
) -> None:
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    attachment.offer_audio(0, bytes(64_000))
    await stage.ear.hears(32_000)
    stage.ear.emit(UtteranceHeard(1, 500, 1_500, "Once only.", 0.9))
    await outlet.receives("transcript.final")
    other, page = make_stage("process-b"), make_outlet()
    attached = await other.registry.attach(session.pk, page)
    await page.until(lambda: page.snapshots)
    assert page.snapshots[0].audio_offset == 0, "the recording still needs it"
    assert other.ear.offset == 1_500 * 16, "the ear does not"
    attached.offer_audio(0, bytes(64_000))
    await other.ear.hears(32_000)
    assert other.ear.offset == 32_000
    attached.detach()
    await other.registry.shutdown()


async def test_a_full_disk_holds_back_the_acknowledgement_and_nothing_else(
    stage: Any, session: Session, outlet: Any, settings: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "recordings"
    options = {"location": str(folder)}
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"recordings": {"BACKEND": backend, "OPTIONS": options}}
    folder.write_text("no folder")
    attachment = await stage.registry.attach(session.pk, outlet)
    await _begin(attachment, outlet)
    attachment.offer_audio(0, b"\1\0" * 32_000)
    await stage.ear.hears(32_000)
    stage.ear.emit(AudioSettled(16_000))
    stage.ear.emit(UtteranceHeard(1, 500, 1_500, "It goes on.", 0.9))
    await outlet.receives("transcript.final")
    assert outlet.of("audio.ack") == []
    folder.unlink()
    stage.ear.emit(AudioSettled(32_000))
    assert (await outlet.receives("audio.ack"))["offset"] == 32_000
    assert await database_sync_to_async(read_recording)(session) == b"\1\0" * 32_000
