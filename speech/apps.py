"""Registers the speech commands with Django; nothing else in this package knows Django."""

from django.apps import AppConfig


class SpeechConfig(AppConfig):
    name = "speech"
