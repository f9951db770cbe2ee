"""One live conversation: who, what, when, who runs it now, and where its log stands."""

import uuid

from django.conf import settings
from django.db import models

from accounts.models import Organisation
from hiring.models import Candidate, Interviewer, Job, Round


class Session(models.Model):
    """The row behind one interview link. `seq`, `epoch` and the lease belong to `interviews.live`."""

    class Status(models.TextChoices):
        SCHEDULED = "scheduled"
        IN_PROGRESS = "in_progress"
        COMPLETED = "completed"
        CANCELLED = "cancelled"
        ABANDONED = "abandoned"

    OVER = (Status.COMPLETED, Status.CANCELLED, Status.ABANDONED)

    class Purpose(models.TextChoices):
        HIRING = "hiring"
        PRACTICE = "practice"

    class Channel(models.TextChoices):
        VOICE = "voice"
        TYPED = "typed"
        SMS = "sms"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions")
    candidate = models.ForeignKey(Candidate, on_delete=models.SET_NULL, null=True, blank=True)
    interviewer = models.ForeignKey(Interviewer, on_delete=models.SET_NULL, null=True, blank=True)

    round = models.ForeignKey(
        Round, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions"
    )

    title = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    candidate_name = models.CharField(max_length=200, blank=True)
    job_role = models.CharField(max_length=120, blank=True)
    difficulty = models.CharField(max_length=20, default="intermediate")
    question_type = models.CharField(max_length=20, default="mixed")
    num_questions = models.PositiveSmallIntegerField(default=5)
    duration_minutes = models.PositiveSmallIntegerField(default=30)
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.HIRING)
    language = models.CharField(max_length=12, default="en")
    preferred_channel = models.CharField(max_length=8, choices=Channel, default=Channel.VOICE)
    status = models.CharField(max_length=12, choices=Status, default=Status.SCHEDULED)
    end_reason = models.CharField(max_length=24, blank=True)
    reached_question = models.PositiveSmallIntegerField(
        default=0, help_text="The number of the last question that was begun; 0: none."
    )

    plan = models.JSONField(default=dict, help_text="A copy, untouched by later changes.")
    is_drafted = models.BooleanField(
        default=False, help_text="Nobody chose its questions: the first of one's own take their place."
    )
    settings = models.JSONField(
        default=dict, blank=True, help_text="Constants that differ from the defaults."
    )
    accommodations = models.JSONField(default=dict, blank=True, help_text="Never in reports or prompts.")
    consent = models.JSONField(default=dict, blank=True)

    scheduled_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    retain_until = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(
        null=True, blank=True, help_text="Since then nobody finds it; the proof of its log stays."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    token_expires_at = models.DateTimeField(null=True, blank=True)

    seq = models.PositiveIntegerField(default=0, help_text="Number of the newest event in the log.")
    head_hash = models.CharField(max_length=64, blank=True)
    audio_acked = models.PositiveBigIntegerField(
        default=0, help_text="Samples of the audio line that held no speech or whose words are in the log."
    )

    lease_owner = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    epoch = models.PositiveIntegerField(default=0, help_text="Grows with every owner; fences the former.")

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(fields=["status", "lease_until"]),
            models.Index(
                fields=["organisation", "status", "purpose", "job", "deleted_at"], name="session_standing"
            ),
            models.Index(fields=["purpose", "created_at"]),  # for superusers, who see all organisations
            # All that the dashboard counts: the rows themselves hold whole plans and are slow to read.
            models.Index(
                fields=[
                    "organisation",
                    "purpose",
                    "created_at",
                    "job",
                    "status",
                    "end_reason",
                    "started_at",
                    "reached_question",
                    "num_questions",
                    "round",
                    "deleted_at",
                ],
                name="session_figures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.job_role or 'Interview'} · {str(self.uuid)[:8]}"

    @property
    def is_over(self) -> bool:
        return self.status in self.OVER
