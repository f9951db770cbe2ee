"""Who is interviewed, by whom and for what."""

from django.db import models

from accounts.models import Organisation, User

MOST_RESUME_CHARS = 40_000  # twelve dense pages


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
    created_at = models.DateTimeField(auto_now_add=True)

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
