"""The form that invites everybody in a file."""

from typing import Any, ClassVar

from django import forms

from web.interviews import choices
from web.interviews.forms import ChoosingForm, long_words, pick, words
from web.interviews.own_zone import MomentField

WAYS = [("email", "By e-mail"), ("sms", "By text")]


class InviteManyForm(ChoosingForm):
    """Who, for what, and how they are told."""

    serializer_names: ClassVar = {
        "job_id": "job",
        "plan_id": "plan",
        "preferred_channel": "channel",
        "rows": "file",
    }

    file = forms.FileField(
        label="CSV file",
        max_length=255,
        allow_empty_file=True,  # the reader says what is wrong with it
        help_text="UTF-8, 1,000 people at most. "
        "Its first line names the columns: name, email, phone, time_zone.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    job = pick(label="Job", help_text="Each gets an interview for it.")
    plan = pick(label="Plan", help_text=choices.PLAN_HINT)
    title = words(max_length=200, required=False, help_text="The candidates read it.")
    scheduled_at = MomentField(
        required=False, label="When", help_text="Leave empty to let each of them choose."
    )
    channel = forms.ChoiceField(choices=choices.CHANNELS, initial="voice", label="Interview")
    language = forms.ChoiceField(choices=choices.LANGUAGES, initial="en")
    channels = forms.MultipleChoiceField(
        choices=WAYS, initial=["email"], widget=forms.CheckboxSelectMultiple(), label="Invited"
    )
    message = long_words(max_length=2000, required=False, label="Your own words", help_text="In the e-mail.")
    send_at = MomentField(
        required=False, label="Send at", help_text="Leave empty to send them when you confirm."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("job", [("", "None"), *choices.jobs_of(self.organisation)])
        self.offer("plan", choices.plan_offers(self.organisation))

    def wish(self) -> dict[str, Any]:
        """As the interface takes it; only what was really said."""
        given = self.cleaned_data
        sent = {
            "file": given["file"],
            "job_id": given["job"],
            "plan_id": choices.chosen_plan(self.organisation, given["plan"], given["job"]),
            "title": given["title"],
            "scheduled_at": given["scheduled_at"],
            "preferred_channel": given["channel"],
            "language": given["language"],
            "channels": given["channels"],
            "message": given["message"],
            "send_at": given["send_at"],
        }
        return {name: value for name, value in sent.items() if value not in (None, "")}
