"""Accounts: what a client sends to make, enter and change one, and what it reads."""

from typing import Any, ClassVar

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from rest_framework import serializers

from accounts.models import Membership, User
from rest.fields import Flag, Text
from rest.time_zones import NO_ZONE, is_time_zone

NAME = r"^[A-Za-z0-9_-]+$"
NAME_HELP = "Letters, digits, hyphens and underscores."
LONGEST_PASSWORD = 256


class AccountSerializer(serializers.ModelSerializer[User]):
    """An account as its owner reads it."""

    full_name = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField(source="date_joined", read_only=True)

    class Meta:
        model = User
        fields: tuple[str, ...] = ("id", "email", "username", "full_name", "is_active", "created_at")
        read_only_fields = fields

    def get_full_name(self, user: User) -> str:
        return user.full_name or user.get_full_name()


class TokensSerializer(serializers.Serializer[Any]):
    access = serializers.CharField()
    refresh = serializers.CharField()
    access_token = serializers.CharField(help_text="The same as access.")
    token_type = serializers.CharField()
    user = AccountSerializer()


class Username(Text, serializers.RegexField):
    """Characters that fit a pattern, and no number."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": "Use the letters A to Z, digits, hyphens and underscores only."
    }


class RegistrationSerializer(serializers.Serializer[Any]):
    """A new account. `password1` and `password2` may be sent in place of `password`."""

    email = serializers.EmailField(max_length=254)
    username = Username(NAME, min_length=3, max_length=50, help_text=NAME_HELP)
    full_name = Text(
        min_length=2, max_length=200, required=False, help_text="Needed, but for clients that send password1."
    )
    password = Text(
        min_length=8,
        max_length=LONGEST_PASSWORD,
        required=False,
        trim_whitespace=False,
        help_text="With an upper-case letter and a digit, and not a common one.",
    )
    password1 = Text(min_length=8, max_length=LONGEST_PASSWORD, required=False, trim_whitespace=False)
    password2 = Text(max_length=LONGEST_PASSWORD, required=False, trim_whitespace=False)
    invitation = Text(
        max_length=64,
        required=False,
        allow_blank=True,
        help_text="The token of an invitation into a team: it lets in where registration is closed.",
    )

    def validate_email(self, email: str) -> str:
        if User.objects.filter(email__iexact=email).exists():
            raise serializers.ValidationError("This e-mail address is already registered.", "taken")
        return email

    def validate_username(self, username: str) -> str:
        return free_username(username, None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        name = "password" if attrs.get("password") else "password1"
        password = attrs.get(name)
        if not password:
            raise serializers.ValidationError({"password": "Choose a password."})
        if name == "password1" and attrs.get("password2") != password:
            raise serializers.ValidationError({"password2": "The two passwords differ."})
        if name == "password" and not attrs.get("full_name"):
            raise serializers.ValidationError({"full_name": "Give your name."})
        person = {key: attrs.get(key, "") for key in ("email", "username", "full_name")}
        check_password_rules(password, User(**person), name)
        return {**person, "password": password}


class SignInSerializer(serializers.Serializer[Any]):
    """By username or by e-mail address; either field takes both."""

    username = Text(max_length=254, required=False, allow_blank=True)
    email = Text(max_length=254, required=False, allow_blank=True)
    password = Text(max_length=LONGEST_PASSWORD, trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        name = attrs.get("username") or attrs.get("email")
        if not name:
            raise serializers.ValidationError({"username": "Give a username or an e-mail address."})
        return {"name": name, "password": attrs["password"]}


class RefreshSerializer(serializers.Serializer[Any]):
    refresh = Text(max_length=4096)


class FreshTokensSerializer(serializers.Serializer[Any]):
    access = serializers.CharField()
    refresh = serializers.CharField(help_text="The former one is used up.")


class SignOutSerializer(serializers.Serializer[Any]):
    refresh = Text(
        max_length=4096, required=False, help_text="Ends this one; without it, all of the account end."
    )


class MessageSerializer(serializers.Serializer[Any]):
    message = serializers.CharField()


class PasswordChangeSerializer(serializers.Serializer[Any]):
    old_password = Text(max_length=LONGEST_PASSWORD, trim_whitespace=False)
    new_password = Text(min_length=8, max_length=LONGEST_PASSWORD, trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        user: User = self.context["user"]
        if not user.check_password(attrs["old_password"]):
            raise serializers.ValidationError({"old_password": "This is not your password."})
        check_password_rules(attrs["new_password"], user, "new_password")
        return attrs


class RoleSerializer(serializers.ModelSerializer[Membership]):
    id = serializers.IntegerField(source="organisation_id", read_only=True)
    name = serializers.CharField(source="organisation.name", read_only=True)

    class Meta:
        model = Membership
        fields = ("id", "name", "role")
        read_only_fields = fields


class ProfileSerializer(AccountSerializer):
    """An account with what its owner chose, and where they work."""

    organisations = RoleSerializer(source="memberships", many=True, read_only=True)

    class Meta(AccountSerializer.Meta):
        fields = (*AccountSerializer.Meta.fields, "time_zone", "email_notifications", "organisations")
        read_only_fields = fields


class ProfileChangeSerializer(serializers.Serializer[Any]):
    """What is left out stays."""

    full_name = Text(min_length=2, max_length=200, required=False)
    username = Username(NAME, min_length=3, max_length=50, required=False, help_text=NAME_HELP)
    email = serializers.EmailField(
        max_length=254, required=False, help_text="Changing it takes `password` as well."
    )
    password = Text(max_length=LONGEST_PASSWORD, required=False, trim_whitespace=False)
    time_zone = Text(max_length=64, required=False, help_text="As in Europe/Berlin.")
    email_notifications = Flag(required=False, help_text="Reminders and notices by e-mail.")

    def validate_username(self, username: str) -> str:
        return free_username(username, self.context["user"])

    def validate_time_zone(self, name: str) -> str:
        if not is_time_zone(name):
            raise serializers.ValidationError(NO_ZONE)
        return name

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        user: User = self.context["user"]
        password = attrs.pop("password", "")
        email = attrs.get("email", user.email)
        if email.lower() == user.email.lower():
            return attrs
        if not user.check_password(password):
            raise serializers.ValidationError({"password": "Changing the address takes your password."})
        if User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
            raise serializers.ValidationError({"email": "This e-mail address is already registered."})
        return attrs


def free_username(username: str, user: User | None) -> str:
    """Raises ValidationError where somebody else has it, in whatever case."""
    others = User.objects.filter(username__iexact=username)
    if (others if user is None else others.exclude(pk=user.pk)).exists():
        raise serializers.ValidationError("This username is already taken.", "taken")
    return username


def check_password_rules(password: str, user: User, field: str) -> None:
    """Raises ValidationError with every rule that the password breaks."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise serializers.ValidationError({field: list(error.messages)}) from None
