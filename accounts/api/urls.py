"""The addresses of accounts; server/api_urls.py joins all packages' maps."""

from accounts.api.profile import ChangeableProfile, ChangePassword, Profile
from accounts.api.registering import Register
from accounts.api.signing_in import Refresh, SignIn, SignOut
from rest.addresses import Routes

ROUTES: Routes = {
    "auth/register/": (Register.as_view(), "api-register"),
    "auth/registration/": (Register.as_view(), "api-registration"),
    "auth/login/": (SignIn.as_view(), "api-login"),
    "auth/logout/": (SignOut.as_view(), "api-logout"),
    "auth/token/refresh/": (Refresh.as_view(), "api-refresh"),
    "auth/refresh/": (Refresh.as_view(), "api-refresh-too"),
    "auth/password/change/": (ChangePassword.as_view(), "api-password-change"),
    "auth/user/": (Profile.as_view(), "api-user"),
    "auth/me/": (Profile.as_view(), "api-me"),
    "profile/": (ChangeableProfile.as_view(), "api-profile"),
    "user/profile/": (ChangeableProfile.as_view(), "api-user-profile"),
}
