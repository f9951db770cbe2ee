"""Who is interviewed, by whom and for what, in which rounds, and what people decided."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone

from accounts.models import Organisation, User

MOST_RESUME_CHARS = 40_000  # twelve dense pages


def resume_storage() -> Storage:
    """Where résumés are kept: a storage of their own, chosen by setting."""
    return storages["resumes"]


class Job(models.Model):
    """A position; `facts` are what candidates may be told when they ask."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="jobs")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    facts = models.JSONField(default=list, blank=True)
    competencies = models.JSONField(
        default=list,
        blank=True,
        help_text='[{"name": …, "weight": 1 to 5, "anchors": {"1": …, …, "5": …}}]; anchors may be left out.',
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class Plan(models.Model):
    """One version of a plan that is used again and again; a new version is a new row."""

    class Mode(models.TextChoices):
        VERBATIM = "verbatim"
        ADAPTIVE = "adaptive"

    class Redo(models.TextChoices):
        NONE = "none"
        ONCE = "once", "each question once more"

    class Feedback(models.TextChoices):
        NONE = "none"
        WORDS = "words", "in words"
        SCORES = "scores", "in words and scores"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="plans")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="plans")
    first = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="later", help_text="Version 1."
    )
    version = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    name = models.CharField(max_length=200)
    content = models.JSONField(help_text="The plan itself; sessions copy it.")
    core_keys = models.JSONField(default=list, blank=True, help_text="Questions that everybody is asked.")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.ADAPTIVE)
    max_follow_ups = models.PositiveSmallIntegerField(default=2, help_text="For each question.")
    duration_minutes = models.PositiveSmallIntegerField(default=30)
    persona = models.CharField(max_length=40, default="Viva", help_text="What the interviewer is called.")
    notice = models.TextField(
        blank=True, help_text="What candidates read before they agree, beside the rest."
    )
    redo = models.CharField(max_length=8, choices=Redo, default=Redo.ONCE)
    feedback = models.CharField(max_length=8, choices=Feedback, default=Feedback.WORDS)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["first", "version"], name="one_plan_per_version"),
            models.UniqueConstraint(
                fields=["first"], condition=models.Q(is_current=True), name="one_current_version_per_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · version {self.version}"

    @property
    def number(self) -> int:
        """What all versions of the plan are known by: the id of the first."""
        return self.first_id or self.pk


class OpenLink(models.Model):
    """A link by which whoever has it gets an interview for a job; the newest of a job is the only one."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, related_name="open_link")
    plan = models.ForeignKey(
        Plan,
        on_delete=models.CASCADE,
        related_name="open_links",
        help_text="Its version 1; who applies gets the version that is current then.",
    )
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    most_uses = models.PositiveIntegerField()
    uses = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Open link for {self.job}"


class Candidate(models.Model):
    """A person who is interviewed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="candidates")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    resume_text = models.TextField(
        blank=True, max_length=MOST_RESUME_CHARS, help_text="The words of the résumé, as they were given."
    )
    resume = models.FileField(upload_to="resumes/", storage=resume_storage, blank=True, max_length=255)
    resume_name = models.CharField(max_length=255, blank=True, help_text="What the file was called.")
    resume_size = models.PositiveIntegerField(default=0, help_text="In bytes.")
    resume_uploaded_at = models.DateTimeField(null=True, blank=True)
    resume_note = models.CharField(
        max_length=200, blank=True, help_text="Why the file gave no words, or not all of them."
    )
    consents = models.JSONField(
        default=dict, blank=True, help_text="What was agreed to outside of a session, with when and how."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = [models.Index(fields=["organisation", "email"]), models.Index(fields=["phone"])]

    def __str__(self) -> str:
        return self.name


class Interviewer(models.Model):
    """A person who is responsible for an interview and appears on it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="interviewers")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Interview(models.Model):
    """The hiring process of one candidate for one job, made of rounds; a person decides at its end."""

    class Status(models.TextChoices):
        INVITED = "invited"
        SCHEDULED = "scheduled"
        IN_PROGRESS = "in_progress"
        COMPLETED = "completed"
        DECIDED = "decided"
        CANCELLED = "cancelled"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="interviews")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="interviews")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="interviews")
    interviewer = models.ForeignKey(
        Interviewer, on_delete=models.SET_NULL, null=True, blank=True, related_name="interviews"
    )
    title = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.INVITED)
    scheduled_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    job_fit_score = models.FloatField(null=True, blank=True, help_text="0 to 100; empty: not judged.")
    moves = models.JSONField(
        default=list, blank=True, help_text="When it was moved, from when to when, by whom and why."
    )
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(fields=["organisation", "created_at"]),
            models.Index(fields=["organisation", "job", "created_at"]),
            models.Index(fields=["organisation", "status"]),
            models.Index(fields=["organisation", "scheduled_at"]),
            models.Index(fields=["created_at"]),  # for superusers, who see all organisations; as is the next
            models.Index(fields=["status", "scheduled_at"]),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.candidate} for {self.job or 'no job'}"


class Round(models.Model):
    """One meeting of an interview. A round of kind `ai_interview` is held as a session."""

    class Kind(models.TextChoices):
        AI_INTERVIEW = "ai_interview"
        PHONE = "phone"
        VIDEO = "video"
        ON_SITE = "on_site"
        TASK = "task"
        OTHER = "other"

    class Status(models.TextChoices):
        SCHEDULED = "scheduled"
        IN_PROGRESS = "in_progress"
        COMPLETED = "completed"
        CANCELLED = "cancelled"
        NO_SHOW = "no_show"

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="rounds")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.AI_INTERVIEW)
    title = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.SCHEDULED)
    scheduled_at = models.DateTimeField(null=True, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(default=30)
    place = models.CharField(max_length=300, blank=True, help_text="A room, an address or a link.")
    interviewer = models.ForeignKey(
        Interviewer, on_delete=models.SET_NULL, null=True, blank=True, related_name="rounds"
    )
    notes = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("interview_id", "order")
        constraints = [models.UniqueConstraint(fields=["interview", "order"], name="one_round_per_place")]
        indexes = [models.Index(fields=["status", "scheduled_at"])]

    def __str__(self) -> str:
        return f"{self.order}. {self.title or self.get_kind_display()}"


class Decision(models.Model):
    """What a person decided about an interview, when and why; a later one replaces it and both stay."""

    class Verdict(models.TextChoices):
        ADVANCE = "advance"
        HOLD = "hold"
        DECLINE = "decline"

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=8, choices=Verdict)
    reason = models.TextField()
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=200, help_text="Stays when the account goes.")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-decided_at", "-id")

    def __str__(self) -> str:
        return f"{self.verdict} by {self.decided_by_name}"
