"""What a session has cost at a language model."""

from django.db import models

from interviews.models.session import Session


class ModelUse(models.Model):
    """The sums of all requests of one purpose to one model; written by `interviews.spending` alone."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="model_uses")
    purpose = models.CharField(max_length=16)
    model = models.CharField(max_length=120)
    requests = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0, help_text="Of the requests, those without an answer.")
    input_tokens = models.PositiveBigIntegerField(default=0)
    cached_tokens = models.PositiveBigIntegerField(default=0, help_text="Of the input tokens.")
    output_tokens = models.PositiveBigIntegerField(default=0)
    is_estimate = models.BooleanField(default=False, help_text="Whether the server left some uncounted.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["session", "purpose", "model"], name="one_use_per_purpose")
        ]

    def __str__(self) -> str:
        return f"{self.model}, {self.purpose}: {self.requests}"
