"""The client against a real server on a socket that speaks the transcription API, well and badly."""

import asyncio
import io
import json
import wave
from collections.abc import AsyncIterator
from email.parser import BytesParser

import msgspec
import pytest

from speech.backends import openai
from speech.backends.options import EngineOptions
from speech.recognizer import Crew, Recognizer
from speech.settings import SpeechSettings
from speech.transcript import EngineError

SPEECH = b"\x00\x10\x00\xf0" * 8_000  # one loud second
WELL = {
    "text": " Hello there. ",
    "segments": [{"avg_logprob": -0.2, "no_speech_prob": 0.01}],
    "words": [{"word": "Hello", "start": 0.1, "end": 0.4}, {"word": "there.", "start": 0.4, "end": 9.0}],
}


class SpeechServer:
    """Answers each request with the next (status, body); None never answers, a list drips for ever."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes] | list[int] | None] = []
        self.asked: list[dict[str, str | bytes]] = []
        self.address = ""

    def will_answer(self, status: int, body: object) -> None:
        self.answers.append((status, body if isinstance(body, bytes) else json.dumps(body).encode()))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                await self._exchange(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        line, _, rest = head.partition(b"\r\n")
        headers = BytesParser().parsebytes(rest)
        body = await reader.readexactly(int(headers["Content-Length"]))
        self.asked.append({"line": line.decode(), "key": headers["Authorization"], **_form(headers, body)})
        answer = self.answers.pop(0) if self.answers else (200, json.dumps(WELL).encode())
        if answer is None:
            await reader.read()  # until the client gives up
        elif isinstance(answer, list):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n")
            while not reader.at_eof():
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.02)
        else:
            status, content = answer
            writer.write(
                b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                % (status, len(content), content)
            )


def _form(headers: object, body: bytes) -> dict[str, str | bytes]:
    message = BytesParser().parsebytes(
        b"Content-Type: " + headers["Content-Type"].encode() + b"\r\n\r\n" + body  # type: ignore[index]
    )
    fields: dict[str, str | bytes] = {}
    for part in message.get_payload():  # type: ignore[union-attr]
        name = part.get_param("name", header="content-disposition")  # type: ignore[union-attr]
        content = part.get_payload(decode=True)  # type: ignore[union-attr]
        fields[str(name)] = content if name == "file" else content.decode()  # type: ignore[union-attr,assignment]
    return fields


@pytest.fixture
async def server() -> AsyncIterator[SpeechServer]:
    speech = SpeechServer()
    listening = await asyncio.start_server(speech.serve, "127.0.0.1", 0)
    speech.address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
    yield speech
    listening.close()


@pytest.fixture
async def lane(server: SpeechServer) -> AsyncIterator[openai.OpenAILane]:
    settings = SpeechSettings(
        engine="openai",
        openai_api_key="sk-test",
        openai_base_url=server.address,
        openai_model="whisper-tiny",
        openai_timeout_s=0.5,
    )
    lane = openai.connect(EngineOptions(settings=settings, label="openai:whisper-tiny"))
    await lane.start()
    yield lane
    await lane.close()


async def test_an_utterance_is_sent_as_wav_with_its_language(
    lane: openai.OpenAILane, server: SpeechServer
) -> None:
    transcript = await lane.transcribe(SPEECH, language="de", is_partial=False)
    asked = server.asked[0]
    assert asked["line"] == "POST /v1/audio/transcriptions HTTP/1.1"
    assert (asked["language"], asked["model"], asked["key"]) == ("de", "whisper-tiny", "Bearer sk-test")
    with wave.open(io.BytesIO(asked["file"])) as sound:  # type: ignore[arg-type]
        assert sound.getparams()[:3] == (1, 2, 16_000)
        assert sound.readframes(99_999) == SPEECH
    assert transcript.text == "Hello there."
    assert transcript.confidence == pytest.approx(0.819, abs=0.001)
    assert [(word.text, word.start_ms, word.end_ms) for word in transcript.words] == [
        ("Hello", 100, 400),
        ("there.", 400, 1_000),
    ]


async def test_silence_is_not_sent(lane: openai.OpenAILane, server: SpeechServer) -> None:
    assert (await lane.transcribe(bytes(32_000), language="en", is_partial=False)).text == ""
    assert (await lane.transcribe(b"", language="en", is_partial=False)).text == ""
    assert server.asked == []


async def test_made_up_words_are_dropped(lane: openai.OpenAILane, server: SpeechServer) -> None:
    server.will_answer(
        200, {"text": "Thank you.", "segments": [{"avg_logprob": -1.4, "no_speech_prob": 0.95}]}
    )
    assert (await lane.transcribe(SPEECH, language="en", is_partial=False)).text == ""


async def test_a_server_without_details_is_asked_plainly_from_then_on(
    lane: openai.OpenAILane, server: SpeechServer
) -> None:
    server.will_answer(400, {"error": {"message": "response_format 'verbose_json' is not supported"}})
    server.will_answer(200, {"text": "Hi."})
    server.will_answer(200, {"text": "Hi again."})
    first = await lane.transcribe(SPEECH, language="en", is_partial=False)
    await lane.transcribe(SPEECH, language="en", is_partial=True)
    assert (first.text, first.confidence, first.words) == ("Hi.", None, ())
    assert [asked["response_format"] for asked in server.asked] == ["verbose_json", "json", "json"]


@pytest.mark.parametrize(
    ("status", "is_permanent"), [(401, True), (404, True), (429, False), (500, False), (503, False)]
)
async def test_a_refusal_says_whether_asking_again_may_help(
    lane: openai.OpenAILane, server: SpeechServer, status: int, is_permanent: bool
) -> None:
    server.will_answer(status, {"error": {"message": "secret details of the server"}})
    with pytest.raises(EngineError, match=str(status)) as raised:
        await lane.transcribe(SPEECH, language="en", is_partial=False)
    assert raised.value.permanent == is_permanent
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b'{"text": ', b"[]", b'{"text": 3}', b'{"words": []}', b"\xff\xfe\x00", b'"text"'],
)
async def test_nonsense_is_an_error_and_no_words(
    lane: openai.OpenAILane, server: SpeechServer, body: bytes
) -> None:
    server.will_answer(200, body)
    with pytest.raises(EngineError, match="no transcript") as raised:
        await lane.transcribe(SPEECH, language="en", is_partial=False)
    assert not raised.value.permanent


async def test_strange_details_are_left_out(lane: openai.OpenAILane, server: SpeechServer) -> None:
    words = b'[{"word": 5}, {"word": "Fine."}, 7]'
    body = b'{"text": "Fine.", "segments": [null, {"avg_logprob": NaN}], "words": %s}' % words
    server.will_answer(200, body)
    transcript = await lane.transcribe(SPEECH, language="en", is_partial=False)
    assert (transcript.text, transcript.confidence, transcript.words) == ("Fine.", None, ())


@pytest.mark.parametrize("answer", [None, [1]], ids=["never", "dripping"])
async def test_a_slow_server_is_given_up_on(
    lane: openai.OpenAILane, server: SpeechServer, answer: list[int] | None
) -> None:
    server.answers.append(answer)
    clock = asyncio.get_running_loop().time
    before = clock()
    with pytest.raises(EngineError) as raised:
        await lane.transcribe(SPEECH, language="en", is_partial=False)
    assert not raised.value.permanent
    assert clock() - before < 2


async def test_a_server_that_is_not_there_is_an_error(free_port: int) -> None:
    settings = SpeechSettings(openai_base_url=f"http://127.0.0.1:{free_port}/v1", openai_timeout_s=0.5)
    lane = openai.connect(EngineOptions(settings=settings, label="openai"))
    with pytest.raises(EngineError, match="can't be reached"):
        await lane.transcribe(SPEECH, language="en", is_partial=False)
    await lane.close()


async def test_a_busy_server_is_asked_again_a_bounded_number_of_times(
    lane: openai.OpenAILane, server: SpeechServer
) -> None:
    async def prepare() -> Crew:
        return Crew(lanes=[lane], at_once=4)

    recognizer = Recognizer(prepare)
    await recognizer.start()
    server.will_answer(429, {})
    server.will_answer(500, {})
    assert (await recognizer.transcribe(SPEECH, session="a", kind="final")).text == "Hello there."
    for _ in range(9):
        server.will_answer(429, {})
    with pytest.raises(EngineError, match="429"):
        await recognizer.transcribe(SPEECH, session="a", kind="final")
    assert len(server.asked) == 6
    await recognizer.close()


def test_settings_travel_to_worker_processes() -> None:
    settings = SpeechSettings(openai_timeout_s=3.5, script=("a", "b"))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(settings), type=SpeechSettings) == settings
