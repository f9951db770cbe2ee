"""What a phone number agreed to, and the interview that runs over it."""

from typing import ClassVar

from django.db import models

from interviews.models import Session


class PhoneConsent(models.Model):
    """A number's word counts for every organisation: who texts STOP to us is texted by none."""

    class Status(models.TextChoices):
        UNKNOWN = "unknown"
        ASKED = "asked"
        OPTED_IN = "opted_in"
        OPTED_OUT = "opted_out"

    number = models.CharField(max_length=20, unique=True, help_text="E.164: +14155550123")
    status = models.CharField(max_length=10, choices=Status, default=Status.UNKNOWN)
    asked_at = models.DateTimeField(null=True, blank=True)
    opted_in_at = models.DateTimeField(null=True, blank=True)
    opted_out_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=160, blank=True, help_text="What was answered.")
    question = models.TextField(blank=True, help_text="What was asked, as it was sent.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-updated_at", "-id")

    def __str__(self) -> str:
        return f"{self.number}: {self.status}"


class SmsInterview(models.Model):
    """A session that is held by text messages; a number has one that runs at a time."""

    class Status(models.TextChoices):
        WAITING = "waiting"  # for quiet hours or another conversation to end
        ASKED = "asked"  # for YES
        RUNNING = "running"
        ENDED = "ended"

    OPEN: ClassVar = (Status.WAITING, Status.ASKED, Status.RUNNING)

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="sms_interview")
    number = models.CharField(max_length=20)
    time_zone = models.CharField(max_length=64, default="UTC")
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    end_reason = models.CharField(max_length=24, blank=True)
    parts = models.JSONField(default=list, blank=True, help_text="Texts of an answer that may go on.")
    parts_until = models.DateTimeField(null=True, blank=True, help_text="When they count as the answer.")
    not_known = models.PositiveSmallIntegerField(default=0, help_text="I-don't-knows in a row.")
    sent_seq = models.PositiveIntegerField(default=0, help_text="The log up to here has been texted.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=models.Q(status__in=("asked", "running")),
                name="one_conversation_per_number",
            )
        ]
        indexes = [models.Index(fields=["number"])]

    def __str__(self) -> str:
        return f"{self.session} by text, {self.status}"

    def end(self, reason: str) -> None:
        """It is over, and what was half said is no answer any more."""
        self.status, self.end_reason = self.Status.ENDED, reason
        self.parts, self.parts_until = [], None
        self.save(update_fields=["status", "end_reason", "parts", "parts_until", "updated_at"])
