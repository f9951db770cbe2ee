"""What a candidate asks of the people behind the interview."""

from django.conf import settings
from django.db import models

from interviews.models.session import Session


class Request(models.Model):
    """One request; a person answers it."""

    class Kind(models.TextChoices):
        PERSON = "person", "a person instead of the AI"
        ACCOMMODATION = "accommodation"
        REVIEW = "review", "a person looks at the result"
        EXPORT = "export", "a copy of my data"
        DELETION = "deletion", "delete my data"

    class Status(models.TextChoices):
        OPEN = "open"
        ANSWERED = "answered"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=16, choices=Kind)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    answer = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(null=True, blank=True, help_text="By when a person should have answered.")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_by_name = models.CharField(max_length=200, blank=True, help_text="Stays when the account goes.")

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["status", "due_at"])]

    def __str__(self) -> str:
        return f"{self.kind} ({self.status})"
