"""Forms about interviews and their rounds."""

from typing import Any, ClassVar

from django import forms

from accounts.models import Organisation, User
from hiring.models import Decision, Round
from web.candidates.forms import TimeZoneInput
from web.console.forms import ConsoleForm
from web.interviews import choices
from web.interviews.own_zone import MomentField, zone_help

NOBODY = ("", "Nobody yet")
ANOTHER = ("new", "Somebody new, named below")
SOMEBODY_NEW = ("new", "Somebody new, named below")
KINDS = [
    ("ai_interview", "AI interview"),
    ("phone", "Phone"),
    ("video", "Video"),
    ("on_site", "On site"),
    ("task", "Task"),
    ("other", "Other"),
]
VERDICTS = [
    ("advance", "Advance: on to the next step"),
    ("hold", "Hold: not yet"),
    ("decline", "Decline"),
]


def words(**options: Any) -> forms.CharField:
    """A field for what people write, in their own direction."""
    return forms.CharField(**{"widget": forms.TextInput(attrs={"dir": "auto"}), **options})


def long_words(**options: Any) -> forms.CharField:
    return forms.CharField(**{"widget": forms.Textarea(attrs={"dir": "auto", "rows": 4}), **options})


def pick(*, label: str, required: bool = False, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, help_text=help_text)


class ChoosingForm(ConsoleForm):
    """Its choices are the organisation's own."""

    def __init__(self, *args: Any, organisation: Organisation, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation, self.user = organisation, user
        for name in ("scheduled_at", "send_at"):
            if name in self.fields:
                self.fields[name].help_text = f"{self.fields[name].help_text} {zone_help(user)}".strip()

    def offer(self, name: str, rows: choices.Choices) -> None:
        """What was sent may be any row: the service knows whose it is."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for mypy)
        chosen = str(self.data.get(name) or self.initial.get(name) or "")
        known = {value for value, _ in rows}
        more = [(chosen, self.named(name, chosen))] if chosen.isdigit() and chosen not in known else []
        field.choices = [*rows, *more]

    def named(self, name: str, chosen: str) -> str:
        return f"Number {chosen}"


class NewInterviewForm(ChoosingForm):
    """Who, for what, with which questions, when and how: everything one interview needs."""

    serializer_names: ClassVar = {
        "candidate_id": "candidate",
        "job_id": "job",
        "plan_id": "plan",
        "interviewer_id": "interviewer",
        "preferred_channel": "channel",
    }
    GROUPS: ClassVar = (
        ("Candidate", ("candidate", "name", "email", "phone", "time_zone")),
        ("Interview", ("job", "plan", "title", "scheduled_at", "channel", "language", "duration_minutes")),
        ("Responsible", ("interviewer", "interviewer_name", "interviewer_email")),
    )
    ACCOMMODATIONS: ClassVar = (
        "typed",
        "time_factor",
        "patience_factor",
        "large_captions",
        "no_timer",
        "slow_voice",
    )

    candidate = pick(label="Who", required=True)
    name = words(max_length=200, required=False)
    email = forms.CharField(max_length=254, required=False, label="E-mail", widget=forms.EmailInput())
    phone = forms.CharField(
        max_length=32,
        required=False,
        help_text="With its country code.",
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    time_zone = forms.CharField(max_length=64, required=False, initial="UTC", widget=TimeZoneInput())
    job = pick(label="Job")
    plan = pick(label="Plan", help_text=choices.PLAN_HINT)
    title = words(max_length=200, required=False, help_text="The candidate reads it.")
    scheduled_at = MomentField(
        required=False, label="When", help_text="Leave empty to let the candidate choose."
    )
    channel = forms.ChoiceField(choices=choices.CHANNELS, initial="voice")
    language = forms.ChoiceField(choices=choices.LANGUAGES, initial="en")
    duration_minutes = forms.IntegerField(
        min_value=5,
        max_value=180,
        required=False,
        label="Minutes",
        help_text="Leave empty for the plan's time, or 30.",
    )
    interviewer = pick(label="Interviewer", help_text="The person responsible; the AI asks.")
    interviewer_name = words(max_length=200, required=False, label="Name")
    interviewer_email = forms.CharField(
        max_length=254, required=False, label="E-mail", widget=forms.EmailInput()
    )
    typed = forms.BooleanField(required=False, label="Answers are typed")
    large_captions = forms.BooleanField(required=False, label="Large captions")
    no_timer = forms.BooleanField(required=False, label="No clock is shown")
    slow_voice = forms.BooleanField(required=False, label="A slower voice")
    time_factor = forms.FloatField(
        min_value=1, max_value=3, required=False, label="Time", help_text="How many times as long, 1 to 3."
    )
    patience_factor = forms.FloatField(
        min_value=1,
        max_value=4,
        required=False,
        label="Patience",
        help_text="How many times as long a pause for thought may be, 1 to 4.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = self.organisation
        self.offer("candidate", [SOMEBODY_NEW, *choices.candidates_of(mine)])
        self.offer("job", [("", "None"), *choices.jobs_of(mine)])
        self.offer("plan", choices.plan_offers(mine))
        self.offer("interviewer", [NOBODY, ANOTHER, *choices.interviewers_of(mine)])
        sent = self.data if self.is_bound else self.initial
        self.fields["name"].required = sent.get("candidate", SOMEBODY_NEW[0]) == SOMEBODY_NEW[0]
        is_named = not self.is_bound or sent.get("interviewer") == ANOTHER[0]
        self.fields["interviewer_name"].required = is_named

    def clean(self) -> dict[str, Any]:
        given = {**(super().clean() or {})}
        if "plan" in given and "job" in given:
            given["plan"] = choices.chosen_plan(self.organisation, given["plan"], given["job"])
        return given

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def accommodation_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ACCOMMODATIONS]

    def asked_accommodations(self) -> dict[str, Any]:
        """Those that were really asked for, as the interface takes them."""
        given = {name: self.cleaned_data.get(name) for name in self.ACCOMMODATIONS}
        return {name: value for name, value in given.items() if value not in (None, False)}


class InterviewForm(ChoosingForm):
    """What may be changed of an interview; its time is moved with a reason, elsewhere."""

    serializer_names: ClassVar = {"job_id": "job", "interviewer_id": "interviewer"}

    title = words(max_length=200, required=False)
    job = pick(label="Job")
    interviewer = pick(label="Interviewer")
    notes = long_words(
        max_length=10_000, required=False, help_text="For your team; candidates never read them."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("job", [("", "None"), *choices.jobs_of(self.organisation)])
        self.offer("interviewer", [NOBODY, *choices.interviewers_of(self.organisation)])


class RoundForm(ChoosingForm):
    """One meeting of an interview."""

    serializer_names: ClassVar = {"interviewer_id": "interviewer"}

    kind = forms.ChoiceField(choices=KINDS, initial=Round.Kind.AI_INTERVIEW)
    title = words(max_length=200, required=False)
    scheduled_at = MomentField(required=False, label="When")
    duration_minutes = forms.IntegerField(min_value=5, max_value=600, initial=30, label="Minutes")
    place = words(max_length=300, required=False, help_text="A room, an address or a link.")
    interviewer = pick(label="Interviewer")
    notes = long_words(max_length=10_000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("interviewer", [NOBODY, *choices.interviewers_of(self.organisation)])


class DecisionForm(ConsoleForm):
    """A person's word, with its reason."""

    verdict = forms.ChoiceField(choices=[("", "Choose…"), *VERDICTS], label="Decision")
    reason = long_words(max_length=5000, help_text="It stands in the panel's report, with your name.")

    def clean_verdict(self) -> str:
        return str(Decision.Verdict(self.cleaned_data["verdict"]))


class MoveForm(ChoosingForm):
    """Another time, with the reason."""

    scheduled_at = MomentField(label="New time")
    round_id = pick(label="Round to move", help_text="Its sessions that nobody has started move with it.")
    reason = words(max_length=1000, required=False)


class InviteForm(ChoosingForm):
    """How a candidate is invited."""

    channels = forms.MultipleChoiceField(
        choices=[("email", "By e-mail"), ("sms", "By text")],
        initial=["email"],
        widget=forms.CheckboxSelectMultiple(),
        label="How",
    )
    message = long_words(
        max_length=2000,
        required=False,
        label="Your own words",
        help_text="Said in the e-mail; texts are short.",
    )
    send_at = MomentField(required=False, label="Send at", help_text="Leave empty to send it now.")
