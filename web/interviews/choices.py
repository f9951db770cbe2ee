"""What may be chosen in forms about interviews: an organisation's own rows, the newest, bounded."""

from django.db.models import QuerySet

from accounts.models import Organisation
from hiring.models import Candidate, Interviewer, Job, Plan
from rest.rows import find_row
from web.console.lists import LONGEST_SEARCH

MOST = 200
Choices = list[tuple[str, str]]

LANGUAGES: Choices = [
    ("en", "English"),
    ("en-GB", "English, British"),
    ("en-US", "English, American"),
    ("en-AU", "English, Australian"),
    ("en-IE", "English, Irish"),
    ("en-IN", "English, Indian"),
]
OF_THE_JOB = ("", "As the job has it")
DRAFTED = ("drafted", "None: draft questions")
PLAN_HINT = "The newest plan of the job. Questions are drafted where it has none."
CHANNELS: Choices = [
    ("voice", "By voice, in the browser"),
    ("typed", "Typed, in the browser"),
    ("sms", "By text"),
]


def candidates_of(organisation: Organisation, words: str = "") -> Choices:
    rows = Candidate.objects.filter(organisation=organisation).only("name", "email")
    for word in words[:LONGEST_SEARCH].replace("\0", "").split():
        rows = rows.filter(name__icontains=word) | rows.filter(email__icontains=word)
    return [(str(one.pk), f"{one.name} · {one.email}" if one.email else one.name) for one in rows[:MOST]]


def jobs_of(organisation: Organisation) -> Choices:
    rows = Job.objects.filter(organisation=organisation).order_by("-created_at", "-pk")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")[:MOST]]


def plans_of(organisation: Organisation) -> Choices:
    rows: QuerySet[Plan] = Plan.objects.filter(organisation=organisation, is_current=True).defer("content")
    return [(str(one.number), f"{one.name} · {one.duration_minutes} min") for one in rows[:MOST]]


def plan_offers(organisation: Organisation) -> Choices:
    """What a form about a job's candidates offers: they can be compared as far as they are asked the same."""
    return [OF_THE_JOB, DRAFTED, *plans_of(organisation)]


def chosen_plan(organisation: Organisation, plan: str, job: str) -> str:
    """The number of what was chosen of `plan_offers`, for that job; "" where a plan is drafted."""
    if plan == DRAFTED[0]:
        return ""
    if plan or not job:
        return plan
    found = find_row(Job.objects.filter(organisation=organisation), int(job))
    newest = found.plans.filter(is_current=True).defer("content").first() if found is not None else None
    return str(newest.number) if newest is not None else ""


def interviewers_of(organisation: Organisation) -> Choices:
    rows = Interviewer.objects.filter(organisation=organisation).order_by("name", "pk")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")[:MOST]]
