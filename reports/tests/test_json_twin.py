import json

import msgspec
import pytest

from reports import sample
from reports.content import ReportContent
from reports.json_twin import VERSION, render_json


@pytest.mark.parametrize("name", sample.ALL)
def test_equal_content_gives_equal_bytes(name: str) -> None:
    assert render_json(sample.ALL[name]()) == render_json(sample.ALL[name]())


def test_it_says_what_it_is() -> None:
    twin = json.loads(render_json(sample.short()))
    assert (twin["format"], twin["version"], twin["edition"]) == ("viva.report", VERSION, "panel")


def test_the_panel_twin_reads_back_as_the_same_content() -> None:
    twin = json.loads(render_json(sample.short()))
    again = msgspec.convert(twin["report"], ReportContent)
    assert render_json(again) == render_json(sample.short())


def test_only_quotes_that_were_said_are_in_it() -> None:
    twin = json.loads(render_json(sample.short()))
    assert twin["report"]["quotes_struck"] == 1
    assert "I led three teams" not in render_json(sample.short()).decode()


def test_markup_stays_text_and_control_characters_go() -> None:
    text = render_json(sample.hostile()).decode()
    assert "a<b & c > d" in text
    assert "\\u0000" not in text.replace("\\\\u0000", "")
    assert "\u202e" not in text
    assert json.loads(text)


def test_not_judged_is_null() -> None:
    twin = json.loads(render_json(sample.short()))
    criteria = {c["name"]: c["score"] for c in twin["report"]["questions"][0]["answer"]["criteria"]}
    assert criteria["accuracy"] is None
    assert criteria["coverage"] == 50
