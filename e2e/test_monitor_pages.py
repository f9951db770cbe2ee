"""The live list and the monitor in every state, clean under axe in both themes, on a phone and a desktop."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e import monitor_scenes as scenes
from e2e.accessible import check
from e2e.make_colleague import PASSWORD
from e2e.scripted_microphone import ScriptedMicrophone
from e2e.scripted_socket import ScriptedSocket
from e2e.served import Served
from e2e.signing_in import fill_in, sign_in
from e2e.stepping import outcome, words
from e2e.waiting import until

pytestmark = pytest.mark.browser


@pytest.fixture
def watched(page: Page, make_interview: Callable) -> tuple[ScriptedSocket, Any]:
    """A recruiter who is signed in, and what the server will say to their pages."""
    interview = make_interview("backend-background")
    socket = ScriptedSocket(page, "/ws/monitor/", scenes.listing([]))
    sign_in(page, interview, "/monitor/")
    expect(page.get_by_text("No interview is running just now.")).to_be_visible()
    return socket, interview


def open_one(page: Page, watched: tuple[ScriptedSocket, Any], **fields: Any) -> ScriptedSocket:
    socket, interview = watched
    socket.snapshot = scenes.snapshot(**fields)
    page.goto(f"/monitor/{interview.uuid}/")
    expect(page.locator('[data-bind="link"]')).to_have_text("Live")
    return socket


def accept(socket: ScriptedSocket, command: str, *events: tuple[str, dict[str, Any]]) -> None:
    """Have the server carry that command out, with what it logs before its answer."""

    def answer(message: dict[str, Any]) -> None:
        for name, fields in events:
            socket.log(name, at=scenes.ago(0), **fields)
        socket.say({"type": "command.done", "command_id": message["command_id"]})

    socket.answers[command] = answer


def refuse(socket: ScriptedSocket, command: str, words: str) -> None:
    socket.answers[command] = lambda message: socket.say(
        {"type": "command.rejected", "command_id": message["command_id"], "code": "paused", "message": words}
    )


def open_deck(page: Page) -> None:
    """On a phone the deck is opened first. It is drawn a frame after the line is said to be live."""
    expect(page.locator('[data-region="commands"]')).to_be_visible()
    if page.locator('[data-action="deck"]').is_visible():
        page.click('[data-action="deck"]')


def test_the_live_list(page: Page, watched: tuple[ScriptedSocket, Any]) -> None:
    socket, _ = watched
    check(page)
    for one in scenes.cards():
        socket.say({"type": "monitor.card", "session": one})
    names = page.locator('.live-card [data-part="name"]')
    expect(names).to_have_count(6)
    expect(names.first).to_have_text("Ines")
    first = page.locator(".live-card").first
    expect(first).to_contain_text("reconnecting")
    expect(first).to_contain_text("2 skipped, 1 long silence")
    check(page)

    page.select_option('[name="role"]', "Data analyst")
    expect(names).to_have_text(["Omar"])
    page.check('[name="mine"]')
    expect(page.get_by_text("None of the running interviews is among these.")).to_be_visible()
    check(page)
    page.select_option('[name="role"]', "")
    page.uncheck('[name="mine"]')
    socket.say({"type": "monitor.gone", "id": 3})
    expect(names).to_have_count(5)


def test_only_the_beginning_of_trouble_is_announced(page: Page, watched: tuple[ScriptedSocket, Any]) -> None:
    socket, _ = watched
    said = page.locator('[data-bind="announcement"]')
    well = scenes.card(1, "Zoë Ł.")
    socket.say({"type": "monitor.card", "session": well})
    expect(page.locator(".live-card")).to_have_count(1)
    expect(said).to_have_text("")
    away = {**well, "is_connected": False, "away_since_at": scenes.ago(2), "trouble": 100}
    socket.say({"type": "monitor.card", "session": away})
    expect(said).to_contain_text("Zoë Ł.: reconnecting")
    heard = said.text_content()
    socket.say({"type": "monitor.card", "session": {**away, "drops": 2}})
    expect(page.locator(".live-card")).to_contain_text("2 drops")
    assert said.text_content() == heard


def test_one_interview(page: Page, watched: tuple[ScriptedSocket, Any]) -> None:
    socket = open_one(page, watched)
    scenes.talk(socket)
    expect(page.locator(".talk")).to_contain_text("The hardest part was <i>keeping</i> the two in step.")
    expect(page.locator(".talk")).to_contain_text("unsure 42 %")
    expect(page.locator('[data-bind="partial"]')).to_have_text("So every night we…")
    expect(page.locator(".latencies li")).to_have_count(10)
    expect(page.locator('[data-bind="present"]')).to_contain_text("Sam (observer), listens")
    expect(page.locator('[data-bind="consent"]')).to_have_text("evaluation, recording, listening")
    second = page.locator('.plan > [data-number="2"]')
    expect(second).to_contain_text("1/4")
    socket.say({"type": "coverage", "number": 2, "covered": [0, 1, 2]})
    expect(second).to_contain_text("3/4")
    second.locator("summary").click()
    expect(second.locator(".points")).to_contain_text("✓ heard · Has a way back")
    check(page)
    open_deck(page)
    check(page)
    page.click(".offers summary")
    check(page)


def test_a_refusal_keeps_what_was_typed(page: Page, watched: tuple[ScriptedSocket, Any]) -> None:
    socket = open_one(page, watched)
    open_deck(page)
    refuse(socket, "whisper", "The interview is paused.")
    words(page, "whisper", "Ask about the way back.")
    expect(outcome(page)).to_have_text("The interview is paused.")
    expect(page.locator("#words")).to_have_value("Ask about the way back.")
    check(page)
    accept(socket, "whisper")
    page.click('[data-bind="words-send"]')
    expect(page.locator("#words")).to_have_value("")
    assert [one["text"] for one in socket.heard if one["type"] == "whisper"] == [
        "Ask about the way back."
    ] * 2


def test_taking_over_by_voice(page: Page, watched: tuple[ScriptedSocket, Any]) -> None:
    microphone = ScriptedMicrophone(page)
    socket = open_one(page, watched)
    scenes.talk(socket)
    accept(socket, "takeover.start", ("takeover.started", {"by": "Dana Adeyemi", "ref": "r1"}))
    accept(
        socket,
        "takeover.end",
        ("takeover.ended", {"by": "Dana Adeyemi", "ref": "r1", "reason": "handed_back"}),
    )
    page.click('[data-command="takeover.start"]')
    expect(page.get_by_text("You are speaking with the candidate.")).to_be_visible()
    check(page)
    accept(socket, "listen.start")
    page.click('[data-action="mic"]')
    expect(page.locator('[data-bind="mic-words"]')).to_have_text("The candidate hears you.")
    expect(page.locator('[data-bind="listen-words"]')).to_contain_text("You are listening")
    until(page, lambda: len(socket.audio) > 2)
    page.click('[data-action="mute"]')
    expect(page.locator('[data-bind="mic-words"]')).to_have_text("You are muted.")
    check(page)
    page.click('[data-command="takeover.end"]')
    expect(page.get_by_text("You are speaking with the candidate.")).to_be_hidden()
    expect(page.locator('[data-command="takeover.start"]')).to_be_focused()
    offsets = [int.from_bytes(chunk[:8], "little") for chunk in socket.audio]
    assert offsets == list(range(0, 1600 * len(offsets), 1600))
    until(page, lambda: not microphone.is_open())  # or it would go on after handing back


def test_listening(page: Page, watched: tuple[ScriptedSocket, Any]) -> None:
    socket = open_one(page, watched, hears=False)
    button = page.locator('[data-action="listen"]')
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(page.locator('[data-bind="listen-words"]')).to_contain_text("not agreed")
    check(page)
    socket.log("consent.changed", at=scenes.ago(0), **scenes.CONSENT)
    expect(button).to_have_attribute("aria-disabled", "false")
    accept(socket, "listen.start")
    button.click()
    expect(page.locator('[data-bind="listen-words"]')).to_contain_text("You are listening")
    for index in range(5):
        piece = bytes([index % 2]) + (index * 1600).to_bytes(8, "little") + bytes(3200)
        socket.routes[-1].send(piece)
    expect(page.locator('[data-region="listen"]')).to_have_attribute("data-played-ms", "500")
    check(page)
    socket.log("consent.changed", at=scenes.ago(0), **{**scenes.CONSENT, "listening": False})
    expect(button).to_have_attribute("aria-pressed", "false")


def test_a_lost_line_is_caught_up_with(page: Page, watched: tuple[ScriptedSocket, Any]) -> None:
    socket = open_one(page, watched)
    scenes.talk(socket)
    expect(page.locator(".talk")).to_contain_text("in step")
    open_deck(page)
    words(page, "say", "One moment, please.")
    socket.refusal = (4429, '{"code": "overloaded", "retry_after_s": 3}')
    socket.routes[-1].close(code=4429, reason="slow")
    expect(page.locator('[data-bind="link"]')).to_contain_text("Trying again")
    check(page)
    socket.refusal = None
    accept(socket, "say")
    expect(page.locator('[data-bind="link"]')).to_have_text("Live")
    last = [one for one in socket.heard if one["type"] == "hello"][-1]
    assert last["last_seq"] > 0
    expect(page.locator("#words")).to_have_value("")
    given = {one["command_id"] for one in socket.heard if one["type"] == "say"}
    assert len(given) == 1, "said again after the drop, as the same command"


@pytest.mark.parametrize(
    ("code", "words"), [(4401, "no longer signed in"), (4403, "no longer watch"), (4404, "does not exist")]
)
def test_being_sent_away_is_told(
    page: Page, watched: tuple[ScriptedSocket, Any], code: int, words: str
) -> None:
    socket = open_one(page, watched)
    socket.routes[-1].close(code=code, reason="")
    expect(page.locator('[data-bind="link"]')).to_contain_text(words)


@pytest.mark.parametrize("role", ["observer", "reviewer"])
def test_those_who_only_watch_have_no_deck(
    page: Page, make_interview: Callable, server: Served, role: str
) -> None:
    interview = make_interview("backend-background")
    colleague = server.make("colleague", role)
    socket = ScriptedSocket(page, "/ws/monitor/", scenes.snapshot(may_command=False))
    page.goto(f"/monitor/{interview.uuid}/")
    fill_in(page, colleague, PASSWORD)
    expect(page.locator('[data-bind="link"]')).to_have_text("Live")
    scenes.talk(socket)
    expect(page.locator(".talk")).to_contain_text("in step")
    expect(page.get_by_role("button", name="Take over")).to_have_count(0)
    expect(page.get_by_role("heading", name="Your ratings")).to_have_count(int(role == "reviewer"))
    check(page)


def test_another_has_taken_over(page: Page, watched: tuple[ScriptedSocket, Any]) -> None:
    held = {"by": "Dana Adeyemi", "ref": "r1", "is_mine": False}
    socket = open_one(page, watched, state="taken_over", takeover=held)
    expect(page.get_by_text("Dana Adeyemi is speaking with the candidate.")).to_be_visible()
    expect(page.get_by_role("button", name="Take over")).to_be_hidden()
    check(page)
    socket.log("takeover.ended", at=scenes.ago(0), by="Dana Adeyemi", ref="r1", reason="left")
    expect(page.get_by_role("button", name="Take over")).to_be_visible()


def test_the_end_leads_on(page: Page, watched: tuple[ScriptedSocket, Any]) -> None:
    socket = open_one(page, watched)
    socket.log("session.ended", at=scenes.ago(0), reason="completed", report_url="")
    expect(page.get_by_role("link", name="Review it")).to_have_attribute(
        "href", f"/review/{watched[1].uuid}/"
    )
    expect(page.locator('[data-region="commands"]')).to_be_hidden()
    check(page)


def test_ending_asks_first(page: Page, watched: tuple[ScriptedSocket, Any]) -> None:
    socket = open_one(page, watched)
    open_deck(page)
    page.click('[data-action="end"]')
    expect(page.get_by_role("dialog")).to_contain_text("End this interview?")
    check(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert "session.end" not in socket.types()
