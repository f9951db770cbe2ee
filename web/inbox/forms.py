"""What members answer to a request, and what they may grant with it."""

from typing import Any

from django import forms

from interviews.models import Session
from interviews.requests import MOST_CHARS
from web.console.forms import ConsoleForm

FACTORS = (
    ("1", "as planned"),
    ("1.25", "a quarter more"),
    ("1.5", "half as much again"),
    ("2", "twice"),
    ("3", "three times"),
)
PATIENCE = (
    ("1", "as usual"),
    ("1.5", "half as long again"),
    ("2", "twice as long"),
    ("4", "four times as long"),
)
FLAGS = {
    "typed": "Answers are typed",
    "no_timer": "No clock is shown",
    "large_captions": "Large captions",
    "slow_voice": "A slower voice",
}


class AnswerForm(ConsoleForm):
    """Words for the candidate."""

    answer = forms.CharField(
        label="Your answer",
        max_length=MOST_CHARS,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": "Write what the candidate should know."},
    )

    @property
    def grant(self) -> dict[str, Any] | None:
        return None


class GrantForm(AnswerForm):
    """With what makes the interview easier, as it is now and as it will be."""

    field_order = ("time_factor", "patience_factor", *FLAGS, "answer")

    time_factor = forms.ChoiceField(label="Time", choices=FACTORS)
    patience_factor = forms.ChoiceField(label="Pauses for thought", choices=PATIENCE)
    typed = forms.BooleanField(label=FLAGS["typed"], required=False)
    no_timer = forms.BooleanField(label=FLAGS["no_timer"], required=False)
    large_captions = forms.BooleanField(label=FLAGS["large_captions"], required=False)
    slow_voice = forms.BooleanField(label=FLAGS["slow_voice"], required=False)

    @property
    def grant(self) -> dict[str, Any]:
        given = self.cleaned_data
        factors = {name: float(given[name]) for name in ("time_factor", "patience_factor")}
        return {**factors, **{name: given[name] for name in FLAGS}}


class EraseForm(ConsoleForm):
    """A deletion can't be undone, so it is said twice."""

    is_sure = forms.BooleanField(
        label="Yes, delete this interview for good",
        error_messages={"required": "Tick this to say that you are sure."},
    )


def answer_form(session: Session, kind: str, data: Any = None) -> AnswerForm:
    """The form that fits: a grant only where there is an interview to come."""
    if kind != "accommodation" or session.is_over:
        return AnswerForm(data)
    return GrantForm(data, initial=_as_it_is(session))


def _as_it_is(session: Session) -> dict[str, Any]:
    """The offered factor that is nearest from above, so that nobody gets less than they have."""
    now = session.accommodations
    chosen: dict[str, Any] = {name: now.get(name, False) for name in FLAGS}
    for name, choices in (("time_factor", FACTORS), ("patience_factor", PATIENCE)):
        wanted = float(now.get(name) or 1)
        chosen[name] = next((value for value, _ in choices if float(value) >= wanted), choices[-1][0])
    return chosen
