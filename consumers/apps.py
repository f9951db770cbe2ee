"""Registers consumers with Django."""

from django.apps import AppConfig


class ConsumersConfig(AppConfig):
    name = "consumers"
