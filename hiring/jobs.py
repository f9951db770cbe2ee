"""Deletes jobs that nothing rests on."""

from typing import Any

from django.db import transaction

from hiring.models import Job
from hiring.progress import ProgressError


@transaction.atomic
def remove_job(job_pk: int) -> None:
    """Plans made for it stay. Raises ProgressError while interviews or sessions belong to it.

    Locked, so that nothing comes to rest on it between the look and the deletion.
    """
    job = Job.objects.select_for_update().filter(pk=job_pk).first()
    if job is None:
        return
    sessions: Any = job.sessions  # of a package above
    if job.interviews.exists() or sessions.exists():
        raise ProgressError("in_use", "Interviews belong to this job; delete them first.")
    job.delete()
