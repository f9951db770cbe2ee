"""What a person set instead of what a program judged of an answer, with the reason; nothing is taken back."""

from django.conf import settings
from django.db import models

from interviews.models.rating import HIGHEST, LOWEST
from interviews.models.session import Session


class Override(models.Model):
    """One person's word on one answer. Of each question the newest row counts, and the former ones stay."""

    class Outcome(models.TextChoices):
        SCORE = "score"
        NOT_SCORABLE = "not_scorable"
        AS_JUDGED = "as_judged"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="overrides")
    number = models.PositiveSmallIntegerField(help_text="Of the question.")
    outcome = models.CharField(
        max_length=12,
        choices=Outcome,
        help_text="score: this one on the anchors; not_scorable: it counts neither way; as_judged: undone.",
    )
    score = models.PositiveSmallIntegerField(null=True, blank=True, help_text="On the anchors, 1 to 5.")
    reason = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    author_name = models.CharField(max_length=200, help_text="Stays when the account goes.")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("number", "id")
        indexes = [models.Index(fields=["session", "number", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="score", score__range=(LOWEST, HIGHEST))
                | (~models.Q(outcome="score") & models.Q(score=None)),
                name="a_score_where_there_is_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id}, question {self.number}: {self.score or self.outcome}"
