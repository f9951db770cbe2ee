"""Chooses what recognises: the engine that was asked for, or the best that can be had here."""

import importlib.util
import logging
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from speech.model_files import NEEDED, is_model, obtain
from speech.settings import ENGINE_NAMES, SpeechSettings
from speech.transcript import EngineError

# A back end is a module with `load(options) -> Transcriber`, which runs in worker processes, or with
# `connect(options) -> Lane`, which runs on the event loop and hands the work to somewhere else. One of your
# own is named `package.module` or `package.module:connect`.
BACKENDS = {
    "faster_whisper": "speech.backends.faster_whisper",
    "pocketsphinx": "speech.backends.pocketsphinx",
    "openai": "speech.backends.openai",
    "scripted": "speech.backends.scripted",
}
REMOTE = {"openai", "scripted"}
NO_WHISPER = (
    "No Whisper model could be had, so the small embedded recogniser listens: it gets about two words in "
    "three of clear English. For real interviews connect once to the internet, or set WHISPER_MODEL to a "
    "directory."
)

logger = logging.getLogger(__name__)


class Choice(Struct, frozen=True, kw_only=True):
    """`label` is what transcripts and health call the engine; `banner` is for people and may be empty."""

    engine: str
    module: str
    label: str
    is_remote: bool = False  # the module has `connect`, not `load`
    model: str = ""
    banner: str = ""


Obtain = Callable[[str, Path], Path | None]


def choose(settings: SpeechSettings, *, obtain: Obtain = obtain) -> Choice:
    """This will settle the engine, downloading a Whisper model once where that is possible.

    It blocks: for about ten seconds without a network, and for as long as a download goes on. Raises
    EngineError with a sentence for the operator when what was asked for can't be had.
    """
    if settings.engine in {"auto", "faster_whisper"}:
        return _whisper(settings, obtain)
    if settings.engine == "openai":
        return _choice("openai", model=settings.openai_model)
    if settings.engine in ENGINE_NAMES:
        return _choice(settings.engine)
    return _foreign(settings.engine)


def _choice(engine: str, *, model: str = "", name: str = "", banner: str = "") -> Choice:
    shown = name or model
    label = f"{engine}:{shown}" if shown else engine
    return Choice(
        engine=engine,
        module=BACKENDS[engine],
        label=label,
        is_remote=engine in REMOTE,
        model=model,
        banner=banner,
    )


def _foreign(path: str) -> Choice:
    module, _, function = path.partition(":")
    try:
        is_there = "." in module and importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        is_there = False
    if not is_there or function not in {"", "load", "connect"}:
        names = ", ".join(ENGINE_NAMES)
        raise EngineError(
            f"SPEECH_ENGINE is {path!r}; choose one of {names}, or name a module.", permanent=True
        )
    return Choice(engine=path, module=module, label=path, is_remote=function == "connect")


def _whisper(settings: SpeechSettings, obtain: Obtain) -> Choice:
    model = settings.whisper_model
    if _looks_like_path(model):
        return _from_directory(Path(model).expanduser().resolve())
    found = obtain(model, settings.cache_path / "models")
    if found is not None:
        return _choice("faster_whisper", model=str(found), name=model)
    if settings.engine == "faster_whisper":
        raise EngineError(
            f"The Whisper model {model!r} is not here and could not be downloaded. Set WHISPER_MODEL to a "
            "directory, or SPEECH_ENGINE to auto for the embedded recogniser.",
            permanent=True,
        )
    logger.warning(NO_WHISPER)
    return _choice("pocketsphinx", banner=NO_WHISPER)


def _looks_like_path(model: str) -> bool:
    return model.startswith((".", "/", "~")) or Path(model).is_dir()


def _from_directory(folder: Path) -> Choice:
    if not is_model(folder):
        raise EngineError(
            f"WHISPER_MODEL is {folder}, which holds no CTranslate2 model ({', '.join(NEEDED)}).",
            permanent=True,
        )
    return _choice("faster_whisper", model=str(folder), name=folder.name)
