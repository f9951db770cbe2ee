"""Interviews in Django's admin; one module for what is held, one for what it left behind."""

from interviews.admin import kept, sessions  # noqa: F401 (they register themselves)
