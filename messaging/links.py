"""Links that messages carry, made anew each time they are needed and kept nowhere.

A link's token is a keyed hash of the session and a random mark. The mark stands in the message's key, the key
of the hash is the server's SECRET_KEY: whoever reads the database alone opens no interview, and two messages
of one invitation (or the same one tried again) carry the same link.
"""

import base64
import secrets
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.guest_tokens import hash_token, matches
from interviews.models import Session
from interviews.sessions import LINK_OPEN_FOR
from messaging.models import Message

PLACE = "[link]"  # where a kept text has its link
OURS = ("invitation/", "reminder/")  # keys of messages that may carry one


def open_link(session: Session, now: datetime, due_at: datetime) -> str:
    """Give the session a new link, open for a week from when it is needed; returns its mark.

    The former link stops working.
    """
    mark = secrets.token_urlsafe(12)
    session.token_hash = hash_token(_token(session, mark))
    session.token_expires_at = max(now, due_at, session.scheduled_at or now) + LINK_OPEN_FOR
    session.save(update_fields=["token_hash", "token_expires_at", "updated_at"])
    return mark


def find_link(session: Session, mark: str) -> str | None:
    """The whole address; None where a newer link, or none at all, opens the session."""
    token = _token(session, mark)
    return f"{settings.PUBLIC_URL}/i/{token}/" if matches(token, session.token_hash) else None


def mark_of(key: str) -> str:
    """The mark in the key of an invitation or a reminder: `<kind>/<session>/<mark>/…`."""
    return key.split("/")[2]


def link_for(message: Message) -> tuple[str | None, bool]:
    """The link a text has a place for, and whether the message still says what is so."""
    session = message.session
    if session is None or not message.key.startswith(OURS):
        return None, True
    if session.is_over or session.deleted_at is not None:
        return None, False
    if message.kind == "reminder" and session.status != Session.Status.SCHEDULED:
        return None, False
    if PLACE not in message.body:
        return None, True
    link = find_link(session, mark_of(message.key))
    return link, link is not None


def notice_link(session: Session) -> str:
    """Where what the organisation tells its candidates stands in full; it opens nothing else."""
    return f"{settings.PUBLIC_URL}/notice/{session.uuid}/{notice_mark(session.uuid)}/"


def notice_mark(uuid: UUID) -> str:
    """Shows that whoever knows the address was given it."""
    return salted_hmac("messaging.links.notice", str(uuid), algorithm="sha256").hexdigest()[:16]


def _token(session: Session, mark: str) -> str:
    digest = salted_hmac("messaging.links", f"{session.uuid}/{mark}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
