"""What a client of a language model must know, and how long it may wait."""

from msgspec import Struct


class ModelOptions(Struct, frozen=True, kw_only=True):
    """The waits are judged: a spoken reply that begins after eight seconds is no conversation any more."""

    model: str
    base_url: str = ""  # "" for OpenAI itself
    api_key: str = ""  # "" where the server wants none
    max_tokens: int = 800
    temperature: float = 0.4
    timeout_s: float = 30.0  # for an answer that comes in one piece
    connect_s: float = 3.0
    first_delta_s: float = 8.0  # from the question to the first word, retries and all
    between_deltas_s: float = 5.0
    most_tries: int = 3  # of the same request, where a failure may pass
    back_off_s: float = 0.4  # before the second try; twice as long before each further one
    longest_back_off_s: float = 10.0  # a server that wants to be left alone for longer is not asked again
