"""Choosing an engine with a hub that answers, one that refuses, one that swallows, and none."""

import http.server
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from speech.engines import choose
from speech.model_files import Waiting, is_model, obtain
from speech.settings import SpeechSettings
from speech.transcript import EngineError

COMMIT = "0123456789abcdef0123456789abcdef01234567"
WAITING = Waiting(first_s=6.0, next_s=6.0)  # a busy machine takes seconds to import


class Hub(http.server.BaseHTTPRequestHandler):
    """As much of the Hugging Face hub as a download of `viva/mini` asks for."""

    folder: Path
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.startswith("/api/models/viva/mini/tree/"):
            files = [
                {"type": "file", "oid": path.name, "path": path.name, "size": path.stat().st_size}
                for path in sorted(self.folder.iterdir())
            ]
            self._send(json.dumps(files).encode())
        elif self.path.startswith("/api/models/viva/mini"):
            names = [{"rfilename": path.name} for path in sorted(self.folder.iterdir())]
            self._send(json.dumps({"id": "viva/mini", "sha": COMMIT, "siblings": names}).encode())
        elif "/resolve/" in self.path:
            self._send((self.folder / self.path.rsplit("/", 1)[1]).read_bytes(), etag=self.path[-20:])
        else:
            self.send_error(404)

    do_HEAD = do_GET  # noqa: N815

    def _send(self, body: bytes, etag: str = "x") -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", f'"{etag.replace("/", "-")}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        logging.getLogger("hub").debug(format, *args)


@pytest.fixture
def hub(mini_model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was asked of a hub that has the miniature."""
    asked: list[str] = []
    handler = type("OneHub", (Hub,), {"folder": mini_model, "asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        yield asked
        server.shutdown()
        thread.join()


@pytest.fixture
def black_hole(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A hub that lets connect and then says nothing, ever."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.getsockname()[1]}")
        yield


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No model of this machine's own cache plays a part."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)


@pytest.fixture
def named(tmp_path: Path) -> SpeechSettings:
    return SpeechSettings(engine="auto", whisper_model="viva/mini", cache_dir=str(tmp_path / "cache"))


def test_a_model_is_downloaded_once(hub: list[str], named: SpeechSettings) -> None:
    choice = choose(named)
    assert (choice.engine, choice.label, choice.banner) == ("faster_whisper", "faster_whisper:viva/mini", "")
    assert is_model(Path(choice.model))
    assert any("model.bin" in path for path in hub)
    hub.clear()
    assert choose(named) == choice
    assert hub == []


def test_a_hub_that_swallows_is_given_up_on_for_the_embedded_engine(
    black_hole: None, named: SpeechSettings
) -> None:
    before = time.monotonic()
    choice = choose(named, obtain=lambda name, cache: obtain(name, cache, WAITING))
    assert time.monotonic() - before < 12
    assert (choice.engine, choice.label) == ("pocketsphinx", "pocketsphinx")
    assert "embedded recogniser" in choice.banner


def test_the_usual_patience_with_no_network_stays_well_below_half_a_minute() -> None:
    assert Waiting().first_s <= 12


def test_a_refused_connection_falls_back_as_well(
    named: SpeechSettings, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{free_port}")
    before = time.monotonic()
    assert choose(named).engine == "pocketsphinx"
    assert time.monotonic() - before < 15


def test_offline_mode_asks_nobody(
    hub: list[str], named: SpeechSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert choose(named).engine == "pocketsphinx"
    assert hub == []


def test_whisper_asked_for_by_name_is_not_replaced_in_silence(named: SpeechSettings) -> None:
    wanted = msgspec.structs.replace(named, engine="faster_whisper")
    with pytest.raises(EngineError, match="could not be downloaded") as raised:
        choose(wanted, obtain=lambda name, cache: None)
    assert raised.value.permanent


def test_a_directory_is_taken_as_it_is(named: SpeechSettings, mini_model: Path) -> None:
    wanted = msgspec.structs.replace(named, whisper_model=str(mini_model))
    choice = choose(wanted, obtain=lambda name, cache: pytest.fail("nothing is to be looked for"))
    assert choice.model == str(mini_model)
    assert choice.label == f"faster_whisper:{mini_model.name}"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"whisper_model": "/nowhere/at/all"}, "holds no CTranslate2 model"),
        ({"whisper_model": "enormous"}, "no model's name and no directory"),
        ({"engine": "siri"}, "choose one of auto"),
        ({"engine": "no.such.module"}, "choose one of auto"),
        ({"engine": "speech.backends.scripted:hear"}, "choose one of auto"),
    ],
)
def test_a_bad_value_is_a_sentence(named: SpeechSettings, changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(EngineError, match=sentence) as raised:
        choose(msgspec.structs.replace(named, **changes))
    assert raised.value.permanent


def test_engines_are_named_or_given_by_their_module(named: SpeechSettings) -> None:
    assert choose(msgspec.structs.replace(named, engine="scripted")).is_remote
    assert choose(msgspec.structs.replace(named, engine="openai")).label == "openai:whisper-1"
    assert not choose(msgspec.structs.replace(named, engine="pocketsphinx")).is_remote
    own = choose(msgspec.structs.replace(named, engine="speech.backends.scripted:connect"))
    assert (own.module, own.is_remote) == ("speech.backends.scripted", True)
    assert not choose(msgspec.structs.replace(named, engine="speech.backends.pocketsphinx")).is_remote
