"""What people type about their own account; the interface's own serializers say what is wrong with it."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms

from accounts.api.serializers import LONGEST_PASSWORD, NAME_HELP
from accounts.models import User
from web.console.forms import ConsoleForm

RULES = (
    "At least 8 characters, with an upper-case letter and a digit; no common one, and unlike your name and "
    "address."
)


def password_field(label: str, *, is_new: bool = False, **options: Any) -> forms.CharField:
    """Never shown again after a mistake, as browsers expect."""
    fill_in = "new-password" if is_new else "current-password"
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": fill_in}),
        help_text=RULES if is_new else options.pop("help_text", ""),
        **options,
    )


class RegistrationForm(ConsoleForm):
    """A new account. With an invitation its address stands fast."""

    full_name = forms.CharField(
        label="Your name",
        min_length=2,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        help_text="As candidates and colleagues will read it.",
    )
    email = forms.EmailField(
        label="E-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    username = forms.CharField(
        label="Name to sign in with",
        min_length=3,
        max_length=50,
        help_text=f"{NAME_HELP} Your e-mail address works as well.",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = password_field("Password", is_new=True, min_length=8)

    def __init__(self, *args: Any, bound_to: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if bound_to:
            self.fields["email"].initial = bound_to
            self.fields["email"].disabled = True  # whatever is sent, it is this one
            self.fields["email"].help_text = "The invitation was sent to this address."


class ProfileForm(ConsoleForm):
    """One's name, address and choices."""

    full_name = forms.CharField(
        label="Your name",
        min_length=2,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    username = forms.CharField(label="Name to sign in with", min_length=3, max_length=50, help_text=NAME_HELP)
    email = forms.EmailField(
        label="E-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = password_field("Your password", required=False, help_text="Only to change the address.")
    time_zone = forms.CharField(
        label="Time zone",
        max_length=64,
        help_text="Begin to type a city and choose.",
        widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
    )
    email_notifications = forms.BooleanField(label="Send me reminders and notices by e-mail", required=False)

    @classmethod
    def of(cls, user: User) -> "ProfileForm":
        return cls(
            initial={
                name: getattr(user, name)
                for name in ("username", "email", "time_zone", "email_notifications")
            }
            | {"full_name": user.display_name}
        )


class PasswordForm(ConsoleForm):
    """Another password, by somebody who knows the former one."""

    old_password = password_field("The password so far")
    new_password = password_field("New password", is_new=True, min_length=8)


class ForgottenForm(ConsoleForm):
    email = forms.EmailField(
        label="E-mail address of your account",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class NewPasswordForm(ConsoleForm):
    """Another password, by a link."""

    serializer_names: ClassVar[dict[str, str]] = {"new_password": "password"}
    password = password_field("New password", is_new=True, min_length=8)


def zones() -> list[str]:
    """The names people choose from: cities, without the aliases of old."""
    cities = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [*sorted(cities), "UTC"]
