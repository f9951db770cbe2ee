"""Registers interviews with Django, and an organisation's own questions with the bank."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from interviews.bank import BankError, use_own_folder


class InterviewsConfig(AppConfig):
    name = "interviews"

    def ready(self) -> None:
        if not settings.QUESTION_BANK:
            return
        try:
            use_own_folder(Path(settings.QUESTION_BANK))
        except BankError as error:
            raise ImproperlyConfigured(f"QUESTION_BANK: {error}.") from error
