"""What an open link leads to, for how long and for how many."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from hiring.models import Job
from interviews.api.serializers.open_links import MOST_DAYS, MOST_USES, USUAL_DAYS, USUAL_USES
from web.console.forms import ConsoleForm

OFFERED_PLANS = 200


class OpenLinkForm(ConsoleForm):
    serializer_names: ClassVar = {"plan_id": "plan", "expires_at": "days"}

    plan = forms.TypedChoiceField(
        coerce=int, help_text="Everybody is asked its current version, as it is when they come."
    )
    days = forms.IntegerField(
        label="Open for", min_value=1, max_value=MOST_DAYS, initial=USUAL_DAYS, help_text="Days from now."
    )
    most_uses = forms.IntegerField(
        label="At most",
        min_value=1,
        max_value=MOST_USES,
        initial=USUAL_USES,
        help_text="How many people may start.",
    )

    def __init__(self, job: Job, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = job.organisation.plans.filter(is_current=True).defer("content")[:OFFERED_PLANS]
        listed = sorted(kept, key=lambda plan: plan.job_id != job.pk)  # those for this job first
        self.choices = [(plan.number, plan.name) for plan in listed]
        self.fields["plan"].choices = self.choices  # type: ignore[attr-defined]

    def wish(self) -> dict[str, Any]:
        """What the interface takes."""
        given = self.cleaned_data
        until = timezone.now() + timedelta(days=given["days"])
        return {
            "plan_id": given["plan"],
            "expires_at": until.isoformat(),
            "most_uses": given["most_uses"],
        }
