"""Signing in, keeping an access token fresh, and signing out."""

from typing import Any

from django.contrib.auth import user_logged_in
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_simplejwt.exceptions import TokenBackendError, TokenError
from rest_framework_simplejwt.serializers import TokenRefreshSerializer
from rest_framework_simplejwt.state import token_backend
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.tokens import RefreshToken

from accounts.api.people import require_account
from accounts.api.serializers import (
    FreshTokensSerializer,
    MessageSerializer,
    RefreshSerializer,
    SignInSerializer,
    SignOutSerializer,
    TokensSerializer,
)
from accounts.api.throttling import SignInThrottle
from accounts.ending import end_all_tokens
from accounts.models import User
from accounts.security import Outcome, note
from rest.errors import ApiError

WRONG = "No account has this name or address with this password."
SIGN_IN = {"email": "jane@example.com", "password": "Correct-horse-7"}


class SignIn(APIView):
    """Gives tokens. The same error, and as late, whichever part is wrong."""

    authentication_classes = ()
    throttle_classes = (SignInThrottle,)

    @extend_schema(
        summary="Sign in",
        request=SignInSerializer,
        responses=TokensSerializer,
        auth=[],
        examples=[OpenApiExample("By address", SIGN_IN, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        read = SignInSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        user, is_right = _find(read.validated_data["name"], read.validated_data["password"])
        if user is None or not is_right:
            note("sign_in", Outcome.REFUSED, request=request, user=user, detail="wrong credentials")
            raise AuthenticationFailed(WRONG, "wrong_credentials")
        if not user.is_active:
            note("sign_in", Outcome.REFUSED, request=request, user=user, detail="inactive")
            raise ApiError(403, "inactive", "This account is inactive.")
        user_logged_in.send(sender=User, request=request, user=user)
        return Response(TokensSerializer(new_tokens(user)).data)

    def get_authenticate_header(self, request: Request) -> str:
        return "Bearer"


class Refresh(APIView):
    """A new pair of tokens for a refresh token, which is used up by it."""

    authentication_classes = ()
    throttle_classes = (SignInThrottle,)

    @extend_schema(
        summary="Refresh the tokens", request=RefreshSerializer, responses=FreshTokensSerializer, auth=[]
    )
    def post(self, request: Request) -> Response:
        read = RefreshSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        try:
            return Response(_refreshed(read.validated_data["refresh"]))
        except (TokenError, AuthenticationFailed):
            owner, why = _owner_of(read.validated_data["refresh"])
            note("refresh", Outcome.REFUSED, request=request, user=owner, detail=why)
            raise

    def get_authenticate_header(self, request: Request) -> str:
        return "Bearer"


class SignOut(APIView):
    """Uses up the refresh token that is sent, or all of the account's when none is.

    Access tokens work until they expire: they are asked of nobody.
    """

    throttle_classes = (SignInThrottle,)

    @extend_schema(summary="Sign out", request=SignOutSerializer, responses=MessageSerializer)
    def post(self, request: Request) -> Response:
        user = require_account(request)
        read = SignOutSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        token = read.validated_data.get("refresh", "")
        if token:
            _use_up(token, user)
        else:
            end_all_tokens(user)
        note("sign_out", request=request, user=user, detail="" if token else "everywhere")
        return Response({"message": "Signed out." if token else "Signed out everywhere."})


def new_tokens(user: User) -> dict[str, Any]:
    refresh = RefreshToken.for_user(user)
    access = str(refresh.access_token)
    return {
        "access": access,
        "refresh": str(refresh),
        "access_token": access,
        "token_type": "bearer",
        "user": user,
    }


@transaction.atomic
def _refreshed(token: str) -> dict[str, str]:
    """Of two who send the same token at once, one waits here and is then too late."""
    jti = RefreshToken(token)["jti"]  # type: ignore[arg-type]
    list(OutstandingToken.objects.select_for_update().filter(jti=jti))
    fresh = TokenRefreshSerializer(data={"refresh": token})
    try:
        fresh.is_valid(raise_exception=True)
    except User.DoesNotExist:  # an account that was deleted in the meantime
        raise TokenError("There is no such account any more.") from None
    return dict(fresh.validated_data)


def _owner_of(token: str) -> tuple[User | None, str]:
    """Whose token was refused, and why; a used one that comes again may have been stolen."""
    try:
        known = token_backend.decode(token)  # type: ignore[arg-type]
    except TokenBackendError:
        return None, "not valid"
    found = OutstandingToken.objects.filter(jti=known.get("jti", "")).select_related("user").first()
    if found is None:
        return None, "unknown"
    is_used = BlacklistedToken.objects.filter(token=found).exists()
    return found.user, "used before" if is_used else "inactive"


def _use_up(token: str, user: User) -> None:
    """Raises TokenError for what is no refresh token that still works; another's is none."""
    refresh = RefreshToken(token)  # type: ignore[arg-type]
    if str(refresh.get("user_id", "")) != str(user.pk):
        raise TokenError("This token is not yours.")
    refresh.blacklist()


def _find(name: str, password: str) -> tuple[User | None, bool]:
    """The account, if any, and whether the password is its. An unknown name costs as much time."""
    user = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).order_by("pk").first()
    if user is None:
        make_password(password)
        return None, False
    return user, check_password(password, user.password)
