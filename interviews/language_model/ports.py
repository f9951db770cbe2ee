"""What a language model is to the rest of Viva, whoever serves it."""

from collections.abc import AsyncGenerator, Callable
from typing import Literal, Protocol, TypeVar

from msgspec import Struct

Purpose = Literal["reply", "coverage", "evaluation", "plan", "probe"]
Form = TypeVar("Form", bound=Struct)


class LanguageModelError(Exception):
    """No words could be had. `permanent`: asking again would not help (a wrong key, no such model)."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


class Message(Struct, frozen=True):
    side: Literal["user", "assistant"]
    text: str


class Prompt(Struct, frozen=True):
    """`version` names the wording of the prompt and is kept with everything that came of it."""

    system: str
    messages: tuple[Message, ...]
    version: str


class Spent(Struct, frozen=True):
    """What one request cost. Tokens are the server's count, or an estimate where it gives none."""

    purpose: Purpose
    model: str
    input_tokens: int = 0
    cached_tokens: int = 0  # of the input tokens, those the server had kept
    output_tokens: int = 0
    is_estimate: bool = False
    took_ms: int = 0
    has_failed: bool = False


Spend = Callable[[Spent], None]


class LanguageModel(Protocol):
    @property
    def name(self) -> str:
        """The model, as the operator and the report know it: `gpt-4.1-mini`."""
        ...

    @property
    def host(self) -> str:
        """Where it is asked: `api.openai.com`."""
        ...

    def stream(self, prompt: Prompt, *, purpose: Purpose, spend: Spend) -> AsyncGenerator[str, None]:
        """Yield deltas of an answer in plain text. `aclose()` gives it up and frees the connection.

        `spend` is called once per request, also for one that failed or was given up.
        Raises LanguageModelError, at the first delta or later.
        """
        ...

    async def fill(self, prompt: Prompt, form: type[Form], *, purpose: Purpose, spend: Spend) -> Form:
        """Have `form` filled in, under a strict schema where the server knows such a thing.

        What comes back has been checked against `form`, whatever the server promised. Retries are bounded and
        inside. Raises LanguageModelError.
        """
        ...
