"""What anyone but the candidate's own socket wants of a session: rows that its runner drains in order."""

from django.conf import settings
from django.db import models

from interviews.models.session import Session


class Command(models.Model):
    """One wish; the unique `command_id` makes sending it twice harmless."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        DONE = "done"
        REJECTED = "rejected"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="commands")
    command_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    code = models.CharField(max_length=40, blank=True)
    message = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["session", "command_id"], name="one_command_per_id")]
        indexes = [models.Index(fields=["session", "status"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"
