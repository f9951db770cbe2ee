"""Readable projections of the log: the questions of a session and what each side said."""

from django.db import models

from interviews.models.session import Session


class Question(models.Model):
    """One question of a session's plan, in order."""

    class Kind(models.TextChoices):
        TECHNICAL = "technical"
        BEHAVIORAL = "behavioral"
        CODING = "coding"
        SYSTEM_DESIGN = "system_design"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.TECHNICAL)
    competency = models.CharField(max_length=80, blank=True)
    category = models.CharField(
        max_length=80, blank=True, help_text="As a person named it; empty where the kind says it."
    )
    difficulty = models.CharField(max_length=20, blank=True)
    expected_points = models.JSONField(default=list, blank=True)
    expected_answer = models.TextField(blank=True, help_text="As a person wrote it; the points rest on it.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("session_id", "order")
        constraints = [models.UniqueConstraint(fields=["session", "order"], name="one_question_per_place")]

    def __str__(self) -> str:
        return f"{self.order}. {self.text}"


class Turn(models.Model):
    """What one side said until the floor changed; `number` is the turn or reply number of the log."""

    class Speaker(models.TextChoices):
        CANDIDATE = "candidate"
        INTERVIEWER = "interviewer"

    class Channel(models.TextChoices):
        VOICE = "voice"
        TYPED = "typed"
        SMS = "sms"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="turns")
    speaker = models.CharField(max_length=12, choices=Speaker)
    number = models.PositiveIntegerField()
    seq = models.PositiveIntegerField(help_text="The event that settled it; gives the order of both sides.")
    question_number = models.PositiveSmallIntegerField(default=0)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.VOICE)
    kind = models.CharField(max_length=24, blank=True)
    by = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    correction = models.TextField(blank=True)
    start_ms = models.PositiveIntegerField(null=True, blank=True)
    end_ms = models.PositiveIntegerField(null=True, blank=True)
    confidence = models.FloatField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("session_id", "seq")
        constraints = [
            models.UniqueConstraint(fields=["session", "speaker", "number"], name="one_turn_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.speaker} {self.number}"
