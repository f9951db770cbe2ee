"""The forms of plans: what a new one is drafted from, and everything that may be changed of one."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from rest_framework import serializers

from accounts.models import Organisation
from hiring.models import Job
from hiring.models import Plan as KeptPlan
from interviews.api.serializers.plans import MOST_DESCRIPTION_CHARS, MOST_QUESTIONS
from interviews.plan import Plan
from rest.errors import body_of
from web.console.forms import ConsoleForm
from web.set_up.plan_rows import NAMES, Find, fields_of, finder, wish_of
from web.set_up.rows import Row, rows_from, rows_of

LEVELS = (
    ("", "As the job says"),
    ("beginner", "Beginner"),
    ("intermediate", "Intermediate"),
    ("advanced", "Advanced"),
)
TYPES = (
    ("mixed", "Mixed"),
    ("technical", "Technical"),
    ("behavioral", "Behavioral"),
    ("coding", "Coding"),
    ("system_design", "System design"),
)
KINDS = TYPES[1:]
MODES = (("adaptive", "With follow-ups (adaptive)"), ("verbatim", "Word for word (verbatim)"))
REDO = (("once", "Each question once more, within 48 hours"), ("none", "Not at all"))
FEEDBACK = (("words", "In words"), ("scores", "In words and scores"), ("none", "Nothing"))
EACH = "each"
OFFERED_JOBS = 300
OF_A_QUESTION = re.compile(r"Question (\d+)\b")


def text(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", **attributes})


class PlanForm(ConsoleForm):
    """What both have: for which job, how long, how freely."""

    serializer_names: ClassVar = {
        "job_id": "job",
        "job_description": "description",
        "num_questions": "count",
        "duration_minutes": "duration",
    }

    def offer_jobs(self, organisations: Iterable[Organisation], none: str) -> None:
        rows = Job.objects.filter(organisation__in=organisations).order_by("-created_at")
        named = rows.values_list("pk", "title")[:OFFERED_JOBS]
        self.fields["job"].choices = [("", none), *named]  # type: ignore[attr-defined]


class NewPlanForm(PlanForm):
    """The wish a plan is drafted from. Nothing has to be filled in."""

    job = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        help_text="The questions follow its description and competencies.",
    )
    role = forms.CharField(
        max_length=120, required=False, help_text="Such as nurse or backend engineer.", widget=text()
    )
    name = forms.CharField(
        max_length=200,
        required=False,
        label="Name of the plan",
        help_text="Leave empty to call it by the role.",
        widget=text(),
    )
    level = forms.ChoiceField(choices=LEVELS, required=False)
    type = forms.ChoiceField(choices=TYPES, label="Kind of questions")
    count = forms.IntegerField(
        min_value=1,
        max_value=10,
        required=False,
        label="How many",
        help_text="Leave empty for as many as fit the time.",
    )
    duration = forms.IntegerField(min_value=5, max_value=180, initial=30, label="Minutes")
    mode = forms.ChoiceField(choices=MODES, label="How they are asked")
    description = forms.CharField(
        required=False,
        max_length=MOST_DESCRIPTION_CHARS,
        label="Job description",
        help_text="Replaces the job's own.",
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )

    def wish(self) -> dict[str, Any]:
        """What the interface takes, without what was left empty."""
        given = self.cleaned_data
        named = {
            "job_id": given["job"],
            "role": given["role"],
            "level": given["level"],
            "type": given["type"],
            "num_questions": given["count"],
            "duration_minutes": given["duration"],
            "mode": given["mode"],
            "job_description": given["description"],
            "name": given["name"],
        }
        return {name: value for name, value in named.items() if value not in {None, ""}}


class ChangedPlanForm(PlanForm):
    """All of a plan; its questions are beside the fields, in `rows`."""

    name = forms.CharField(max_length=200, widget=text())
    job = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    duration = forms.IntegerField(min_value=5, max_value=180, label="Minutes")
    max_follow_ups = forms.IntegerField(
        min_value=0, max_value=3, label="Follow-ups", help_text="For each question, at most."
    )
    persona = forms.CharField(
        max_length=40, label="Interviewer's name", help_text="It says that it is a program.", widget=text()
    )
    mode = forms.ChoiceField(
        choices=((EACH, "As each question says"), *MODES), label="How questions are asked"
    )
    notice = forms.CharField(
        required=False,
        max_length=5000,
        label="What candidates read before they agree",
        help_text="Beside what the page says anyway: that an AI asks, a person decides, what is kept.",
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    redo = forms.ChoiceField(choices=REDO, label="Candidates may answer again")
    feedback = forms.ChoiceField(choices=FEEDBACK, label="What candidates see of their evaluation")
    version = forms.IntegerField(widget=forms.HiddenInput)
    rows: list[Row]

    @classmethod
    def of(cls, kept: KeptPlan, plan: Plan) -> "ChangedPlanForm":
        """The form as it stands before anything is changed."""
        form = cls(
            initial={
                "name": kept.name,
                "job": kept.job_id,
                "duration": plan.duration_minutes,
                "max_follow_ups": plan.max_follow_ups,
                "persona": plan.persona,
                "notice": kept.notice,
                "redo": kept.redo,
                "feedback": kept.feedback,
                "mode": EACH,
                "version": kept.version,
            }
        )
        form.rows = rows_of(fields_of(question) for question in plan.questions)
        return form

    @classmethod
    def sent(cls, data: QueryDict) -> "ChangedPlanForm":
        form = cls(data)
        form.rows = rows_from(data, NAMES, MOST_QUESTIONS + 1)  # one more, so that too many are refused
        return form

    @classmethod
    def redrawn(cls, data: QueryDict, rows: list[Row]) -> "ChangedPlanForm":
        """What was typed so far, before anybody asked whether it is right."""
        form = cls(initial={name: data.get(name, "") for name in cls.base_fields})
        form.rows = rows
        return form

    def filled_rows(self) -> list[Row]:
        return [row for row in self.rows if not row.is_blank]

    def wish(self, plan: Plan) -> dict[str, Any]:
        """What the interface takes."""
        given, find = self.cleaned_data, finder(plan.questions)
        job = {"job_id": given["job"]} if given["job"] is not None else {}
        return {
            **job,
            "name": given["name"],
            "duration_minutes": given["duration"],
            "max_follow_ups": given["max_follow_ups"],
            "persona": given["persona"],
            "notice": given["notice"],
            "redo": given["redo"],
            "feedback": given["feedback"],
            "questions": self._questions(find, given["mode"]),
        }

    def _questions(self, find: Find, mode: str) -> list[dict[str, Any]]:
        wished = wish_of(self.filled_rows(), find)
        return wished if mode == EACH else [{**one, "mode": mode} for one in wished]

    def refuse(self, error: serializers.ValidationError) -> None:
        """As every form, and what is wrong with a question beside that question."""
        for path, messages in body_of(error)["error"]["fields"].items():
            name = path.split(".")[0]
            for message in messages:
                found = OF_A_QUESTION.match(message)
                if name == "questions" and found is not None:
                    self.filled_rows()[int(found[1]) - 1].mistakes.append(message)
                    self.add_error(None, "Please look at the questions marked below.")
                else:
                    own = self.serializer_names.get(name, name)
                    self.add_error(own if own in self.fields else None, message)
