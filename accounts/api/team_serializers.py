"""Teams: what one reads of organisations, members and invitations, and what an admin sends."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from accounts.mail import is_mail_set
from accounts.models import Membership, Organisation, Role, Sealing, TeamInvitation, User
from accounts.team_links import link_of
from rest.fields import Choice, Flag, Text

LONGEST_KEPT_DAYS = 3650


class TeamSerializer(serializers.ModelSerializer[Organisation]):
    """An organisation that one belongs to."""

    role = serializers.SerializerMethodField(help_text="One's own; empty for a superuser without.")
    members = serializers.IntegerField(source="member_count", read_only=True)
    sealing = serializers.ChoiceField(
        Sealing.choices, help_text="How long people who have not rated see no score."
    )

    class Meta:
        model = Organisation
        fields = (
            "id",
            "name",
            "role",
            "members",
            "contact_name",
            "contact_email",
            "retention_days",
            "sealing",
            "collects_groups",
            "created_at",
        )
        read_only_fields = fields

    def get_role(self, organisation: Organisation) -> str:
        return str(self.context["roles"].get(organisation.pk, ""))


class TeamChangeSerializer(serializers.Serializer[Any]):
    """What is left out stays."""

    name = Text(min_length=2, max_length=120, required=False)
    contact_name = Text(max_length=120, required=False, allow_blank=True)
    contact_email = serializers.EmailField(max_length=254, required=False, allow_blank=True)
    retention_days = serializers.IntegerField(
        min_value=1,
        max_value=LONGEST_KEPT_DAYS,
        required=False,
        help_text="For interviews that are still to end.",
    )
    sealing = Choice(Sealing.choices, required=False)
    collects_groups = Flag(required=False)


class TeamMemberSerializer(serializers.ModelSerializer[Membership]):
    user_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(source="user.display_name", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)
    last_login = serializers.DateTimeField(source="user.last_login", read_only=True, allow_null=True)

    class Meta:
        model = Membership
        fields = ("id", "user_id", "name", "email", "role", "last_login")
        read_only_fields = fields


class TeamRoleSerializer(serializers.Serializer[Any]):
    role = Choice(Role.choices)


class TeamInvitationSerializer(serializers.ModelSerializer[TeamInvitation]):
    status = serializers.SerializerMethodField()
    invited_by = serializers.SerializerMethodField()

    class Meta:
        model = TeamInvitation
        fields: tuple[str, ...] = (
            "id",
            "email",
            "role",
            "status",
            "invited_by",
            "created_at",
            "expires_at",
            "accepted_at",
            "revoked_at",
        )
        read_only_fields = fields

    def get_status(self, invitation: TeamInvitation) -> str:
        return status_of(invitation)

    def get_invited_by(self, invitation: TeamInvitation) -> str:
        return invitation.invited_by.display_name if invitation.invited_by else ""


class NewTeamInvitationSerializer(TeamInvitationSerializer):
    """With its link, this once, where this server sends no e-mail."""

    link = serializers.SerializerMethodField(help_text="To hand on; empty where it left by e-mail.")

    class Meta(TeamInvitationSerializer.Meta):
        fields = (*TeamInvitationSerializer.Meta.fields, "link")
        read_only_fields = fields

    def get_link(self, invitation: TeamInvitation) -> str:
        return "" if is_mail_set() else link_of(invitation)


class TeamInviteSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField(max_length=254)
    role = Choice(Role.choices)


class TeamJoinSerializer(serializers.Serializer[Any]):
    token = Text(max_length=64, help_text="What stands in the link of the invitation.")


def status_of(invitation: TeamInvitation) -> str:
    """open, accepted, revoked or expired."""
    if invitation.accepted_at is not None:
        return "accepted"
    if invitation.revoked_at is not None:
        return "revoked"
    return "open" if invitation.is_open(timezone.now()) else "expired"


def roles_of(user: User) -> dict[int, str]:
    """The role in each organisation, by its id."""
    return dict(user.memberships.values_list("organisation_id", "role"))
