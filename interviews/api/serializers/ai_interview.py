"""Driving an interview by three actions: what a client sends and what it reads."""

from typing import Any

from rest_framework import serializers

from interviews.api.serializers.sessions import ConsentSerializer
from rest.fields import Choice, Reference, Text

ACTIONS = ("initialize", "respond", "end")


class ActionSerializer(serializers.Serializer[Any]):
    """One step of the interview."""

    action = Choice(
        ACTIONS, help_text="initialize begins it, respond says something as the candidate, end ends it."
    )
    session_id = Reference(help_text="The session's UUID or number.")
    student_response = Text(
        max_length=5000,
        required=False,
        allow_blank=True,
        default="",
        help_text="What the candidate says; needed to respond.",
    )
    consent = ConsentSerializer(required=False, help_text="With initialize, as at the session's start.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["action"] == "respond" and not attrs["student_response"]:
            raise serializers.ValidationError({"student_response": "Say what the candidate answers."})
        return attrs


class AskedSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    number = serializers.IntegerField(help_text="Its place in the conversation.")
    text = serializers.CharField()


class StepSerializer(serializers.Serializer[Any]):
    """Where the interview stands after the step."""

    id = serializers.IntegerField()
    session_id = serializers.UUIDField()
    action = serializers.CharField()
    status = serializers.CharField()
    message = serializers.CharField(help_text="What the interviewer says, or how things stand.")
    ai_response = serializers.CharField(
        allow_blank=True, help_text="What the interviewer says; `response` is the same."
    )
    response = serializers.CharField(allow_blank=True)
    question = AskedSerializer(allow_null=True, help_text="The question that is being asked.")
    is_complete = serializers.BooleanField()
    conversation = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="What was said in this step: ids of `/api/conversations/`, in order.",
    )
