"""One's own account: read, changed, given another password."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from accounts.api.people import require_account
from accounts.api.serializers import (
    PasswordChangeSerializer,
    ProfileChangeSerializer,
    ProfileSerializer,
    TokensSerializer,
)
from accounts.api.signing_in import new_tokens
from accounts.api.throttling import SignInThrottle
from accounts.models import User
from accounts.own_account import change_profile, give_password
from accounts.security import Outcome, note
from rest.throttling import READING

CHANGE = {"full_name": "Jane A. Smith", "time_zone": "Europe/Berlin", "email_notifications": False}


class Profile(APIView):
    """Who one is here."""

    @extend_schema(summary="Read one's account", responses=ProfileSerializer)
    def get(self, request: Request) -> Response:
        return Response(ProfileSerializer(_with_roles(require_account(request))).data)


class ChangeableProfile(Profile):
    """Who one is here, and what one chose."""

    def get_throttles(self) -> list[BaseThrottle]:
        """Where a password is asked for, it could be guessed."""
        return [SignInThrottle()] if "password" in self._sent() else super().get_throttles()

    def _sent(self) -> dict[str, Any]:
        if self.request.method in READING or not self.request.user.is_authenticated:
            return {}
        return self.request.data if isinstance(self.request.data, dict) else {}

    @extend_schema(
        summary="Change one's account",
        description="What is left out stays.",
        request=ProfileChangeSerializer,
        responses=ProfileSerializer,
        examples=[OpenApiExample("Name and choices", CHANGE, request_only=True)],
    )
    def put(self, request: Request) -> Response:
        return self.patch(request)

    @extend_schema(
        summary="Change one's account",
        request=ProfileChangeSerializer,
        responses=ProfileSerializer,
        examples=[OpenApiExample("Name and choices", CHANGE, request_only=True)],
    )
    def patch(self, request: Request) -> Response:
        user = require_account(request)
        read = ProfileChangeSerializer(data=request.data, context={"user": user})
        read.is_valid(raise_exception=True)
        change_profile(user, read.validated_data, request=request)
        return Response(ProfileSerializer(_with_roles(user)).data)


class ChangePassword(APIView):
    """Gives the account another password, ends every token, and gives new ones."""

    throttle_classes = (SignInThrottle,)

    @extend_schema(
        summary="Change the password",
        request=PasswordChangeSerializer,
        responses=TokensSerializer,
        examples=[
            OpenApiExample(
                "A new one",
                {"old_password": "Correct-horse-7", "new_password": "Battery-staple-8"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        user = require_account(request)
        read = PasswordChangeSerializer(data=request.data, context={"user": user})
        if not read.is_valid():
            note("password_changed", Outcome.REFUSED, request=request, user=user)
            raise serializers.ValidationError(read.errors)
        give_password(user, read.validated_data["new_password"], request=request)
        return Response(TokensSerializer(new_tokens(user)).data)


def _with_roles(user: User) -> User:
    return User.objects.prefetch_related("memberships__organisation").get(pk=user.pk)
