"""What an interview showed to be missing, kept so that it can be listed over many of them."""

from django.db import models

from interviews.models.session import Session


class SkillGap(models.Model):
    """One competency of one session that fell short; analysing the session again replaces its rows."""

    class Severity(models.TextChoices):
        LOW = "low"
        MEDIUM = "medium"
        HIGH = "high"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="skill_gaps")
    skill = models.CharField(max_length=80)
    severity = models.CharField(max_length=8, choices=Severity)
    score = models.FloatField(null=True, blank=True, help_text="0 to 100 over the answers it rests on.")
    missing = models.JSONField(default=list, blank=True, help_text="Expected points that did not come.")
    evidence = models.JSONField(default=list, blank=True, help_text="What was said, with where.")
    suggestion = models.TextField(blank=True)
    next_step = models.TextField(blank=True, help_text="What the next anchor asks for.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at", "id")
        constraints = [models.UniqueConstraint(fields=["session", "skill"], name="one_gap_per_skill")]
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return f"{self.skill} ({self.severity})"
