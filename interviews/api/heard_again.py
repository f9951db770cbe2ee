"""What was heard of a second answer, signed on its way to the candidate and back: nothing is kept yet."""

import hashlib
from typing import Any

import msgspec
from django.core import signing
from rest_framework import serializers

from interviews.live.events import HeardPart
from interviews.models import Session
from interviews.uploads import Upload

SALT = "interviews.heard_again"
GOOD_FOR_S = 3_600
EXPIRED = "This was heard too long ago, or is not of this question. Record it again."


class HeardAgain(msgspec.Struct, frozen=True):
    """`digest` is of the recording."""

    session: int
    number: int
    digest: str
    parts: tuple[HeardPart, ...]

    @property
    def text(self) -> str:
        return " ".join(part.text for part in self.parts)


def sign(session: Session, number: int, upload: Upload) -> str:
    parts = tuple(
        HeardPart(
            one.start_ms, one.end_ms, one.transcript.text, one.transcript.confidence, one.transcript.engine
        )
        for one in upload.heard
    )
    heard = HeardAgain(session.pk, number, digest_of(upload.pcm), parts)
    return signing.dumps(msgspec.to_builtins(heard), salt=SALT, compress=True)


def read(token: str, session: Session, number: int) -> HeardAgain:
    """Raises ValidationError for what was not signed here, for this question, within the hour."""
    try:
        told: Any = signing.loads(token, salt=SALT, max_age=GOOD_FOR_S)
    except signing.BadSignature:
        raise serializers.ValidationError({"heard": EXPIRED}) from None
    heard = msgspec.convert(told, HeardAgain)
    if (heard.session, heard.number) != (session.pk, number):
        raise serializers.ValidationError({"heard": EXPIRED})
    return heard


def digest_of(pcm: bytes) -> str:
    return hashlib.sha256(pcm).hexdigest()
