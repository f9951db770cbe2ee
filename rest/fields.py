"""Fields that take what the schema says and nothing that merely resembles it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from rest.rows import LARGEST_ID


class Text(serializers.CharField):
    """Characters only; DRF's own field also writes numbers out."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """True or false, in JSON and in a form; DRF's own field also takes numbers, yes and on."""

    def to_internal_value(self, data: Any) -> bool:
        if not (isinstance(data, bool) or (isinstance(data, str) and data.lower() in {"true", "false"})):
            self.fail("invalid", input=data)
        return bool(super().to_internal_value(data))


class Choice(serializers.ChoiceField):
    """One of a few words, which its error names."""

    def __init__(self, choices: Any, **options: Any) -> None:
        super().__init__(choices, **options)
        named = ", ".join(str(choice) for choice in self.choices)
        self.error_messages["invalid_choice"] = f"This must be one of: {named}."


class Id(serializers.IntegerField):
    """A number that a row can have."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 1, "max_value": LARGEST_ID} | options)


@extend_schema_field({"oneOf": [{"type": "integer", "minimum": 1}, {"type": "string", "maxLength": 64}]})
class Reference(Text):
    """A row by its number, as a number or in words, or by its UUID; gives what `find_referred` reads."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 64} | options)

    def to_internal_value(self, data: Any) -> str:
        is_number = isinstance(data, int) and not isinstance(data, bool)
        return super().to_internal_value(str(data) if is_number else data)
