"""The reports of a job's interviews together: one file each, made one after the other, and an index."""

import json
import logging
import zipfile
from collections.abc import Callable, Iterable, Iterator

from django.db.models import QuerySet
from msgspec import Struct

from accounts.models import User
from hiring.models import Job
from interviews.models import Session
from interviews.rendering import render_report_pdf
from interviews.report_files import file_name
from interviews.sealed_editions import content_for, holds_scores
from interviews.sealing import SENTENCE, sealed_for
from reports.content import Edition, ReportContent

logger = logging.getLogger(__name__)
MOST_REPORTS = 500  # about 50 MB and two minutes
INDEX = "index.json"
NOT_MADE = "This report could not be made; try it by itself."
Render = Callable[[ReportContent], bytes]


class Batch(Struct, frozen=True):
    """The next reports of a job. `next_after` is the session's id to go on from; None where these are all."""

    job: Job
    edition: Edition
    sessions: tuple[Session, ...]
    next_after: int | None = None
    sealed: frozenset[int] = frozenset()  # the ids of those whose edition is hidden from `reader`
    reader: User | None = None


class Made(Struct, frozen=True):
    """One report on its way out: `pdf` is None where it could not be made, and then `error` says so."""

    session: Session
    file: str
    pdf: bytes | None = None
    error: str = ""


def next_batch(
    job: Job, edition: Edition, sessions: QuerySet[Session], after: int = 0, *, reader: User | None = None
) -> Batch:
    """Of the interviews among `sessions` that were held for `job`: those behind the id `after`.

    What is sealed for `reader` is named in the index and not made; without a reader nothing is.
    """
    over = finished(job, sessions).filter(pk__gt=after)
    found = list(over.select_related("organisation", "job").order_by("pk")[: MOST_REPORTS + 1])
    taken = tuple(found[:MOST_REPORTS])
    more = taken[-1].pk if len(found) > MOST_REPORTS else None
    return Batch(job, edition, taken, next_after=more, sealed=_sealed(taken, edition, reader), reader=reader)


def count_panel_reports(job: Job, sessions: QuerySet[Session], reader: User) -> int:
    """How many panel reports one file would hold for `reader`: what is sealed for them is not made."""
    open_to_them = finished(job, sessions).exclude(sealed_for(reader))
    return min(open_to_them.order_by().values("pk").count(), MOST_REPORTS)


def finished(job: Job, sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Of `sessions` those with a report for `job`: they were for it, began, and are over."""
    return sessions.filter(job=job, status__in=Session.OVER, started_at__isnull=False)


def _sealed(sessions: tuple[Session, ...], edition: Edition, reader: User | None) -> frozenset[int]:
    if reader is None:
        return frozenset()
    numbers = [one.pk for one in sessions if holds_scores(one, edition)]
    hidden = Session.objects.filter(sealed_for(reader), pk__in=numbers)
    return frozenset(hidden.values_list("pk", flat=True))


def make_reports(batch: Batch, render: Render = render_report_pdf) -> Iterator[Made]:
    """One after the other, in the order of the sessions; one that fails does not spoil the others."""
    for number, session in enumerate(batch.sessions, 1):
        file = numbered(number, session, batch.edition)
        if session.pk in batch.sealed:
            yield Made(session, file, error=SENTENCE)
            continue
        try:
            yield Made(session, file, render(content_for(batch.reader, session, batch.edition)))
        except Exception:
            logger.exception("a report of a batch could not be made", extra={"session": session.pk})
            yield Made(session, file, error=NOT_MADE)


def numbered(number: int, session: Session, edition: Edition) -> str:
    """The place in the batch before the name that the file has by itself."""
    return f"{number:03}-{file_name(session.candidate_name, str(session.uuid), edition)}"


def index_of(batch: Batch, made: Iterable[Made]) -> bytes:
    """What the batch holds and what it lacks, as JSON."""
    index = {
        "job": {"id": batch.job.pk, "title": batch.job.title},
        "edition": batch.edition,
        "reports": [
            {
                "session_id": str(one.session.uuid),
                "candidate_name": one.session.candidate_name,
                "file": None if one.error else one.file,
                "error": one.error or None,
            }
            for one in made
        ],
        "next_after": batch.next_after,
    }
    return json.dumps(index, indent=2, ensure_ascii=False).encode()


def zipped(batch: Batch, render: Render = render_report_pdf) -> Iterator[bytes]:
    """The batch as a ZIP file in pieces: each report leaves as soon as it is made, the index last."""
    outbox = _Outbox()
    without_pdf: list[Made] = []
    with zipfile.ZipFile(outbox, "w") as archive:  # PDFs are compressed already
        for made in make_reports(batch, render):
            without_pdf.append(Made(made.session, made.file, error=made.error))
            if made.pdf is not None:
                archive.writestr(_entry(made.file, made.session), made.pdf)
                yield outbox.take()
        archive.writestr(zipfile.ZipInfo(INDEX), index_of(batch, without_pdf))
    yield outbox.take()


def _entry(file: str, session: Session) -> zipfile.ZipInfo:
    """With the time of the interview's end, so that the same interviews give the same archive."""
    if session.ended_at is None:
        return zipfile.ZipInfo(file)
    ended = session.ended_at
    return zipfile.ZipInfo(file, (ended.year, ended.month, ended.day, ended.hour, ended.minute, ended.second))


class _Outbox:
    """What the archive has written since it was last asked; it can't be sought in, as no stream can."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        self._written.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def take(self) -> bytes:
        taken = b"".join(self._written)
        self._written.clear()
        return taken
