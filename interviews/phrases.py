"""The phrases of `phrases.yaml`, compiled once."""

import re
from functools import lru_cache
from pathlib import Path

import yaml
from msgspec import Struct, convert


class Phrases(Struct, frozen=True):
    intents: dict[str, list[str]]
    hedges: str
    about_the_job: str
    yes_words: str
    no_words: str
    empty_words: str
    fill_words: str  # say nothing about the subject of a question
    denials: list[str]

    @property
    def patterns(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """One pattern per intent, in the order in which they are tried."""
        return tuple((intent, re.compile("|".join(parts))) for intent, parts in self.intents.items())


@lru_cache(maxsize=1)
def load_phrases() -> Phrases:
    text = Path(__file__).with_name("phrases.yaml").read_text(encoding="utf-8")
    return convert(yaml.safe_load(text), Phrases)
