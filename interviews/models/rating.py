"""What people think of an answer, or of a whole interview, on the scale of the anchors."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from interviews.models.session import Session

WHOLE_SESSION = 0
LOWEST, HIGHEST = 1, 5


class Rating(models.Model):
    """One person's; giving it again changes it. Candidates never see it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="ratings")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    author_name = models.CharField(max_length=200, blank=True, help_text="Stays when the account goes.")
    number = models.PositiveSmallIntegerField(
        default=WHOLE_SESSION, help_text="Of the question; 0 is the whole interview."
    )
    score = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]
    )
    first_score = models.PositiveSmallIntegerField(
        null=True,
        editable=False,
        help_text="The first that this person gave, whatever they changed it to later.",
    )
    comment = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("number", "id")
        constraints = [
            models.UniqueConstraint(fields=["session", "author", "number"], name="one_rating_per_author")
        ]

    def __str__(self) -> str:
        what = f"question {self.number}" if self.number else "whole"
        return f"{self.session_id}, {what}: {self.score}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.first_score is None:
            self.first_score = self.score
        super().save(*args, **kwargs)
