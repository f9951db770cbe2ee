"""Who is interviewed, by whom and for what."""

from django.db import models

from accounts.models import Organisation, User


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


class Candidate(models.Model):
    """A person who is interviewed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="candidates")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=32, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
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
