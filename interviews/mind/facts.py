"""Who answers, as people are told, without asking or building anything."""

from urllib.parse import urlsplit

from interviews.mind.ports import MindFacts
from interviews.mind.settings import MindSettings

OPENAI_HOST = "api.openai.com"


def facts_of(settings: MindSettings) -> MindFacts:
    """What the mind of `settings` says of itself."""
    if settings.resolved == "openai":
        return MindFacts("openai", settings.model, _host(settings.openai_base_url) or OPENAI_HOST)
    if settings.resolved == "external":
        return MindFacts("external", "", _host(settings.engine_url))
    return MindFacts("scripted")


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""
