"""Makes the README's pictures from the real thing: `python -m e2e.pictures` (needs Chromium and pdftoppm).

A spoken answer is the microphone of a real browser in a real interview; the report is one of docs/samples.
"""

import subprocess
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from e2e.conftest import FLAGS, Interview
from e2e.microphone import write_microphone
from e2e.served import Served
from e2e.server_process import ROOT
from e2e.signing_in import sign_in
from speech.backends.miniature import kept_model

IMAGES = ROOT / "docs" / "images"
KEYS = ("backend-migration", "backend-queue", "backend-conflict", "backend-mistake")
SAMPLE = ROOT / "docs" / "samples" / "middling-panel.pdf"
CHROMIUM = "/usr/bin/chromium"


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, Served(kept_model(ROOT / "bench" / "models")) as server:
        take_room(server, Path(folder))
        take_review(server)
    take_report()


def take_room(server: Served, folder: Path) -> None:
    """The live room in mid-answer, on a desktop and on a phone; and what a recruiter sees of the former."""
    wav = write_microphone(folder / "microphone.wav", "migration", lead_s=10)
    for name, width, height in (("room", 1120, 700), ("room-phone", 390, 780)):
        entry = server.make("interview", *KEYS)
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
            watching = _watch(browser, server, entry) if name == "room" else None
            expect(page.locator('[data-bind="finals"]')).to_contain_text("billing", timeout=60_000)
            time.sleep(2.5)  # so that a partial caption stands beside the final ones
            page.screenshot(path=IMAGES / f"{name}.png")
            if watching is not None:
                watching.screenshot(path=IMAGES / "monitor.png")
            browser.close()


def _watch(browser: Browser, server: Served, entry: dict[str, str]) -> Page:
    page = _console(browser, server)
    sign_in(page, Interview(**entry), f"/monitor/{entry['uuid']}/")
    expect(page.locator('[data-bind="link"]')).to_have_text("Live")
    return page


def _console(browser: Browser, server: Served) -> Page:
    size = {"width": 1280, "height": 860}
    return browser.new_page(base_url=f"http://localhost:{server.port}", viewport=size)  # type: ignore[arg-type]


def take_review(server: Served) -> None:
    """An answer beside its evaluation, once it was rated."""
    held = server.make("held")
    who = Interview(held["sessions"][0], "", held["user"], held["password"])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = _console(browser, server)
        sign_in(page, who, f"/review/{who.uuid}/")
        page.locator('#judged-2 input[name="score"][value="4"]').check()
        page.click("#judged-2 .rating button")
        expect(page.locator("#judged-2")).not_to_contain_text("Sealed")
        page.locator("#answer-2").scroll_into_view_if_needed()
        page.screenshot(path=IMAGES / "review.png")
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


def take_report() -> None:
    """Page 1 of a sample report, the one of the middling candidate: it has something in every place."""
    command = ["pdftoppm", "-r", "80", "-png", "-f", "1", "-l", "1", "-singlefile"]
    subprocess.run([*command, str(SAMPLE), str(IMAGES / "report")], check=True)


if __name__ == "__main__":
    main()
