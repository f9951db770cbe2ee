"""What was judged of the answers, by whom, and what people noted."""

from django.conf import settings
from django.db import models

from interviews.models.session import Session

WHOLE_SESSION = 0


class Evaluation(models.Model):
    """One answer's evaluation, or with number 0 the whole session's, answers included.

    Rows of one `run` were made with one evaluator; running again begins the next and the former stay, to be
    compared. Of each number one row is current.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="evaluations")
    number = models.PositiveSmallIntegerField(
        default=WHOLE_SESSION, help_text="Of the question; 0 is the whole session."
    )
    run = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    evaluator = models.CharField(max_length=80)
    model = models.CharField(max_length=120, blank=True, help_text="Empty where no language model took part.")
    prompt_version = models.CharField(max_length=40, blank=True)
    rubric_digest = models.CharField(max_length=64, blank=True)
    inputs_digest = models.CharField(max_length=64, blank=True)
    judgements = models.PositiveSmallIntegerField(default=1, help_text="How often it was judged.")
    content = models.JSONField()
    overall = models.FloatField(null=True, blank=True)
    head_hash = models.CharField(max_length=64, help_text="The state of the log that was judged.")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who had it run again; nobody where it was judged in the course of things.",
    )
    is_after_change = models.BooleanField(
        default=False, help_text="Of a run that began with the candidate's own correction or second answer."
    )
    created_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("session", "run", "number", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"],
                condition=models.Q(is_current=True),
                name="one_current_evaluation",
            )
        ]
        indexes = [
            models.Index(fields=["session", "run", "number"]),
            # The score alone, without reading the content that stands before it.
            models.Index(fields=["session", "number", "is_current", "overall"], name="evaluation_overall"),
        ]

    def __str__(self) -> str:
        what = f"question {self.number}" if self.number else "whole"
        return f"{self.session_id}, {what}: {self.overall}"


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
