"""Puts what hears and what speaks together from the settings: engine, window, lanes, capacity, voice."""

import asyncio
import importlib
import logging
from collections.abc import Sequence
from typing import Any

import msgspec

from speech.backends.options import EngineOptions
from speech.capacity import REMOTE, measure
from speech.engines import Choice, choose
from speech.lanes import Lane
from speech.recognizer import Crew, Recognizer
from speech.settings import SpeechSettings
from speech.speaking import Voice
from speech.window_check import Finding, UsedWindow, find_window
from speech.workers import ProcessLane

logger = logging.getLogger(__name__)


def build_recognizer(settings: SpeechSettings) -> Recognizer:
    """This will give a recogniser that is still to be started; call `start` and, at the end, `close`."""

    async def prepare() -> Crew:
        choice = await asyncio.to_thread(choose, settings)
        return await assemble(settings, choice)

    return Recognizer(prepare, measure)


def build_voice(settings: SpeechSettings) -> Voice | None:
    """This will give what speaks on this server, to be closed at the end; None where the pages do it."""
    if settings.voice == "browser":
        return None
    module = importlib.import_module("speech.backends.openai_voice")  # the SDK is loaded by who uses it
    voice: Voice = module.OpenAIVoice(settings)
    return voice


async def assemble(settings: SpeechSettings, choice: Choice) -> Crew:
    """This will make the lanes of an engine and check its window where that is due. Raises EngineError."""
    window: UsedWindow = "full"
    finding: Finding | None = None
    if choice.engine == "faster_whisper":
        window, finding = await find_window(settings, choice)
    options = EngineOptions(settings=settings, label=choice.label, model=choice.model, window=window)
    return Crew(
        lanes=await _make_lanes(choice, options),
        at_once=settings.openai_connections if choice.is_remote else 1,
        capacity=settings.capacity or (REMOTE if choice.is_remote else None),
        facts=_facts(choice, window, finding),
    )


async def _make_lanes(choice: Choice, options: EngineOptions) -> Sequence[Lane]:
    if not choice.is_remote:
        logger.info("loading %s in %d processes", choice.label, options.settings.workers)
        return [ProcessLane(choice.module, options) for _ in range(options.settings.workers)]
    module = await asyncio.to_thread(importlib.import_module, choice.module)
    lane: Lane = module.connect(options)
    return [lane]


def _facts(choice: Choice, window: UsedWindow, finding: Finding | None) -> dict[str, Any]:
    return {
        "engine": choice.engine,
        "label": choice.label,
        "banner": choice.banner,
        "window": window if choice.engine == "faster_whisper" else None,
        "window_check": msgspec.to_builtins(finding),
    }
