"""Who watches, as far as the process that holds their socket says so."""

from django.db import models

from interviews.models.session import Session


class Presence(models.Model):
    """One observer's open socket; its process keeps `seen_at` fresh for as long as it lives."""

    ref = models.CharField(max_length=64, primary_key=True)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="presences")
    process = models.CharField(max_length=64, db_index=True)
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.ref
