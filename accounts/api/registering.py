"""Making an account, where this installation lets people do so themselves."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import make_personal_organisation
from accounts.api.serializers import AccountSerializer, RegistrationSerializer, TokensSerializer
from accounts.api.signing_in import new_tokens
from accounts.api.throttling import SignInThrottle
from accounts.models import User
from accounts.security import Outcome, note
from rest.errors import ApiError

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
    """Makes an account with an organisation of its own, and signs in."""

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
        if not settings.REGISTRATION:
            note("register", Outcome.REFUSED, request=request, detail="closed")
            raise ApiError(403, "registration_closed", "Registration is closed here. Ask for an invitation.")
        read = RegistrationSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        user = _make(read.validated_data)
        note("register", request=request, user=user)
        told = {**AccountSerializer(user).data, **TokensSerializer(new_tokens(user)).data}
        return Response(told, status.HTTP_201_CREATED)


def _make(person: dict[str, Any]) -> User:
    try:
        with transaction.atomic():
            user = User.objects.create_user(**person)
            make_personal_organisation(user)
    except IntegrityError:  # somebody else was faster by a moment
        raise serializers.ValidationError({"email": "This e-mail address or username is taken."}) from None
    return user
