"""Who interviews and judges, from the environment."""

from typing import cast, get_args

from django.core.exceptions import ImproperlyConfigured

from interviews.mind.settings import Choice, MindSettings
from server.environment import Environment

UNKNOWN = -1.0
MOST_MONEY = 10_000.0  # for a million tokens; above it is a slip of the pen


def mind_settings(env: Environment) -> MindSettings:
    """This will raise ImproperlyConfigured with a sentence when a value is bad or two don't fit."""
    settings = MindSettings(
        choice=cast("Choice", env.choice("INTERVIEWER", "auto", get_args(Choice))),
        openai_api_key=env.text("OPENAI_API_KEY"),
        openai_base_url=env.address("OPENAI_BASE_URL", schemes=("http", "https")),
        openai_model=env.text("OPENAI_MODEL"),
        max_tokens=env.whole("OPENAI_MAX_TOKENS", 2_000, least=100, most=32_000),
        temperature=env.number("OPENAI_TEMPERATURE", 0.4, least=0.0, most=2.0),
        timeout_s=env.number("OPENAI_TIMEOUT", 30.0, least=1.0, most=600.0),
        price_input=_known(env.number("OPENAI_PRICE_INPUT", UNKNOWN, least=UNKNOWN, most=MOST_MONEY)),
        price_output=_known(env.number("OPENAI_PRICE_OUTPUT", UNKNOWN, least=UNKNOWN, most=MOST_MONEY)),
        judgements=int(env.choice("JUDGEMENTS", "1", ("1", "3"))),
        has_prepared_replies=env.flag("PREPARED_REPLIES", default=True),
        engine_url=env.address("FASTAPI_BASE_URL", schemes=("http", "https")),
    )
    _require(settings)
    return settings


def _known(price: float) -> float | None:
    return price if price >= 0 else None


def _require(settings: MindSettings) -> None:
    if settings.choice == "openai" and not (settings.openai_api_key or settings.openai_base_url):
        raise ImproperlyConfigured(
            "INTERVIEWER is openai: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own."
        )
    if settings.choice == "external" and not settings.engine_url:
        raise ImproperlyConfigured("INTERVIEWER is external: set FASTAPI_BASE_URL to the engine's address.")
