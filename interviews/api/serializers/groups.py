"""Which groups candidates count themselves to, as they say it."""

from typing import Any

from rest_framework import serializers

from interviews.models import GroupAnswer
from rest.fields import Choice


class GroupsSerializer(serializers.Serializer[Any]):
    """What was answered is not told again, to nobody."""

    is_asked = serializers.BooleanField()
    is_answered = serializers.BooleanField()


class GroupsAnswerSerializer(serializers.Serializer[Any]):
    """Either may be left out or empty; both empty take the answer back."""

    sex = Choice(GroupAnswer.Sex.choices, required=False, allow_blank=True, default="")
    ethnicity = Choice(GroupAnswer.Ethnicity.choices, required=False, allow_blank=True, default="")
