"""Reads JSON bodies strictly and within bounds; whatever else arrives is a plain 400 or 413."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, MultiPartParser

from rest.errors import ApiError

MOST_JSON_BYTES = 1024 * 1024
MOST_UPLOAD_BYTES = 32 * 1024 * 1024  # a little more than a recording may have: the form around it


class StrictJsonParser(JSONParser):
    """DRF's reads without a bound on size and dies of 3,000 nested brackets."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        body = stream.read(MOST_JSON_BYTES + 1)
        if len(body) > MOST_JSON_BYTES:
            raise ApiError(413, "too_large", "A JSON body may have one megabyte at most.")
        try:
            read = json.loads(body.decode("utf-8"), parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise ParseError("The body is not valid JSON.") from None
        if not isinstance(read, dict):
            raise ParseError("The body must be a JSON object.")
        return read


class BoundedMultiPartParser(MultiPartParser):
    """Refuses by the announced length, before anything is read."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        meta = (parser_context or {})["request"].META
        length = meta.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > MOST_UPLOAD_BYTES:
            raise ApiError(413, "too_large", "An upload may have 32 megabytes at most.")
        return super().parse(stream, media_type, parser_context)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
