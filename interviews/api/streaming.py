"""Answers that leave in pieces, under ASGI as well as under WSGI."""

from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import StreamingHttpResponse
from rest_framework.request import Request


def streamed(request: Request, pieces: Iterator[bytes], content_type: str) -> StreamingHttpResponse:
    """Each piece is made in a thread when the one before is gone."""
    is_async = isinstance(request._request, ASGIRequest)  # noqa: SLF001 (there is no other way to know)
    return StreamingHttpResponse(_in_thread(pieces) if is_async else pieces, content_type=content_type)


async def _in_thread(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    take: Callable[[], bytes | None] = partial(next, pieces, None)
    while (piece := await sync_to_async(take)()) is not None:
        yield piece
