"""Forms about candidates."""

from typing import Any, ClassVar

from django import forms

from hiring.models import Candidate
from rest.time_zones import zone_names
from web.console.forms import ConsoleForm

RESUME_HELP = "PDF, Word (DOCX) or plain text, 5 MB at most. What is read of it is shown here."


class TimeZoneInput(forms.TextInput):
    """Offers the names there are as one types."""

    template_name = "web/candidates/time_zone_input.html"

    def __init__(self, **options: Any) -> None:
        super().__init__(
            attrs={"list": "time-zones", "autocomplete": "off", "spellcheck": "false", **options}
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["zones"] = zone_names()
        return context


class CandidateForm(ConsoleForm):
    """A candidate; the résumé comes along when they are made."""

    name = forms.CharField(
        max_length=200, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
    )
    email = forms.CharField(
        max_length=254,
        required=False,
        label="E-mail",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        max_length=32,
        required=False,
        help_text="With its country code, such as +44 20 7946 0123. Needed for interviews by text.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    time_zone = forms.CharField(
        max_length=64,
        initial="UTC",
        help_text="Appointments are written in it, and nobody is texted at night.",
        widget=TimeZoneInput(),
    )

    FIELDS: ClassVar = ("name", "email", "phone", "time_zone")

    @classmethod
    def of(cls, candidate: Candidate) -> "CandidateForm":
        """The form as it stands before anything is changed."""
        return cls(initial={name: getattr(candidate, name) for name in cls.FIELDS})


class NewCandidateForm(CandidateForm):
    resume = forms.FileField(
        required=False,
        label="Résumé",
        max_length=255,
        help_text=RESUME_HELP,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt"}),
    )


class ResumeForm(ConsoleForm):
    resume = forms.FileField(
        label="File",
        max_length=255,
        allow_empty_file=True,  # the service says what is wrong with it
        help_text=RESUME_HELP,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.txt"}),
    )
