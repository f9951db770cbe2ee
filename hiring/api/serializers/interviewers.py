"""Interviewers: people who are responsible for interviews."""

from typing import Any

from rest_framework import serializers

from accounts.models import Organisation, User
from hiring.api.owned import Address
from hiring.models import Interviewer
from rest.changing import ChangingSerializer
from rest.fields import Id, Text


class InterviewerSerializer(ChangingSerializer[Interviewer]):
    """A person who is responsible for interviews, with or without an account."""

    name = Text(max_length=200)
    email = Address()
    user = Id(
        source="user_id",
        required=False,
        allow_null=True,
        help_text="The number of their account, where they have one; a member of the organisation.",
    )

    class Meta:
        model = Interviewer
        fields = ("id", "name", "email", "user", "created_at")
        read_only_fields = ("id", "created_at")

    def validate_user(self, value: int | None) -> int | None:
        owner: Organisation | None = (
            self.instance.organisation if self.instance is not None else self.context.get("organisation")
        )
        members = User.objects.filter(memberships__organisation=owner, is_active=True)
        if value is not None and not members.filter(pk=value).exists():
            raise serializers.ValidationError("There is no such member of the organisation.")
        return value

    def create(self, validated_data: dict[str, Any]) -> Interviewer:
        return Interviewer.objects.create(**validated_data)
