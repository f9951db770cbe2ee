"""The addresses of accounts; server/api_urls.py joins all packages' maps."""

from accounts.api.password_reset import PasswordReset, PasswordResetConfirm
from accounts.api.profile import ChangeableProfile, ChangePassword, Profile
from accounts.api.registering import Register
from accounts.api.signing_in import Refresh, SignIn, SignOut
from accounts.api.team import (
    JoinTeam,
    OneTeam,
    OneTeamInvitation,
    OneTeamMember,
    ResendTeamInvitation,
    TeamInvitations,
    TeamMembers,
    Teams,
)
from rest.addresses import Routes

TEAM = "team/<int:organisation_id>/"
TEAM_INVITATION = f"{TEAM}invitations/<int:invitation_id>/"

ROUTES: Routes = {
    "auth/register/": (Register.as_view(), "api-register"),
    "auth/registration/": (Register.as_view(), "api-registration"),
    "auth/login/": (SignIn.as_view(), "api-login"),
    "auth/logout/": (SignOut.as_view(), "api-logout"),
    "auth/token/refresh/": (Refresh.as_view(), "api-refresh"),
    "auth/refresh/": (Refresh.as_view(), "api-refresh-too"),
    "auth/password/change/": (ChangePassword.as_view(), "api-password-change"),
    "auth/password/reset/": (PasswordReset.as_view(), "api-password-reset"),
    "auth/password/reset/confirm/": (PasswordResetConfirm.as_view(), "api-password-reset-confirm"),
    "auth/user/": (Profile.as_view(), "api-user"),
    "auth/me/": (Profile.as_view(), "api-me"),
    "profile/": (ChangeableProfile.as_view(), "api-profile"),
    "user/profile/": (ChangeableProfile.as_view(), "api-user-profile"),
    "team/": (Teams.as_view(), "api-teams"),
    "team/join/": (JoinTeam.as_view(), "api-team-join"),
    TEAM: (OneTeam.as_view(), "api-team"),
    f"{TEAM}members/": (TeamMembers.as_view(), "api-team-members"),
    f"{TEAM}members/<int:member_id>/": (OneTeamMember.as_view(), "api-team-member"),
    f"{TEAM}invitations/": (TeamInvitations.as_view(), "api-team-invitations"),
    TEAM_INVITATION: (OneTeamInvitation.as_view(), "api-team-invitation"),
    f"{TEAM_INVITATION}resend/": (ResendTeamInvitation.as_view(), "api-team-invitation-resend"),
}
