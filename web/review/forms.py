"""What reviewers fill in: a rating, an override, a note, a link to a report, which candidates to compare."""

from typing import Any

from django import forms

from interviews.models import Override, ReportShare
from interviews.models.rating import HIGHEST, LOWEST
from interviews.report_sharing import MOST_DAYS, USUAL_DAYS
from web.console.forms import ConsoleForm

LONGEST = 2000
CLOCK = r"^\d{1,3}:[0-5]\d$"


class RatingForm(ConsoleForm):
    score = forms.TypedChoiceField(
        label="Your rating",
        choices=[(str(one), str(one)) for one in range(LOWEST, HIGHEST + 1)],
        coerce=int,
        error_messages={"required": "Choose one of the five."},
    )
    comment = forms.CharField(max_length=LONGEST, required=False)


class OverrideForm(ConsoleForm):
    """`what` is an anchor, or one of the outcomes without a score."""

    what = forms.ChoiceField(
        label="What counts instead",
        choices=[
            *((str(one), f"{one} of 5") for one in range(HIGHEST, LOWEST - 1, -1)),
            (Override.Outcome.NOT_SCORABLE.value, "Not scorable: it counts neither way"),
            (Override.Outcome.AS_JUDGED.value, "As judged: undo the override"),
        ],
    )
    reason = forms.CharField(
        max_length=LONGEST,
        help_text="It stands beside your name in the panel's report.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why: it stands beside your name in the report."},
    )

    def wish(self) -> tuple[str, int | None]:
        """The outcome, and the score where there is one."""
        what: str = self.cleaned_data["what"]
        return ("score", int(what)) if what.isdigit() else (what, None)


class NoteForm(ConsoleForm):
    text = forms.CharField(label="Note", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    at = forms.RegexField(
        CLOCK,
        label="At",
        required=False,
        help_text="Minutes and seconds, 03:12.",
        error_messages={"invalid": "Write minutes and seconds, 03:12."},
    )

    @property
    def at_ms(self) -> int | None:
        at: str = self.cleaned_data["at"]
        if not at:
            return None
        minutes, seconds = at.split(":")
        return (int(minutes) * 60 + int(seconds)) * 1000


class ShareForm(ConsoleForm):
    edition = forms.ChoiceField(
        choices=[
            (ReportShare.Edition.PANEL.value, "Panel: with everything that was judged"),
            (ReportShare.Edition.CANDIDATE.value, "Candidate: what the candidate reads"),
        ]
    )
    days = forms.IntegerField(
        label="Days until it expires", min_value=1, max_value=MOST_DAYS, initial=USUAL_DAYS
    )


class AgainForm(ConsoleForm):
    evaluator = forms.ChoiceField(
        label="Judged by",
        choices=[("usual", "Whatever judges here"), ("words", "By words alone, without a language model")],
    )
    rubric = forms.ChoiceField(
        label="Against",
        choices=[("asked", "The points and anchors it was asked with"), ("bank", "Those the bank holds now")],
    )


def mistakes(form: forms.Form) -> str:
    """All that is wrong with a small form, as one text."""
    found: list[Any] = [one for errors in form.errors.values() for one in errors]
    return " ".join(str(one) for one in found)
