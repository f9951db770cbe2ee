"""Writes all reports of a job into a folder: `manage.py report_batch JOB`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hiring.models import Job
from interviews.models import Session
from interviews.report_batch import INDEX, Made, index_of, make_reports, next_batch
from reports.pdf.render import render_pdf


class Command(BaseCommand):
    help = "Writes the reports of a job's interviews that are over, and an index of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("job", type=int, help="the job's id")
        parser.add_argument("--out", type=Path, help="a folder (default: reports-of-job-JOB)")
        parser.add_argument("--edition", choices=["panel", "candidate"], default="panel")
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="go on behind this session")

    def handle(self, *_: Any, **options: Any) -> None:
        job = Job.objects.filter(pk=options["job"]).first()
        if job is None:
            raise CommandError(f"There is no job {options['job']}.")
        batch = next_batch(job, options["edition"], Session.objects.all(), options["after"])
        out: Path = options["out"] or Path(f"reports-of-job-{job.pk}")
        out.mkdir(parents=True, exist_ok=True)
        made = []
        for one in make_reports(batch, render_pdf):
            made.append(Made(one.session, one.file, error=one.error))
            if one.pdf is not None:
                (out / one.file).write_bytes(one.pdf)
            self.stdout.write(f"{len(made)} of {len(batch.sessions)}  {one.error or one.file}")
        (out / INDEX).write_bytes(index_of(batch, made))
        failed = sum(bool(one.error) for one in made)
        self.stdout.write(f"{len(made) - failed} reports in {out}" + (f", {failed} failed" if failed else ""))
        if batch.next_after is not None:
            self.stdout.write(f"There are more: --after {batch.next_after}")
