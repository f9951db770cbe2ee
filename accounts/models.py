"""Who owns interviews: organisations, the people in them, and what each of them may do."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac


class Sealing(models.TextChoices):
    """How long a person who has not rated an answer sees no score of it."""

    LIVE = "live", "while the interview runs"
    RATED = "rated", "until they have rated, afterwards too"
    OFF = "off", "never"


class Organisation(models.Model):
    """The owner of jobs, plans and interviews; a stranger never learns that its objects exist."""

    name = models.CharField(max_length=120)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    retention_days = models.PositiveIntegerField(default=90)
    sealing = models.CharField(
        max_length=8,
        choices=Sealing,
        default=Sealing.LIVE,
        help_text="How long scores stay hidden from people who have not rated themselves.",
    )
    collects_groups = models.BooleanField(
        default=False,
        help_text="Candidates are asked, apart from everything else, which groups they count themselves to.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person with an account; e-mail addresses are unique so that one can sign in with them."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(
        max_length=200, blank=True, help_text="As the person writes it; names don't split into two."
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    email_notifications = models.BooleanField(default=True, help_text="Reminders and notices by e-mail.")
    sign_outs = models.PositiveIntegerField(
        default=0, help_text="How often they signed out everywhere: each ends all browser sessions before it."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_address"),
            models.UniqueConstraint(Lower("username"), name="one_account_per_name"),
        ]

    @property
    def display_name(self) -> str:
        return self.full_name or self.get_full_name() or self.username

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """Django's own while nobody signed out everywhere, so that an update signs nobody out."""
        told = f"{self.password}/{self.sign_outs}" if self.sign_outs else self.password
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salt, told, secret=secret, algorithm="sha256").hexdigest()


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


class TeamInvitation(models.Model):
    """Somebody was asked to join. Its link is made of `mark` and the server's key: see team_links."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="team_invitations")
    email = models.EmailField()
    role = models.CharField(max_length=16, choices=Role, default=Role.RECRUITER)
    mark = models.CharField(max_length=24)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_open_invitation_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.role}"

    def is_open(self, now: datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and now < self.expires_at


class SecurityEvent(models.Model):
    """Who tried what, from where, and what came of it. Never a password, token or name that is nobody's."""

    class Outcome(models.TextChoices):
        OK = "ok"
        REFUSED = "refused"

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    kind = models.CharField(max_length=32, help_text="sign_in, register, sign_out, guest_link, …")
    outcome = models.CharField(max_length=8, choices=Outcome)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(
        max_length=200, blank=True, help_text="What the browser or program calls itself."
    )
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["kind", "at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}"
