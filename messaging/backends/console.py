"""Carries no text: shows it in the server's own terminal, for trying things out without an account."""

import sys
from datetime import datetime
from typing import TextIO
from uuid import uuid4

from messaging.models.message import PRINTED_ID
from messaging.sms.numbers import masked
from messaging.sms.settings import SmsSettings


class ConsoleSender:
    answers_stop = False

    def __init__(self, settings: SmsSettings, stream: TextIO | None = None) -> None:
        self._stream = stream

    def send(self, to: str, body: str, *, sender: str, status_callback: str) -> str:
        stream = self._stream or sys.stdout
        stream.write(f"text to {masked(to)}: {body}\n")
        stream.flush()
        return f"{PRINTED_ID}-{uuid4().hex}"

    def find(self, to: str, body: str, *, since: datetime) -> str | None:
        return None
