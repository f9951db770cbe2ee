"""Charts: what they say to people who hear them, that nothing in them is markup, and no styles."""

import re
from xml.etree import ElementTree

import pytest

from web.charts import Bar, Column, Mark, bars, columns, told

ROWS = [Bar("Invited", 10, "10 · 100 %"), Bar("<b>Began</b> & more", 4, "4 · 40 %", is_part=True)]


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 (our own)


def test_bars_are_named_and_as_long_as_their_values() -> None:
    drawn = parsed(bars("funnel", "From invitation", "Invited: 10.", ROWS))
    assert drawn.attrib["aria-labelledby"] == "funnel-t funnel-d"
    assert [drawn[0].text, drawn[1].text] == ["From invitation", "Invited: 10."]
    wide = [float(one.attrib["width"]) for one in drawn.iter("rect")]
    assert wide[1] / wide[0] == pytest.approx(0.4)
    assert "<b>Began</b> & more" in [one.text for one in drawn.iter("text")]


def test_values_of_a_whole_leave_room() -> None:
    (one,) = parsed(bars("a", "t", "d", [Bar("Half", 50, "50 %")], of=100)).iter("rect")
    (whole,) = parsed(bars("a", "t", "d", [Bar("All", 100, "100 %")], of=100)).iter("rect")
    assert float(one.attrib["width"]) * 2 == float(whole.attrib["width"])


def test_columns_stand_on_the_ground_and_carry_their_counts() -> None:
    rows = [Column("0", 2, 1), Column("10", 4, 4)]
    drawn = parsed(columns("scores", "Scores", "…", rows, mark=Mark(0.5, 1, 1.5), ends="20"))
    bars_drawn = [one for one in drawn.iter("rect") if "chart-bar" in one.attrib["class"]]
    feet = {round(float(one.attrib["y"]) + float(one.attrib["height"]), 1) for one in bars_drawn}
    assert len(feet) == 1
    texts = [one.text for one in drawn.iter("text")]
    assert texts == ["2", "4", "0", "10", "20"]
    assert [one.attrib["class"] for one in drawn.iter("line")] == ["chart-axis", "chart-halo", "chart-median"]


def test_many_columns_name_some_only() -> None:
    drawn = parsed(columns("weeks", "Weeks", "…", [Column(str(number), 1) for number in range(40)]))
    edges = [one for one in drawn.iter("text") if "chart-edge" in one.attrib["class"]]
    assert [one.text for one in edges] == [str(number) for number in range(0, 40, 4)]
    assert [one.text for one in edges if "is-between" not in one.attrib["class"]] == [
        str(number) for number in range(0, 40, 8)
    ]


def test_an_axis_is_named_below_its_labels() -> None:
    plain = parsed(columns("minutes", "Minutes", "…", [Column("0", 2)]))
    named = parsed(columns("minutes", "Minutes", "…", [Column("0", 2)], axis="Minutes"))
    texts = [*named.iter("text")]
    assert texts[-1].text == "Minutes"
    assert float(texts[-1].attrib["y"]) > float(texts[-2].attrib["y"])
    assert float(named.attrib["viewBox"].split()[3]) > float(plain.attrib["viewBox"].split()[3])


def test_nothing_at_all_is_drawn_all_the_same() -> None:
    for svg in (bars("a", "t", "d", []), columns("b", "t", "d", [])):
        parsed(svg)
        assert not re.search(r"\bstyle=|<style|on\w+=", svg)


def test_a_description_is_one_sentence() -> None:
    assert told([("Invited", "10"), ("Began", "4")]) == "Invited: 10; Began: 4."


def test_long_labels_are_cut() -> None:
    drawn = parsed(bars("a", "t", "d", [Bar("x" * 200, 1, "1")]))
    assert max(len(one.text or "") for one in drawn.iter("text")) == 52
