"""The form of a job: what it is, what candidates may be told, and what it asks for, a row for each."""

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from rest_framework import serializers

from hiring.api.serializers.jobs import ANCHORS, MOST_COMPETENCIES, MOST_DESCRIPTION_CHARS
from hiring.models import Job
from rest.errors import body_of
from web.console.forms import ConsoleForm
from web.set_up.rows import Fields, Row, rows_from, rows_of

NAMES = ("name", "weight", *(f"anchor-{level}" for level in ANCHORS))
FIRST_ROWS = 3
FIELDS_IN_WORDS = {"name": "Name", "weight": "Weight"}


class JobForm(ConsoleForm):
    """A position. Its rows are beside the fields, in `rows`."""

    title = forms.CharField(
        max_length=200, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )
    description = forms.CharField(
        required=False,
        max_length=MOST_DESCRIPTION_CHARS,
        help_text="Plans are drafted from it. Paste the advertisement, if there is one.",
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    facts = forms.CharField(
        required=False,
        label="What candidates may be told",
        help_text="A sentence a line: hours, place, pay, what comes next. Answers rest on these alone.",
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    rows: list[Row]

    @classmethod
    def of(cls, job: Job | None) -> "JobForm":
        """The form as it stands before anything is changed."""
        if job is None:
            form = cls()
            form.rows = rows_of([blank_competency()] * FIRST_ROWS)
            return form
        form = cls(
            initial={
                "title": job.title,
                "description": job.description,
                "facts": "\n".join(str(fact) for fact in job.facts),
            }
        )
        form.rows = rows_of(_fields_of(one) for one in job.competencies if isinstance(one, dict))
        form.rows += [] if form.rows else rows_of([blank_competency()])
        return form

    @classmethod
    def sent(cls, data: QueryDict) -> "JobForm":
        form = cls(data)
        form.rows = rows_from(data, NAMES, MOST_COMPETENCIES + 1)  # one more, so that too many are refused
        return form

    def facts_of_job(self) -> dict[str, Any]:
        """What the interface takes; rows that nobody wrote in are left out."""
        lines = self.cleaned_data["facts"].splitlines()
        return {
            "title": self.cleaned_data["title"],
            "description": self.cleaned_data["description"],
            "facts": [line.strip() for line in lines if line.strip()],
            "competencies": [_competency(row.fields) for row in self.filled_rows()],
        }

    def filled_rows(self) -> list[Row]:
        return [row for row in self.rows if not row.is_blank]

    def refuse(self, error: serializers.ValidationError) -> None:
        """As every form, and what is wrong with a row beside that row."""
        for path, messages in body_of(error)["error"]["fields"].items():
            for message in messages:
                self._place(path.split("."), message)

    def _place(self, path: list[str], message: str) -> None:
        match path:
            case ["competencies", number, *rest] if number.isdigit():
                name = FIELDS_IN_WORDS.get(rest[0], f"Anchor {rest[-1]}") if rest else "Competency"
                self.filled_rows()[int(number)].mistakes.append(f"{name}: {message}")
                self.add_error(None, "Please look at the competencies marked below.")
            case ["facts", number] if number.isdigit():
                self.add_error("facts", f"Line {int(number) + 1}: {message}")
            case [name, *_]:
                self.add_error(name if name in self.fields else None, message)

    SHARED: ClassVar = {"anchors": ANCHORS, "most": MOST_COMPETENCIES}


def blank_competency() -> Fields:
    return {**dict.fromkeys(NAMES, ""), "weight": "3"}


def _fields_of(kept: dict[str, Any]) -> Fields:
    anchors = kept.get("anchors") or {}
    return {
        "name": str(kept.get("name", "")),
        "weight": str(kept.get("weight", 1)),
        **{f"anchor-{level}": str(anchors.get(level, "")) for level in ANCHORS},
    }


def _competency(fields: Fields) -> dict[str, Any]:
    anchors = {level: " ".join(fields[f"anchor-{level}"].split()) for level in ANCHORS}
    return {
        "name": fields["name"].strip(),
        "weight": fields["weight"],
        "anchors": {level: text for level, text in anchors.items() if text},
    }
