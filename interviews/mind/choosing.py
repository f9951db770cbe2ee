"""Makes the mind that the settings name.

A client is imported where it is used: it takes half a second and 40 MB, and the scripted mind needs none.
"""

import importlib
from collections.abc import Callable

from interviews.engine.ports import Engine
from interviews.language_model.options import ModelOptions
from interviews.mind.engine import EngineMind
from interviews.mind.language_model import LanguageModelMind, ServedModel
from interviews.mind.ports import Mind, MindName
from interviews.mind.scripted import ScriptedMind
from interviews.mind.settings import MindSettings


def build_mind(settings: MindSettings) -> Mind:
    """This will make the one mind of a process; nothing is sent to anybody yet."""
    return _MAKERS[settings.resolved](settings)


def model_options(settings: MindSettings) -> ModelOptions:
    """How the language model of `settings` is reached."""
    return ModelOptions(
        model=settings.model,
        base_url=settings.openai_base_url,
        api_key=settings.openai_api_key,
        max_tokens=settings.max_tokens,
        temperature=settings.temperature,
        timeout_s=settings.timeout_s,
    )


def _scripted(settings: MindSettings) -> Mind:
    return ScriptedMind()


def _served(settings: MindSettings) -> Mind:
    client = importlib.import_module("interviews.language_model.backends.openai")
    model: ServedModel = client.connect(model_options(settings))
    return LanguageModelMind("openai", model, judgements=settings.judgements)


def _engine(settings: MindSettings) -> Mind:
    client = importlib.import_module("interviews.engine.backends.http")
    engine: Engine = client.HttpEngine(settings.engine_url)
    return EngineMind(engine, judgements=settings.judgements)


_MAKERS: dict[MindName, Callable[[MindSettings], Mind]] = {
    "scripted": _scripted,
    "openai": _served,
    "external": _engine,
}
