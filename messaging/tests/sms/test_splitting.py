"""Texts are cut where a reader would, cost what they must, and lose nothing."""

import re

from hypothesis import given
from hypothesis import strategies as st

from messaging.sms.splitting import LONGEST_GSM, LONGEST_OTHER, is_gsm, plain, segments, split, units

SENTENCE = "Tell me about a time when something went wrong in production and what you did about it. "


def test_a_short_text_stays_whole_and_has_no_number() -> None:
    assert split("Hello – I’m “Viva”…") == ['Hello - I\'m "Viva"...']
    assert split("  ") == []


def test_a_long_text_is_cut_between_sentences() -> None:
    parts = split(SENTENCE * 6)
    assert [part[:6] for part in parts] == ["(1/2) ", "(2/2) "]
    assert all(part.endswith("about it.") and units(part) <= LONGEST_GSM for part in parts)


def test_a_name_outside_the_alphabet_makes_parts_shorter() -> None:
    assert (units("Zoë"), segments("Zoë" * 25)) == (3, 2)
    assert (segments("a" * 160), segments("a" * 161), units("€"), units("😀")) == (1, 2, 2, 2)
    parts = split(f"Zoë, {SENTENCE * 4}")
    assert len(parts) > 1
    assert all(units(part) <= LONGEST_OTHER for part in parts)


@given(st.text(alphabet=st.sampled_from("ab €ë😀.!?\n[] "), max_size=2_000))
def test_no_part_is_too_long_and_no_sign_is_lost(text: str) -> None:
    parts = split(text)
    limit = LONGEST_GSM if is_gsm(plain(text)) else LONGEST_OTHER
    assert all(0 < units(part) <= limit for part in parts)
    bare = "".join(re.sub(r"^\(\d+/\d+\) ", "", part) for part in parts) if len(parts) > 1 else "".join(parts)
    assert "".join(bare.split()) == "".join(plain(text).split())
