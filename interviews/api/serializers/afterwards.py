"""What a candidate changes once the interview is over."""

from typing import Any

from rest_framework import serializers

from interviews.afterwards.window import MOST_CHARS
from rest.fields import Text

LARGEST = 2**31 - 1


class OwnAnswerSerializer(serializers.Serializer[Any]):
    """One thing the candidate said, as it was heard and as they correct it."""

    turn = serializers.IntegerField(source="number")
    question_number = serializers.IntegerField(allow_null=True)
    channel = serializers.CharField()
    heard = serializers.CharField(source="text", help_text="As it was understood, or typed.")
    correction = serializers.CharField(allow_blank=True)
    is_second_answer = serializers.BooleanField()
    may_correct = serializers.BooleanField()


class OwnAnswersSerializer(serializers.Serializer[Any]):
    open_until = serializers.DateTimeField(allow_null=True)
    is_open = serializers.BooleanField()
    answers = OwnAnswerSerializer(many=True)


class CorrectionSerializer(serializers.Serializer[Any]):
    """What was really said."""

    turn = serializers.IntegerField(min_value=0, max_value=LARGEST, help_text="Its number among the answers.")
    text = Text(
        max_length=MOST_CHARS,
        allow_blank=True,
        help_text="The candidate's own words; empty takes a correction back.",
    )


class RedoableSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    question = serializers.CharField()
    is_open = serializers.BooleanField(help_text="Whether it may be answered once more now.")
    turn = serializers.IntegerField(allow_null=True, help_text="Of the second answer, where there is one.")


class RedoablesSerializer(serializers.Serializer[Any]):
    is_allowed = serializers.BooleanField(help_text="Whether the plan provides for it.")
    open_until = serializers.DateTimeField(allow_null=True)
    questions = RedoableSerializer(many=True)


class SpokenAgainSerializer(serializers.Serializer[Any]):
    """A recording of the second answer; as for speech to text."""

    number = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="Of the question.")
    audio_file = serializers.FileField()


class HeardAgainSerializer(serializers.Serializer[Any]):
    """What was heard; nothing is kept before it is sent back."""

    text = serializers.CharField()
    confidence = serializers.FloatField(allow_null=True)
    duration_seconds = serializers.FloatField()
    heard = serializers.CharField(help_text="Send it back to say that this is the answer; good for an hour.")


class SecondAnswerSerializer(serializers.Serializer[Any]):
    """Either words, or what was heard."""

    number = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="Of the question.")
    text = Text(max_length=MOST_CHARS, required=False, allow_blank=True, default="", help_text="Typed.")
    heard = Text(
        max_length=60_000, required=False, allow_blank=True, default="", help_text="As hearing gave it."
    )
    audio_file = serializers.FileField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The recording once more, to be kept beside `heard` where recording was agreed to.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs["text"].strip()) == bool(attrs["heard"]):
            raise serializers.ValidationError(
                {"text": "Send your answer here, or what was heard in `heard`."}
            )
        return attrs
