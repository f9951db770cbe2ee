"""Reads settings from the environment and `.env`; a bad value stops the start with one sentence."""

import os
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured
from dotenv import dotenv_values

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


class Environment:
    """Typed access to settings; what the process was given wins over `.env`."""

    def __init__(self, values: dict[str, str]) -> None:
        self._values = values

    @classmethod
    def load(cls, dotenv: Path) -> "Environment":
        """This will merge `dotenv` (when it exists) under the process's own environment."""
        from_file = {key: value or "" for key, value in dotenv_values(dotenv).items()}
        return cls({**from_file, **os.environ})

    def text(self, name: str, default: str = "") -> str:
        return self._values.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool) -> bool:
        raw = self._values.get(name)
        if raw is None or raw.strip() == "":
            return default
        word = raw.strip().lower()
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        raise ImproperlyConfigured(f"{name} is {raw!r}; write true or false.")

    def whole(self, name: str, default: int, *, least: int = 0, most: int = 10**9) -> int:
        raw = self.text(name, str(default))
        try:
            number = int(raw)
        except ValueError:
            raise ImproperlyConfigured(f"{name} is {raw!r}; write a whole number.") from None
        if not least <= number <= most:
            raise ImproperlyConfigured(f"{name} is {number}; it must lie between {least} and {most}.")
        return number

    def number(self, name: str, default: float, *, least: float, most: float) -> float:
        raw = self.text(name, str(default))
        try:
            value = float(raw)
        except ValueError:
            raise ImproperlyConfigured(f"{name} is {raw!r}; write a number.") from None
        if not least <= value <= most:  # also refuses NaN
            raise ImproperlyConfigured(f"{name} is {raw}; it must lie between {least} and {most}.")
        return value

    def choice(self, name: str, default: str, allowed: Iterable[str]) -> str:
        value = self.text(name, default)
        options = sorted(allowed)
        if value not in options:
            raise ImproperlyConfigured(f"{name} is {value!r}; choose one of {', '.join(options)}.")
        return value

    def listing(self, name: str, default: str = "") -> list[str]:
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def address(self, name: str, default: str = "", *, schemes: Iterable[str]) -> str:
        """This will give an address whose scheme is one of `schemes`, or "" when none is set."""
        value = self.text(name, default)
        parts = _split(value)
        if value and (parts is None or parts.scheme not in set(schemes)):
            wanted = ", ".join(f"{scheme}://…" for scheme in schemes)
            raise ImproperlyConfigured(f"{name} does not look like an address ({wanted}).")
        return value

    def origins(self, name: str) -> list[str]:
        """This will give origins as browsers send them: scheme, host and port, nothing behind."""
        given = self.listing(name)
        for origin in given:
            parts = _split(origin)
            if parts is None or parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
                raise ImproperlyConfigured(
                    f"{name} holds {origin!r}; write https://host or https://host:port."
                )
        return given

    def networks(self, name: str) -> tuple[IPv4Network | IPv6Network, ...]:
        """This will give addresses and networks, such as `127.0.0.1` or `10.0.0.0/8`."""
        try:
            return tuple(ip_network(part) for part in self.listing(name))
        except ValueError as error:
            raise ImproperlyConfigured(f"{name}: {error}; write addresses or networks.") from None


def _split(value: str) -> SplitResult | None:
    """The parts of an address, or None where its host or port make no sense."""
    try:
        parts = urlsplit(value)
        _ = parts.port  # parsed only when it is asked for
    except ValueError:
        return None
    return parts
