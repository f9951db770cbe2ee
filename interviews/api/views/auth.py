"""Signing in and keeping an access token fresh."""

from typing import Any

from django.contrib.auth import user_logged_in
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_simplejwt.serializers import TokenRefreshSerializer
from rest_framework_simplejwt.tokens import RefreshToken

from accounts.models import User
from interviews.api.errors import ApiError
from interviews.api.throttling import SignInThrottle

WRONG = "No account has this name or address with this password."


class SignInSerializer(serializers.Serializer[Any]):
    """By username or by e-mail address; either field takes both."""

    username = serializers.CharField(max_length=254, required=False)
    email = serializers.CharField(max_length=254, required=False)
    password = serializers.CharField(max_length=256, trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        name = attrs.get("username") or attrs.get("email")
        if not name:
            raise serializers.ValidationError({"username": "Give a username or an e-mail address."})
        return {"name": name, "password": attrs["password"]}


class AccountSerializer(serializers.ModelSerializer[User]):
    full_name = serializers.CharField(source="get_full_name", read_only=True)
    created_at = serializers.DateTimeField(source="date_joined", read_only=True)

    class Meta:
        model = User
        fields = ("id", "email", "username", "full_name", "is_active", "created_at")
        read_only_fields = fields


class TokensSerializer(serializers.Serializer[Any]):
    access = serializers.CharField()
    refresh = serializers.CharField()
    access_token = serializers.CharField(help_text="The same as access.")
    token_type = serializers.CharField()
    user = AccountSerializer()


class RefreshSerializer(serializers.Serializer[Any]):
    refresh = serializers.CharField(max_length=4096)


class FreshTokensSerializer(serializers.Serializer[Any]):
    access = serializers.CharField()
    refresh = serializers.CharField(help_text="The former one is used up.")


class SignIn(APIView):
    """Gives tokens. The same error whichever part is wrong."""

    authentication_classes = ()
    throttle_classes = (SignInThrottle,)

    @extend_schema(request=SignInSerializer, responses=TokensSerializer, auth=[])
    def post(self, request: Request) -> Response:
        read = SignInSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        user = _find(read.validated_data["name"], read.validated_data["password"])
        if not user.is_active:
            raise ApiError(403, "inactive", "This account is inactive.")
        refresh = RefreshToken.for_user(user)
        user_logged_in.send(sender=User, request=request, user=user)
        access = str(refresh.access_token)
        tokens = {
            "access": access,
            "refresh": str(refresh),
            "access_token": access,
            "token_type": "bearer",
            "user": user,
        }
        return Response(TokensSerializer(tokens).data)

    def get_authenticate_header(self, request: Request) -> str:
        return "Bearer"


class Refresh(APIView):
    """A new pair of tokens for a refresh token, which is used up by it."""

    authentication_classes = ()
    throttle_classes = (SignInThrottle,)

    @extend_schema(request=RefreshSerializer, responses=FreshTokensSerializer, auth=[])
    def post(self, request: Request) -> Response:
        read = RefreshSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        fresh = TokenRefreshSerializer(data=read.validated_data)
        fresh.is_valid(raise_exception=True)
        return Response(fresh.validated_data)

    def get_authenticate_header(self, request: Request) -> str:
        return "Bearer"


def _find(name: str, password: str) -> User:
    """The account, which may be inactive. An unknown name costs as much time as a wrong password."""
    user = User.objects.filter(Q(username=name) | Q(email__iexact=name)).order_by("pk").first()
    if user is None:
        make_password(password)
        raise AuthenticationFailed(WRONG, "wrong_credentials")
    if not check_password(password, user.password):
        raise AuthenticationFailed(WRONG, "wrong_credentials")
    return user
