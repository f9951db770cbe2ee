"""Registers hiring with Django."""

from django.apps import AppConfig


class HiringConfig(AppConfig):
    name = "hiring"
