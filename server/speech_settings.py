"""What the environment says about hearing and speaking, as the one value that `speech` works with."""

from pathlib import Path
from typing import cast, get_args

from django.core.exceptions import ImproperlyConfigured

from server.environment import Environment
from speech.settings import ENGINE_NAMES, SpeechSettings, VoiceChoice, Window

HTTP = ("http", "https")


def speech_settings(env: Environment, var_dir: Path) -> SpeechSettings:
    """This will raise ImproperlyConfigured with a sentence when a value is bad or two don't fit."""
    address = env.address("OPENAI_BASE_URL", schemes=HTTP)
    settings = SpeechSettings(
        engine=env.text("SPEECH_ENGINE", "auto"),
        whisper_model=env.text("WHISPER_MODEL", "base"),
        window=cast("Window", env.choice("SPEECH_WINDOW", "auto", get_args(Window))),
        capacity=env.whole("SPEECH_CAPACITY", 0, most=10_000) or None,
        workers=env.whole("SPEECH_WORKERS", 2, least=1, most=64),
        cache_dir=str(var_dir / "speech"),
        run_dir=str(var_dir / "run"),
        openai_api_key=env.text("OPENAI_API_KEY"),
        openai_base_url=env.address("SPEECH_BASE_URL", address, schemes=HTTP),
        openai_model=env.text("SPEECH_MODEL", "whisper-1"),
        voice=cast("VoiceChoice", env.choice("VOICE", "browser", get_args(VoiceChoice))),
        voice_base_url=env.address("VOICE_BASE_URL", address, schemes=HTTP),
        voice_model=env.text("VOICE_MODEL", "gpt-4o-mini-tts"),
        voice_name=env.text("VOICE_NAME", "alloy"),
    )
    _require_engine(settings)
    _require_voice(settings)
    _require_model(settings.whisper_model)
    return settings


def _require_engine(settings: SpeechSettings) -> None:
    if settings.engine not in ENGINE_NAMES and "." not in settings.engine:
        known = ", ".join(ENGINE_NAMES)
        raise ImproperlyConfigured(f"SPEECH_ENGINE is {settings.engine!r}; choose one of {known}.")
    if settings.engine == "openai" and not (settings.openai_api_key or settings.openai_base_url):
        raise ImproperlyConfigured(
            "SPEECH_ENGINE is openai: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own "
            "(SPEECH_BASE_URL where it only hears)."
        )


def _require_voice(settings: SpeechSettings) -> None:
    if settings.voice == "openai" and not (settings.openai_api_key or settings.voice_base_url):
        raise ImproperlyConfigured(
            "VOICE is openai: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own "
            "(VOICE_BASE_URL where it only speaks)."
        )


def _require_model(model: str) -> None:
    """Names are looked up when the engine starts; a directory must be there now."""
    if model.startswith(("/", ".", "~")) and not Path(model).expanduser().is_dir():
        raise ImproperlyConfigured(f"WHISPER_MODEL is {model}, and there is no such directory.")
