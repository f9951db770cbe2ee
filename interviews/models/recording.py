"""Where the recorded audio lies: immutable segments, addressed by sample offset."""

from django.db import models

from interviews.models.session import Session


class RecordingSegment(models.Model):
    """`samples` samples of one side's audio line from `offset` on, stored under `name`."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="segments")
    side = models.CharField(max_length=12, default="candidate")
    offset = models.PositiveBigIntegerField()
    samples = models.PositiveIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ("session_id", "side", "offset")
        constraints = [
            models.UniqueConstraint(fields=["session", "side", "offset"], name="one_segment_per_offset")
        ]

    def __str__(self) -> str:
        return self.name
