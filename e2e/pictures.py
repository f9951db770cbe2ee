"""Makes the README's pictures from the real thing: `python -m e2e.pictures` (needs Chromium and pdftoppm).

A spoken answer is the microphone of a real browser in a real interview; the report is the one that comes out.
"""

import asyncio
import json
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.request import Request, urlopen

from playwright.sync_api import Page, expect, sync_playwright

from consumers.candidate_client import CandidateClient
from e2e.conftest import FLAGS
from e2e.microphone import ANSWERS, write_microphone
from e2e.served import Served
from e2e.server_process import ROOT
from speech.backends.miniature import kept_model
from speech.decoding import decode

IMAGES = ROOT / "docs" / "images"
KEYS = ("backend-migration", "backend-queue", "backend-conflict", "backend-mistake")
SPOKEN = ("migration", "queue", "conflict", "mistake")
CHROMIUM = "/usr/bin/chromium"


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Served(kept_model(ROOT / "bench" / "models")) as server:
        take_room(server, Path(folder))
        take_report(server, Path(folder))


def take_room(server: Served, folder: Path) -> None:
    """The live room in mid-answer, on a desktop and on a phone."""
    wav = write_microphone(folder / "microphone.wav", "migration", lead_s=10)
    for name, width, height in (("room", 1120, 700), ("room-phone", 390, 780)):
        entry = json.loads(server.run("-m", "e2e.make_interview", *KEYS).splitlines()[-1])
        with sync_playwright() as playwright:
            capture = f"--use-file-for-fake-audio-capture={wav}%noloop"
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, capture])
            context = browser.new_context(
                base_url=f"http://localhost:{server.port}",
                permissions=["microphone"],
                viewport={"width": width, "height": height},
            )
            page = context.new_page()
            _come_in(page, entry["token"])
            expect(page.locator('[data-bind="finals"]')).to_contain_text("billing", timeout=60_000)
            time.sleep(2.5)  # so that a partial caption stands beside the final ones
            page.screenshot(path=IMAGES / f"{name}.png")
            browser.close()


def _come_in(page: Page, token: str) -> None:
    page.goto(f"/i/{token}/")
    page.click('[data-action="to-consent"]')
    page.check('[name="ai_evaluation"]')
    page.check('[name="recording"]')
    page.click('[data-form="consent"] button.is-main')
    page.click('[data-action="mic-open"]')
    page.click('[data-action="to-practice"]')
    page.click('[data-action="to-begin"]')
    page.click('[data-action="begin"]')
    expect(page.locator('[data-action="interrupt"]')).to_be_visible(timeout=20_000)
    page.locator('[data-bind="question"]').focus()
    page.keyboard.press("Space")


def take_report(server: Served, folder: Path) -> None:
    """Page 1 of the panel edition, after an interview that was really spoken."""
    entry = json.loads(server.run("-m", "e2e.make_interview", *KEYS).splitlines()[-1])
    asyncio.run(_converse(server, entry))
    signed_in = _post(server, "/api/auth/login/", {"username": entry["user"], "password": entry["password"]})
    address = f"http://127.0.0.1:{server.port}/api/reports/{entry['uuid']}/pdf/?edition=panel"
    request = Request(address, headers={"Authorization": f"Bearer {signed_in['access']}"})
    with urlopen(request, timeout=60) as answer:  # noqa: S310
        (folder / "report.pdf").write_bytes(answer.read())
    command = ["pdftoppm", "-r", "80", "-png", "-f", "1", "-l", "1", "-singlefile"]
    subprocess.run([*command, str(folder / "report.pdf"), str(IMAGES / "report")], check=True)


async def _converse(server: Served, entry: dict[str, str]) -> None:
    url = f"ws://127.0.0.1:{server.port}/ws/interviews/{entry['uuid']}/"
    client = CandidateClient(url, entry["token"], voice_speed=4.0)
    try:
        await client.start()
        await client.begin()
        for name in SPOKEN:
            await client.wait_for_floor()
            ended = len(client.of("turn.ended"))
            client.say(decode((ANSWERS / f"{name}.flac").read_bytes()).pcm)
            await client.until(lambda ended=ended: len(client.of("turn.ended")) > ended)
        await client.wait_for_floor()
        await client.send({"type": "session.end"})
        await client.until(lambda: client.is_over)
    finally:
        await client.close()


def _post(server: Served, path: str, content: dict[str, str]) -> dict[str, str]:
    body = json.dumps(content).encode()
    headers = {"Content-Type": "application/json"}
    request = Request(f"http://127.0.0.1:{server.port}{path}", data=body, headers=headers)
    with urlopen(request, timeout=30) as answer:  # noqa: S310
        given: dict[str, str] = json.load(answer)
    return given


if __name__ == "__main__":
    main()
