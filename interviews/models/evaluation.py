"""What was judged of the answers, by whom, and what people noted."""

from django.conf import settings
from django.db import models

from interviews.models.session import Session


class Evaluation(models.Model):
    """The scores of one session: `content` holds the session's and every answer's evaluation."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="evaluation")
    content = models.JSONField()
    evaluator = models.CharField(max_length=80)
    overall = models.FloatField(null=True, blank=True)
    head_hash = models.CharField(max_length=64, help_text="The state of the log that was judged.")
    created_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.session_id}: {self.overall}"


class Note(models.Model):
    """A person's note at a time of the interview; candidates never see it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    author_name = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    at_ms = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:60]
