"""What a candidate sends from their own page after the interview."""

from django import forms

from interviews.afterwards.window import MOST_CHARS
from interviews.models import Request
from interviews.requests import MOST_CHARS as MOST_REQUEST_CHARS
from web.console.forms import ConsoleForm

CHOICES = (
    (Request.Kind.REVIEW, "that a person looks at the result"),
    (Request.Kind.PERSON, "to talk with a person instead"),
    (Request.Kind.ACCOMMODATION, "something that makes another interview easier"),
    (Request.Kind.EXPORT, "a copy of my data, from a person"),
    (Request.Kind.DELETION, "that my data are deleted"),
)


class CorrectionForm(ConsoleForm):
    """The candidate's own words for one answer."""

    text = forms.CharField(
        label="What you said",
        max_length=MOST_CHARS,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": "Write what you said, or take the correction back."},
    )


class SecondAnswerForm(ConsoleForm):
    """One question, answered once more by keyboard."""

    text = forms.CharField(
        label="Your second answer",
        max_length=MOST_CHARS,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": "Write your answer first."},
    )


class RequestForm(ConsoleForm):
    """What the candidate asks of people."""

    kind = forms.ChoiceField(label="I would like", choices=CHOICES)
    text = forms.CharField(
        label="What they should know",
        required=False,
        max_length=MOST_REQUEST_CHARS,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
