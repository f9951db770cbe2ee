"""The list of interviews: narrowed, searched, ordered."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import organisations_of
from accounts.models import User
from hiring.hidden_scores import with_shown_scores
from hiring.models import Decision, Interview, Interviewer, Job
from rest.rows import number_in
from web.console.lists import page_of, searched
from web.console.members import MemberRequest, for_members, may_make_anything
from web.interviews.choices import MOST

ORDERS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "": ("Newest first", ("-created_at", "-pk")),
    "time": ("By time", (F("scheduled_at").asc(nulls_last=True), "-pk")),
    "name": ("By candidate", ("candidate__name", "-pk")),
    "fit": ("By Job Fit Score", (F("shown_fit_score").desc(nulls_last=True), "-pk")),
}
DECISIONS = {
    "": "Any decision",
    "needed": "Needs a decision",
    "none": "None yet",
    **dict(Decision.Verdict.choices),
}


@for_members
@require_safe
def interviews(request: MemberRequest) -> HttpResponse:
    """This will show those of one's organisations, with what was decided last of each."""
    rows = _rows(request.user)
    found = _narrowed(request, searched(request, rows, "candidate__name", "title", "job__title"))
    order = ORDERS.get(request.GET.get("order", ""), ORDERS[""])[1]
    context = {
        "page": page_of(request, found.order_by(*order)),
        "may_make": may_make_anything(request.user),
        "needed": rows.filter(status=Interview.Status.COMPLETED).count(),
        "is_narrowed": any(
            request.GET.get(name) for name in ("q", "status", "job", "interviewer", "decision")
        ),
        "selects": _selects(request),
        "needed_link": urlencode({"decision": "needed"}),
    }
    return render(request, "web/interviews/list.html", context)


def _rows(user: User) -> QuerySet[Any]:
    newest = Decision.objects.filter(interview=OuterRef("pk")).values("verdict")[:1]
    rows = Interview.objects.filter(organisation__in=organisations_of(user))
    named = rows.select_related("candidate", "job", "interviewer").defer(
        "candidate__resume_text", "job__description", "notes"
    )
    return with_shown_scores(named.annotate(verdict=Subquery(newest)), user)


def _narrowed(request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    asked = request.GET
    if asked.get("status") in Interview.Status:
        rows = rows.filter(status=asked["status"])
    for name in ("job", "interviewer"):
        if (number := number_in(asked.get(name, ""))) is not None:
            rows = rows.filter(**{f"{name}_id": number})
    match asked.get("decision", ""):
        case "needed":
            return rows.filter(status=Interview.Status.COMPLETED)
        case "none":
            return rows.filter(verdict=None)
        case verdict if verdict in Decision.Verdict:
            return rows.filter(verdict=verdict)
    return rows


def _selects(request: MemberRequest) -> list[dict[str, Any]]:
    """What the list may be narrowed by, as the page draws it."""
    mine = organisations_of(request.user)
    jobs = Job.objects.filter(organisation__in=mine).order_by("title", "pk").values_list("pk", "title")[:MOST]
    people = Interviewer.objects.filter(organisation__in=mine).order_by("name", "pk")
    listed: dict[str, tuple[str, list[tuple[Any, str]]]] = {
        "status": ("Status", [("", "Any status"), *_words(Interview.Status.choices)]),
        "job": ("Job", [("", "Any job"), *jobs]),
        "interviewer": ("Interviewer", [("", "Any interviewer"), *people.values_list("pk", "name")[:MOST]]),
        "decision": ("Decision", _words(DECISIONS.items())),
        "order": ("Order", [(name, words) for name, (words, _) in ORDERS.items()]),
    }
    return [
        {
            "name": name,
            "label": label,
            "options": [(str(v), w, str(v) == request.GET.get(name, "")) for v, w in options],
        }
        for name, (label, options) in listed.items()
    ]


def _words(options: Any) -> list[tuple[str, str]]:
    return [(value, words.replace("_", " ").capitalize()) for value, words in options]
