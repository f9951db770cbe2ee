"""Takes away candidates and interviews, unless something rests on them."""

from typing import Any

from django.db import transaction

from accounts.models import User
from hiring.access import may_erase_decisions
from hiring.models import Candidate, Interview, Round
from hiring.progress import ProgressError, lock_sessions, runs


class DecidedError(Exception):
    """What people decided is for admins alone to erase; the text is for people."""


@transaction.atomic
def remove_candidate(candidate_pk: int) -> None:
    """With the résumé's file. Raises ProgressError while interviews of theirs exist, or a session runs."""
    found = Candidate.objects.select_for_update().filter(pk=candidate_pk).first()
    if found is None:
        return
    sessions: Any = found.session_set
    if found.interviews.exists() or sessions.filter(status="in_progress").exists():
        raise ProgressError("in_use", "There are interviews with this candidate; delete them first.")
    found.delete()


@transaction.atomic
def remove_interview(interview_pk: int, *, by: User) -> None:
    """With its rounds and decisions; its sessions stay until their own retention ends.

    Raises ProgressError while one of them runs, and DecidedError for a decided one by those who are no admin.
    """
    rounds = Round.objects.filter(interview=interview_pk)
    lock_sessions(*rounds.values_list("pk", flat=True))
    found = Interview.objects.select_for_update().filter(pk=interview_pk).first()
    if found is None:
        return
    if runs(rounds):
        raise ProgressError("in_use", "A session of this interview is running; end it first.")
    if found.decisions.exists() and not may_erase_decisions(by, found.organisation_id):
        raise DecidedError("Only an admin may delete an interview that was decided.")
    found.delete()
