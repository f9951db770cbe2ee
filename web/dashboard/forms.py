"""What the dashboard is narrowed to; it stands in the address."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone

from hiring.models import Job
from interviews.dashboard.scope import usual_since
from web.console.forms import ConsoleForm

MOST_JOBS = 200


def _day(label: str) -> forms.DateField:
    limits = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2199, 12, 31))]
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}), validators=limits
    )


class NarrowForm(ConsoleForm):
    """A job and days; all may be left out."""

    begin = _day("From")
    end = _day("To")

    def __init__(self, *args: Any, jobs: QuerySet[Job], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["job"] = forms.ModelChoiceField(jobs, required=False, empty_label="All jobs", label="Job")
        self.order_fields(("job", "begin", "end"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begin, end = cleaned.get("begin"), cleaned.get("end")
        if begin and end and begin > end:
            self.add_error("end", "This is before the day it begins with.")
        return cleaned

    @property
    def period(self) -> tuple[datetime, datetime]:
        """From the beginning of one day to the end of the other (UTC); else the last 90 days."""
        end = self.cleaned_data.get("end")
        until = datetime.combine(end, time.min, UTC) + timedelta(days=1) if end else timezone.now()
        begin = self.cleaned_data.get("begin")
        return (datetime.combine(begin, time.min, UTC) if begin else usual_since(until)), until
