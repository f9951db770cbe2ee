"""Who owns interviews: organisations, the people in them, and what each of them may do."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class Organisation(models.Model):
    """The owner of jobs, plans and interviews; a stranger never learns that its objects exist."""

    name = models.CharField(max_length=120)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    retention_days = models.PositiveIntegerField(default=90)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person with an account; e-mail addresses are unique so that one can sign in with them."""

    email = models.EmailField(unique=True)

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username


class Role(models.TextChoices):
    ADMIN = "admin"
    RECRUITER = "recruiter"
    REVIEWER = "reviewer"
    OBSERVER = "observer"


class Membership(models.Model):
    """One person's role in one organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role, default=Role.RECRUITER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_per_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"
