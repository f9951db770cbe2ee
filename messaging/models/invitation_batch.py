"""Many candidates of one CSV file, invited one after another in the background."""

from django.conf import settings
from django.db import models

from accounts.models import Organisation


class InvitationBatch(models.Model):
    """`rows` are the people still to come; who was invited stands in `results` by numbers alone.

    Who was left out stands there as given, until that is forgotten.
    """

    class Status(models.TextChoices):
        DRAFT = "draft"  # looked at by a person first; nobody is invited before they say so
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitation_batches"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    wish = models.JSONField(default=dict, help_text="What each session is to be.")
    invitation = models.JSONField(default=dict, help_text="How each candidate is invited.")
    rows = models.JSONField(default=list, blank=True, help_text="Emptied as they are invited.")
    results = models.JSONField(default=list, blank=True)
    total = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=Status, default=Status.QUEUED)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name_plural = "invitation batches"
        indexes = [models.Index(fields=["organisation", "created_at"])]

    def __str__(self) -> str:
        return f"{self.done} of {self.total}, {self.status}"

    @property
    def done(self) -> int:
        return len(self.results)
