"""Registers hiring with Django, and has a candidate's file go with the candidate."""

from django.apps import AppConfig
from django.db.models.signals import post_delete


class HiringConfig(AppConfig):
    name = "hiring"

    def ready(self) -> None:
        from hiring.models import Candidate  # noqa: PLC0415 (models can't be imported before the apps are)
        from hiring.resumes import erase_file  # noqa: PLC0415

        post_delete.connect(erase_file, sender=Candidate, dispatch_uid="hiring.resume")
