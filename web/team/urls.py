"""The addresses of: accounts, the team and its invitations."""

from django.urls import path

from web.team.forgotten import forgotten, set_password
from web.team.joining import join
from web.team.profile import change_password, end_everywhere, profile, try_own_mail
from web.team.registering import register
from web.team.team import change_role, change_settings, invite, remove, resend, revoke, team

ONE = "team/<int:number>/"

urlpatterns = [
    path("register/", register, name="register"),
    path("profile/", profile, name="profile"),
    path("profile/test-email/", try_own_mail, name="profile_test_email"),
    path("profile/sign-out/", end_everywhere, name="profile_sign_out"),
    path("password/change/", change_password, name="password_change"),
    path("password/forgotten/", forgotten, name="password_forgotten"),
    path("password/reset/<str:uid>/<str:token>/", set_password, name="password_reset"),
    path("join/<str:token>/", join, name="join"),
    path("join/<str:token>/register/", register, name="join_register"),
    path("team/", team, name="team"),
    path(f"{ONE}invite/", invite, name="team_invite"),
    path(f"{ONE}settings/", change_settings, name="team_settings"),
    path(f"{ONE}invitations/<int:invitation>/resend/", resend, name="team_resend"),
    path(f"{ONE}invitations/<int:invitation>/revoke/", revoke, name="team_revoke"),
    path(f"{ONE}members/<int:member>/role/", change_role, name="team_role"),
    path(f"{ONE}members/<int:member>/remove/", remove, name="team_remove"),
]
