"""Messages on and off the wire, without a socket."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consumers import codec, wire
from interviews.live import events as ev
from interviews.live.signals import SIGNAL_TYPES, TranscriptPartial
from interviews.live.vocabulary import Word


@pytest.mark.parametrize("message", wire.CANDIDATE_MESSAGES, ids=lambda cls: cls.__struct_config__.tag)
def test_every_message_of_a_candidate_is_understood(message: type[wire.ClientMessage]) -> None:
    examples = {
        "text": "words",
        "notice_version": "1",
        "ai_evaluation": True,
        "recording": False,
        "listening": False,
        "reply_id": 1,
        "heard_chars": 2,
        "muted": True,
        "hidden": False,
        "from": 1,
        "to": 2,
        "at_ms": 5,
    }
    said = {"type": message.__struct_config__.tag, **examples}
    assert isinstance(codec.decode_candidate_text(json.dumps(said)), message)


def refusal_of(decode: Callable[[Any], Any], data: str | bytes) -> str | None:
    """The code with which something is refused; None where it is taken."""
    try:
        decode(data)
    except codec.WireError as error:
        return error.code
    return None


@given(st.text())
def test_any_text_is_a_message_or_an_error(text: str) -> None:
    assert refusal_of(codec.decode_candidate_text, text) in {None, "bad_message", "unknown_type", "too_large"}


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=9))
def test_any_field_is_taken_or_refused(value: object) -> None:
    text = json.dumps({"type": "playback.stopped", "reply_id": value, "heard_chars": value})
    with pytest.raises(codec.WireError):
        codec.decode_candidate_text(text)


@given(st.binary(max_size=40))
def test_any_bytes_are_a_chunk_or_an_error(data: bytes) -> None:
    refusal = refusal_of(codec.decode_audio, data)
    assert refusal in {None, "bad_chunk"}
    if refusal is None:
        offset, pcm = codec.decode_audio(data)
        assert (offset.to_bytes(8, "little"), pcm) == (data[:8], data[8:])


def test_a_refusal_names_the_field() -> None:
    with pytest.raises(codec.WireError, match=r"playback\.started: reply_id: Expected `int`, got `str`"):
        codec.decode_candidate_text('{"type":"playback.started","reply_id":"one"}')


def test_an_event_is_written_with_its_defaults() -> None:
    event = ev.TranscriptFinal(
        at=datetime(2026, 1, 2, tzinfo=UTC),
        turn_id=1,
        utterance_id=2,
        text="Grüße",
        start_ms=0,
        end_ms=900,
        words=(Word("Grüße", 0, 900),),
    )
    assert json.loads(codec.encode_event(event, 7)) == {
        "type": "transcript.final",
        "seq": 7,
        "at": "2026-01-02T00:00:00Z",
        "turn_id": 1,
        "utterance_id": 2,
        "text": "Grüße",
        "start_ms": 0,
        "end_ms": 900,
        "confidence": None,
        "words": [{"text": "Grüße", "start_ms": 0, "end_ms": 900}],
        "engine": "",
        "snr_db": None,
    }


def test_an_event_is_written_with_the_names_of_the_wire() -> None:
    written = json.loads(codec.encode_event(ev.AudioMissed(from_offset=1, to_offset=2), 1))
    assert (written["from"], written["to"]) == (1, 2)


def test_a_signal_is_written_as_it_is() -> None:
    signal = TranscriptPartial(turn_id=1, text="so", stable_chars=0)
    assert json.loads(codec.encode(signal))["type"] == "transcript.partial"


def test_no_two_messages_of_the_server_share_a_name_by_accident() -> None:
    events = [str(cls.__struct_config__.tag) for cls in ev.EVENT_TYPES]
    signals = [str(cls.__struct_config__.tag) for cls in SIGNAL_TYPES]
    sockets = {str(cls.__struct_config__.tag) for cls in wire.SOCKET_MESSAGES}
    assert len({*events, *signals}) == len(events) + len(signals)
    assert sockets & {*events, *signals} == {"error", "pong"}


def test_server_audio_is_framed() -> None:
    framed = codec.encode_server_audio(3, 24_000, b"\x01\x00\x02\x00")
    assert framed[:8] == b"\x03\x00\x00\x00\xc0\x5d\x00\x00"
    assert codec.decode_server_audio(framed) == (3, 24_000, b"\x01\x00\x02\x00")
    for cut in (framed[:7], framed[:-1]):
        with pytest.raises(codec.WireError):
            codec.decode_server_audio(cut)


def test_a_close_reason_fits_its_frame() -> None:
    assert codec.close_reason("overloaded", retry_after_s=10**9) == (
        '{"code": "overloaded", "retry_after_s": 1000000000}'
    )
    assert len(codec.close_reason("overloaded", retry_after_s=10**9).encode()) <= 123


def test_every_number_is_bounded() -> None:
    huge = str(2**53)
    for text in (
        f'{{"type":"hello","last_seq":{huge}}}',
        f'{{"type":"hello","audio_to":{huge}}}',
        f'{{"type":"ping","at_ms":{huge}}}',
        '{"type":"ping","at_ms":1e999}',
        f'{{"type":"audio.missing","from":0,"to":{huge}}}',
    ):
        with pytest.raises(codec.WireError):
            codec.decode_candidate_text(text)


def test_the_smallest_hello_is_enough() -> None:
    hello = codec.decode_candidate_text('{"type":"hello"}')
    assert hello == wire.Hello(last_seq=0, audio_from=None, audio_to=None)
    assert msgspec.structs.astuple(hello) == (0, None, None)
