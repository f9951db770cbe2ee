"""The append-only log: one row per change of state, chained by hashes that survive erasure of the words."""

from django.db import models

from interviews.models.session import Session


class Event(models.Model):
    """One event. `payload` and `salt` may be erased; `digest` and `hash` stay: it still verifies."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    at = models.DateTimeField()
    payload = models.JSONField(null=True)
    salt = models.CharField(max_length=32, null=True)  # noqa: DJ001 (null says erased, "" would say unsalted)
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("session_id", "seq")
        constraints = [models.UniqueConstraint(fields=["session", "seq"], name="one_event_per_number")]

    def __str__(self) -> str:
        return f"{self.session_id}/{self.seq} {self.type}"
