"""What an operator may set about the mind, as one value that the server builds from the environment."""

from typing import Literal

from msgspec import Struct

Choice = Literal["auto", "openai", "scripted", "external"]
USUAL_MODEL = "gpt-4.1-mini"


class MindSettings(Struct, frozen=True, kw_only=True):
    """`choice` auto is `external` with an engine, `openai` with a key or a named model, else `scripted`."""

    choice: Choice = "auto"
    openai_api_key: str = ""
    openai_base_url: str = ""
    openai_model: str = ""
    max_tokens: int = 2_000  # of one answer; a judgement of six points with quotes takes about 900
    temperature: float = 0.4
    timeout_s: float = 30.0  # for a whole filled form; streams are watched delta by delta
    price_input: float | None = None  # for a million tokens, in the operator's own currency; None: unknown
    price_output: float | None = None
    judgements: int = 1  # how often each answer is judged: 1 or 3
    has_prepared_replies: bool = True
    engine_url: str = ""  # FASTAPI_BASE_URL

    @property
    def resolved(self) -> Literal["openai", "scripted", "external"]:
        if self.choice != "auto":
            return self.choice
        if self.engine_url:  # set for nothing else, while a key may be there for the voice alone
            return "external"
        return "openai" if self.openai_api_key or self.openai_model else "scripted"

    @property
    def model(self) -> str:
        return self.openai_model or USUAL_MODEL
