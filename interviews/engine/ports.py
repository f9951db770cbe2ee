"""What the rest of the package needs of the connection to an engine."""

from collections.abc import AsyncGenerator
from typing import Any, Protocol, TypeVar

from msgspec import Struct

Shape = TypeVar("Shape", bound=Struct)


class EngineError(Exception):
    """The engine did not answer as docs/engine.md asks. `permanent`: asking again would not help."""

    def __init__(self, message: str, *, permanent: bool = False, is_unknown: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.is_unknown = is_unknown  # it has no such path: 404, 405 or 501


class Engine(Protocol):
    @property
    def host(self) -> str: ...

    async def get(self, path: str, shape: type[Shape], *, within_s: float) -> Shape: ...

    async def ask(self, path: str, wish: dict[str, Any], shape: type[Shape], *, within_s: float) -> Shape:
        """Its answer, checked against `shape`. Retries are bounded. Raises EngineError."""
        ...

    def stream(
        self, path: str, wish: dict[str, Any], shape: type[Shape], *, within_s: float
    ) -> AsyncGenerator[str | Shape, None]:
        """Texts as they come where it streams `text/plain`, else one `shape`. `within_s` holds between two.

        `aclose()` gives the answer up and frees the connection. Raises EngineError.
        """
        ...

    async def aclose(self) -> None: ...
