"""Making an account, where this installation lets people do so themselves."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.serializers import AccountSerializer, RegistrationSerializer, TokensSerializer
from accounts.api.signing_in import new_tokens
from accounts.api.throttling import SignInThrottle
from accounts.registering import need_its_address, need_to_be_let_in, open_account

PERSON = {
    "email": "jane@example.com",
    "username": "jane",
    "password": "Correct-horse-7",
    "full_name": "Jane Smith",
}
TWICE = {
    "email": "cora@example.com",
    "username": "cora",
    "password1": "Correct-horse-7",
    "password2": "Correct-horse-7",
}


class RegisteredSerializer(AccountSerializer):
    """The new account, and the tokens to go on with."""

    access = serializers.CharField(read_only=True)
    refresh = serializers.CharField(read_only=True)
    access_token = serializers.CharField(read_only=True, help_text="The same as access.")
    token_type = serializers.CharField(read_only=True)
    user = AccountSerializer(read_only=True)

    class Meta(AccountSerializer.Meta):
        tokens = ("access", "refresh", "access_token", "token_type", "user")
        fields = (*AccountSerializer.Meta.fields, *tokens)
        read_only_fields = fields


class Register(APIView):
    """Makes an account with an organisation of its own, or by an invitation into its team, and signs in."""

    authentication_classes = ()
    throttle_classes = (SignInThrottle,)

    @extend_schema(
        summary="Register",
        request=RegistrationSerializer,
        responses={201: RegisteredSerializer},
        auth=[],
        examples=[
            OpenApiExample("One password", PERSON, request_only=True),
            OpenApiExample("The password twice", TWICE, request_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        now = timezone.now()
        token = _invitation_in(request.data)
        invitation = need_to_be_let_in(token, now=now, request=request)
        read = RegistrationSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        person = read.validated_data
        need_its_address(invitation, person["email"])
        user = open_account(person, token, now=now, request=request)
        told = {**AccountSerializer(user).data, **TokensSerializer(new_tokens(user)).data}
        return Response(told, status.HTTP_201_CREATED)


def _invitation_in(sent: Any) -> str:
    """Looked at first: where registration is closed, what else was sent is not read."""
    token = sent.get("invitation", "") if isinstance(sent, dict) else ""
    return token if isinstance(token, str) else ""
