"""Takes names out of what a model is shown, and puts them back into the quotes that it gives."""

import re
from collections.abc import Iterable

from msgspec import Struct

from interviews.evaluation.form import AnswerForm, FindingForm, PointForm

NAME = "[name]"  # stands where a name was
_FEWEST_NAME_CHARS = 3  # shorter parts of names are too often words of their own
_INTRODUCED = re.compile(
    r"\b(?:my name is|my name's|i am called|i'm called|they call me|people call me)\s+"
    r"((?-i:[^\W\d_][\w'’-]*(?:\s+[A-ZÀ-ÞŠŽ][\w'’-]+){0,2}))",
    re.IGNORECASE,
)


class Masked(Struct, frozen=True):
    text: str
    names: tuple[str, ...] = ()  # what was taken out


def mask(text: str, names: Iterable[str] = ()) -> Masked:
    """Mask the given names, in their own case, and any that somebody gives as theirs."""
    parts = {part for name in names for part in re.findall(r"[^\W\d_][\w'’-]*", name)}
    told = {match.group(1) for match in _INTRODUCED.finditer(text)}
    wanted = sorted(
        {part for part in parts if len(part) >= _FEWEST_NAME_CHARS} | told, key=lambda one: (-len(one), one)
    )
    found = []
    for name in wanted:
        text, count = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", NAME, text)
        found += [name] if count else []
    return Masked(text, tuple(found))


def restore(form: AnswerForm, masked: Masked, said: str) -> None:
    """Put the names back into the quotes of `form`, in place, as far as they then stand in `said`."""
    if masked.names:
        quoting: list[PointForm | FindingForm] = [*form.points, *form.strengths, *form.improvements]
        for one in quoting:
            one.quote = _restored(one.quote, masked.names, said)


def _restored(quote: str, names: tuple[str, ...], said: str) -> str:
    while NAME in quote:
        tried = (quote.replace(NAME, name, 1) for name in names)
        fitting = next((one for one in tried if one.partition(NAME)[0].strip() in said), None)
        if fitting is None:
            return quote
        quote = fitting
    return quote
