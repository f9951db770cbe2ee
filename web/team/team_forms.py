"""What an admin types about the team: whom to invite, and what the organisation is set to."""

from typing import Any

from django import forms

from accounts.api.team_serializers import LONGEST_KEPT_DAYS
from accounts.models import Organisation, Role, Sealing
from web.console.forms import ConsoleForm

ROLES = {
    Role.ADMIN: "Admin: everything, and who belongs to the team",
    Role.RECRUITER: "Recruiter: sets up and holds interviews, decides",
    Role.REVIEWER: "Reviewer: reads, rates and takes notes",
    Role.OBSERVER: "Observer: reads, without how candidates are reached",
}
SEALING = {
    Sealing.LIVE: "While the interview runs: nobody is steered by a score that may still change.",
    Sealing.RATED: "Until they have rated the answer themselves, afterwards too: ratings stay independent.",
    Sealing.OFF: "Never: everybody sees every score at once, and ratings may follow it.",
}
SETTINGS = ("name", "contact_name", "contact_email", "retention_days", "sealing", "collects_groups")


class InviteForm(ConsoleForm):
    email = forms.EmailField(label="E-mail address", max_length=254)
    role = forms.ChoiceField(
        label="Role", choices=[(str(role), told) for role, told in ROLES.items()], initial=Role.RECRUITER
    )


class OrganisationForm(ConsoleForm):
    """The settings that only admins see."""

    name = forms.CharField(
        label="Name of the organisation",
        min_length=2,
        max_length=120,
        help_text="Candidates read it in invitations and before they begin.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    contact_name = forms.CharField(
        label="Whom candidates may ask",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    contact_email = forms.EmailField(label="That person's e-mail address", max_length=254, required=False)
    retention_days = forms.IntegerField(
        label="Days that interviews are kept",
        min_value=1,
        max_value=LONGEST_KEPT_DAYS,
        help_text="Counted from the end of each; then words, recordings and reports are erased. It holds for "
        "interviews that end from now on.",
    )
    sealing = forms.ChoiceField(
        label="Scores stay hidden from people who have not rated",
        choices=[(str(one), told) for one, told in SEALING.items()],
        widget=forms.RadioSelect,
    )
    collects_groups = forms.BooleanField(
        label="Ask candidates which groups they count themselves to",
        required=False,
        help_text="After the end, freely, about sex and race or ethnicity. Answers are kept apart from the "
        "interview, shown to nobody, and only counted: the dashboard then tells admins whether groups pass "
        "at different rates.",
    )

    @classmethod
    def of(cls, organisation: Organisation) -> "OrganisationForm":
        initial: dict[str, Any] = {name: getattr(organisation, name) for name in SETTINGS}
        return cls(initial=initial)
