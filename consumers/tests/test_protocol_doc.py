"""`docs/protocol.md` and the code say the same: every message, field, type, error and close code."""

import datetime
import re
import types
import typing
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest

from consumers import limits, monitor, wire
from interviews.live import events as ev
from interviews.live import signals as sg
from interviews.live.outlet import Snapshot

Fields = dict[str, str]
Table = dict[str, Fields]
PLAIN = {bool: "true/false", int: "whole number", float: "number", str: "text", type(None): "null"}


@pytest.fixture(scope="module")
def page(repo_root: Path) -> str:
    return (repo_root / "docs" / "protocol.md").read_text()


def section(page: str, title: str) -> str:
    """The text under a heading, up to the next one of any level."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"there is no section {title!r}"
    return found.group(1)


def rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def documented(page: str, *titles: str) -> Table:
    table: Table = {}
    for title in titles:
        name = ""
        for message, field, kind, _ in rows(section(page, title)):
            name = message.strip("`") or name
            fields = table.setdefault(name, {})
            if field != "–":
                fields[field.strip("`")] = kind
    return table


def word_for(annotation: Any) -> str:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return word_for(typing.get_args(annotation)[0])
    if origin in {typing.Union, types.UnionType}:
        words = list(dict.fromkeys(word_for(each) for each in typing.get_args(annotation)))
        if "number" in words and "whole number" in words:
            words.remove("whole number")
        return " or ".join(words)
    if origin is Literal:
        return "word"
    if origin in {list, tuple}:
        return "list"
    if annotation in PLAIN:
        return PLAIN[annotation]
    return "time" if annotation is datetime.datetime else "object"


def in_code(messages: Iterable[type[msgspec.Struct]], *, without: tuple[str, ...] = ()) -> Table:
    table: Table = defaultdict(dict)
    for cls in messages:
        hints = typing.get_type_hints(cls, include_extras=True)
        fields = table[str(cls.__struct_config__.tag)]
        for name, wire_name in zip(cls.__struct_fields__, cls.__struct_encode_fields__, strict=True):
            if name not in without:
                fields[wire_name] = word_for(hints[name])
    return dict(table)


def test_what_a_candidate_may_say(page: str) -> None:
    assert documented(page, "Candidate to server") == in_code(wire.CANDIDATE_MESSAGES)


def test_what_an_observer_may_say(page: str) -> None:
    assert documented(page, "Observer to server") == in_code(wire.OBSERVER_MESSAGES)


def test_what_comes_first(page: str) -> None:
    assert documented(page, "First") == in_code([Snapshot])


def test_what_is_logged_for_the_candidate(page: str) -> None:
    assert documented(page, "Logged, with `seq` and `at`") == in_code(ev.PUBLIC, without=("at",))


def test_what_is_logged_for_observers(page: str) -> None:
    further = set(ev.EVENT_TYPES) - ev.PUBLIC - ev.PRIVATE_TO_LOG
    assert documented(page, "Logged, for observers") == in_code(further, without=("at",))


def test_what_is_not_logged(page: str) -> None:
    own = [cls for cls in wire.SOCKET_MESSAGES if "monitor" not in tag(cls) and "command" not in tag(cls)]
    only_observers = {sg.Level, sg.Health, sg.Coverage}
    signals = [cls for cls in sg.SIGNAL_TYPES if cls not in only_observers and tag(cls) not in map(tag, own)]
    assert documented(page, "Not logged") == in_code([*signals, *own])


def test_what_only_observers_are_told(page: str) -> None:
    own = [cls for cls in wire.SOCKET_MESSAGES if "monitor" in tag(cls) or "command" in tag(cls)]
    assert documented(page, "Server to observer") == in_code([*own, sg.Level, sg.Coverage, sg.Health])


def test_the_cards_of_the_list(page: str) -> None:
    assert documented(page, "Cards") == {"card": in_code([wire.Card])["None"]}


def tag(cls: type[msgspec.Struct]) -> str:
    return str(cls.__struct_config__.tag)


def test_every_state_is_explained(page: str) -> None:
    hints = typing.get_type_hints(ev.StateChanged)
    assert {row[0].strip("`") for row in rows(section(page, "States"))} == set(
        typing.get_args(hints["state"])
    )


def test_every_choice_of_words_is_named(page: str) -> None:
    table = {
        (name, field): text
        for name, field, text in meanings(page, "Logged, with `seq` and `at`", "Logged, for observers")
    }
    for event, field in (
        (ev.TurnEnded, "reason"),
        (ev.TurnEnded, "channel"),
        (ev.SessionEnded, "reason"),
        (ev.OfferMade, "offer"),
        (ev.PlaybackEnded, "outcome"),
        (ev.TakeoverEnded, "reason"),
        (ev.WordsGiven, "kind"),
    ):
        words = typing.get_args(typing.get_type_hints(event)[field])
        told = set(re.findall(r"`(\w+)`", table[tag(event), field]))
        assert told == set(words), f"{tag(event)}.{field}"


def meanings(page: str, *titles: str) -> Iterable[tuple[str, str, str]]:
    for title in titles:
        name = ""
        for message, field, _, text in rows(section(page, title)):
            name = message.strip("`") or name
            yield name, field.strip("`"), text


def test_every_close_code_is_explained(page: str) -> None:
    told = {int(row[0]) for row in rows(section(page, "Close codes"))}
    assert told == {int(code) for code in wire.CloseCode}


def test_every_error_is_explained(page: str, repo_root: Path) -> None:
    told = {row[0].strip("`") for row in rows(section(page, "Errors"))}
    assert told == set(errors_in_code(repo_root))


ERROR = re.compile(
    r"(?:WireError|AccessError|CommandError|reject|_reject|refuse|Problem|Rejection|complain)\("
    r"(?:[^\"()]*?,\s*|\s*code=\s*|\s*)?\"([a-z_]+)\""
)


def errors_in_code(root: Path) -> Iterable[str]:
    """Every code that stands first among the words with which something is refused."""
    for folder in ("consumers", "interviews/live"):
        for source in (root / folder).rglob("*.py"):
            if "tests" not in source.parts:
                yield from ERROR.findall(source.read_text())


def test_the_limits_are_those_of_the_code(page: str) -> None:
    text = section(page, "Limits")
    for said in (
        f"{limits.AUDIO_RATE // limits.BYTES_PER_SECOND} times real time",
        f"{limits.AUDIO_SLACK // limits.BYTES_PER_SECOND} s of audio at once",
        f"{limits.MESSAGE_RATE:.0f} a second, {limits.MESSAGE_SLACK:.0f} at once",
        f"{limits.TEXT_RATE:.0f} a second, {limits.TEXT_SLACK:.0f} at once",
        f"{wire.MAX_TEXT_BYTES // 1_024} KiB of UTF-8",
        f"{monitor.HELLOS_A_SECOND:.0f} a second, {monitor.HELLOS_AT_ONCE:.0f} at once | `error`",
    ):
        assert said in text
