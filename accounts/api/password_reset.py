"""A forgotten password: asking for a link, and using it."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.serializers import LONGEST_PASSWORD, MessageSerializer, check_password_rules
from accounts.api.throttling import SignInThrottle
from accounts.password_reset import USED, ask_for_reset, reset_password
from accounts.reset_links import find_reset
from rest.errors import ApiError
from rest.fields import Text

ASKED = "If an account has this address, an e-mail with a link is on its way. The link works for four hours."
NO_MAIL = OpenApiResponse({"$ref": "#/components/schemas/Error"}, "This server sends no e-mail.")


class PasswordResetSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField(max_length=254)


class PasswordResetConfirmSerializer(serializers.Serializer[Any]):
    """`uid` and `token` stand in the link, one after the other."""

    uid = Text(max_length=64)
    token = Text(max_length=128)
    new_password = Text(min_length=8, max_length=LONGEST_PASSWORD, trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        user = find_reset(attrs["uid"], attrs["token"])
        if user is None:
            raise ApiError(400, "reset_link_over", USED)
        check_password_rules(attrs["new_password"], user, "new_password")
        return attrs


class PasswordReset(APIView):
    """Sends a link to set a new password. The same answer whoever has that address."""

    authentication_classes = ()
    throttle_classes = (SignInThrottle,)

    @extend_schema(
        summary="Ask for a new password",
        description="409 `mail_not_set` where this server sends no e-mail.",
        request=PasswordResetSerializer,
        responses={200: MessageSerializer, 409: NO_MAIL},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        read = PasswordResetSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        ask_for_reset(read.validated_data["email"], request=request)
        return Response({"message": ASKED})


class PasswordResetConfirm(APIView):
    """Sets a new password by a link from an e-mail, which is used up; every token ends."""

    authentication_classes = ()
    throttle_classes = (SignInThrottle,)

    @extend_schema(
        summary="Set a new password by a link",
        description="400 `reset_link_over` where the link was used or has expired.",
        request=PasswordResetConfirmSerializer,
        responses=MessageSerializer,
        auth=[],
    )
    def post(self, request: Request) -> Response:
        read = PasswordResetConfirmSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        sent = read.validated_data
        reset_password(sent["uid"], sent["token"], sent["new_password"], request=request)
        return Response({"message": "The password is set. Sign in with it."})
