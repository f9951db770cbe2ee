"""Work that is done in the background: one row a piece, written with whatever asks for it."""

from django.db import models


class Task(models.Model):
    """Gone when it is done. `wanted` grows with every wish, so that one made meanwhile is not lost."""

    class Status(models.TextChoices):
        OPEN = "open"
        FAILED = "failed"

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=100, help_text="Two wishes with one kind and key are the same work.")
    payload = models.JSONField(default=dict)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    wanted = models.PositiveIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("due_at", "id")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_task_per_key")]
        indexes = [models.Index(fields=["status", "due_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.status})"
