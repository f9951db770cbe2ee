"""Keeps the file of a candidate's résumé under a random name, and lets none outlive what refers to it."""

import unicodedata
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from hiring.models import Candidate, resume_storage
from hiring.resume_reading import ReadResume

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}
MOST_NAME_CHARS = 100


def keep_resume(
    candidate: Candidate, data: bytes, name: str, read: ReadResume, *, now: datetime, text: str | None = None
) -> None:
    """This will keep the file in place of a former one, in the caller's transaction if there is one.

    `text` are words that were sent beside the file and go before the file's own.
    """
    stored = resume_storage().save(f"{uuid4().hex}.{read.kind}", ContentFile(data))
    try:
        with transaction.atomic():
            _put(
                candidate,
                resume=stored,
                resume_name=safe_name(name, read.kind),
                resume_size=len(data),
                resume_uploaded_at=now,
                resume_note=read.note,
                resume_text=read.text if text is None else text,
            )
    except BaseException:
        resume_storage().delete(stored)
        raise


def drop_resume(candidate: Candidate) -> None:
    """This will forget the file and what was read in it."""
    empty = {"resume": "", "resume_name": "", "resume_size": 0, "resume_uploaded_at": None}
    with transaction.atomic():
        _put(candidate, **empty, resume_note="", resume_text="")


def read_file(candidate: Candidate) -> tuple[bytes, str] | None:
    """The file's bytes and their type; None without one, or where the storage has lost it."""
    name, storage = candidate.resume.name, resume_storage()
    if not name or not storage.exists(name):
        return None
    kind = PurePosixPath(name).suffix.removeprefix(".")
    with storage.open(name) as stored:
        return stored.read(), CONTENT_TYPES.get(kind, "application/octet-stream")


def erase_file(sender: object, instance: Candidate, **_: Any) -> None:
    """Receives Django's post_delete: the file goes when the row is really gone."""
    if name := instance.resume.name:
        transaction.on_commit(partial(resume_storage().delete, name), robust=True)


def safe_name(name: str, kind: str) -> str:
    """A name without paths, control characters or direction overrides, ending in what the file really is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in last)
    stem = " ".join(plain.split()).rpartition(".")[0] or " ".join(plain.split())
    return f"{stem.strip(' .')[:MOST_NAME_CHARS] or 'resume'}.{kind}"


def _put(candidate: Candidate, **values: Any) -> None:
    """Locked, so that of two uploads at once no file stays behind."""
    former = Candidate.objects.select_for_update().values_list("resume", flat=True).get(pk=candidate.pk)
    for name, value in values.items():
        setattr(candidate, name, value)
    candidate.save(update_fields=[*values, "updated_at"])
    if former and former != values["resume"]:
        transaction.on_commit(partial(resume_storage().delete, former), robust=True)
