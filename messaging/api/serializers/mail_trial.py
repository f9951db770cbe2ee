"""What is said of an e-mail that was sent to try it out."""

from typing import Any

from rest_framework import serializers


class MailTrialSerializer(serializers.Serializer[Any]):
    """One e-mail that was handed over."""

    message = serializers.CharField(help_text="What happened, in a sentence.")
    to = serializers.EmailField(help_text="The account's own address.")
    backend = serializers.ChoiceField(
        ["smtp", "console", "other"], help_text="console: it was shown in the server's terminal only."
    )
