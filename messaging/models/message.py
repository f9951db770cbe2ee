"""One text or e-mail, sent or received, with what became of it."""

from django.db import models

from accounts.mail import PRINTED
from accounts.models import Organisation
from hiring.models import Candidate
from interviews.models import Session

PRINTED_ID = "console"  # how `provider_id` begins where nobody carried it


class Message(models.Model):
    """Written before it is sent, so that a crash neither loses nor doubles it: `key` is unique."""

    class Channel(models.TextChoices):
        SMS = "sms"
        EMAIL = "email"

    class Direction(models.TextChoices):
        OUT = "out"
        IN = "in"

    class Status(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        DELIVERED = "delivered"
        FAILED = "failed"
        RECEIVED = "received"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="messages"
    )
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, null=True, blank=True, related_name="messages"
    )
    candidate = models.ForeignKey(
        Candidate, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    channel = models.CharField(max_length=8, choices=Channel)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.OUT)
    kind = models.CharField(max_length=24, help_text="invitation, reminder, reply, consent_request, …")
    key = models.CharField(max_length=120, unique=True, help_text="Two with one key are the same message.")
    to = models.CharField(max_length=254)
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    provider_id = models.CharField(max_length=64, blank=True, db_index=True)
    error_code = models.CharField(max_length=40, blank=True)
    error = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(fields=["organisation", "created_at"]),
            models.Index(fields=["to", "status"]),  # what waits for a number, looked up with each text
            models.Index(fields=["sender"]),
            models.Index(fields=["kind", "due_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel}, {self.status}"

    @property
    def outcome(self) -> str:
        """What became of it, in a few words; what was only printed reached nobody."""
        is_printed = self.provider_id.startswith(PRINTED_ID)
        return PRINTED if is_printed else self.get_status_display().lower()

    @property
    def way(self) -> str:
        """In the words of people."""
        return "text" if self.channel == self.Channel.SMS else "e-mail"
