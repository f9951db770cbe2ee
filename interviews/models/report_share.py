"""Links by which people without an account read one edition of one report, for a while."""

from django.conf import settings
from django.db import models

from interviews.models.session import Session


class ReportShare(models.Model):
    """One link. The token itself is shown once and never kept."""

    class Edition(models.TextChoices):
        PANEL = "panel"
        CANDIDATE = "candidate"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="report_shares")
    edition = models.CharField(max_length=10, choices=Edition)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    made_by_name = models.CharField(max_length=200, help_text="Stays when the account goes.")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0, help_text="How often the report was read by it.")
    last_opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"{self.session_id}, {self.edition}, until {self.expires_at:%Y-%m-%d}"
