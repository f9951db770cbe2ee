"""Registers interviews with Django, and an organisation's own questions with the bank."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models.signals import post_save, pre_delete

from interviews.bank import BankError, use_own_folder


class InterviewsConfig(AppConfig):
    name = "interviews"

    def ready(self) -> None:
        self._follow_sessions()
        self._follow_members()
        if not settings.QUESTION_BANK:
            return
        try:
            use_own_folder(Path(settings.QUESTION_BANK))
        except BankError as error:
            raise ImproperlyConfigured(f"QUESTION_BANK: {error}.") from error

    def _follow_sessions(self) -> None:
        """Hiring's rounds and scores."""
        from hiring.hidden_scores import hide_where  # noqa: PLC0415 (as below)
        from hiring.models import Decision, Round  # noqa: PLC0415
        from interviews import hiring_progress as hiring  # noqa: PLC0415 (models need the apps first)
        from interviews.background.kinds import register  # noqa: PLC0415
        from interviews.milestones import reached  # noqa: PLC0415
        from interviews.models import Evaluation  # noqa: PLC0415
        from interviews.sealed_fits import has_sealed_session  # noqa: PLC0415

        hide_where(has_sealed_session)
        reached.connect(hiring.follow, dispatch_uid="hiring.progress")
        post_save.connect(hiring.follow_evaluation, sender=Evaluation, dispatch_uid="hiring.fit")
        post_save.connect(hiring.follow_decision, sender=Decision, dispatch_uid="hiring.decided")
        post_save.connect(hiring.follow_round, sender=Round, dispatch_uid="hiring.call_off")
        register(hiring.FIT, hiring.judge_fit)
        register(hiring.CALL_OFF, hiring.call_off)

    def _follow_members(self) -> None:
        """What they shared ends with their right to share."""
        from accounts.models import Membership, User  # noqa: PLC0415 (models need the apps first)
        from interviews import report_sharing as sharing  # noqa: PLC0415

        parting, demotion = sharing.close_at_parting, sharing.close_at_demotion
        pre_delete.connect(parting, sender=Membership, dispatch_uid="interviews.shares.parting")
        post_save.connect(demotion, sender=Membership, dispatch_uid="interviews.shares.demotion")
        off = sharing.close_at_switching_off
        post_save.connect(off, sender=User, dispatch_uid="interviews.shares.switching_off")
