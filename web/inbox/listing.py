"""The inbox: what candidates ask for, the most urgent first."""

from datetime import datetime

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from msgspec import Struct

from interviews.inbox import seen_by
from interviews.models import Request
from web.console.lists import page_of, searched
from web.console.members import MemberRequest, for_members
from web.inbox.words import NAMES, age_words, due_words, name_of

SHOWS = {"": "Open", "answered": "Answered", "all": "All"}


class Row(Struct):
    """One request, in words."""

    request: Request
    name: str
    age: str
    due: str
    is_overdue: bool


@for_members
@require_safe
def requests(request: MemberRequest) -> HttpResponse:
    """This will list those of one's organisations, with how many wait."""
    now = timezone.now()
    rows = seen_by(request.user)
    counts = rows.order_by().aggregate(
        open=Count("pk", filter=Q(status=Request.Status.OPEN)),
        overdue=Count("pk", filter=Q(status=Request.Status.OPEN, due_at__lt=now)),
    )
    show = request.GET.get("show", "")
    kind = request.GET.get("kind", "")
    found = searched(request, rows, "session__candidate_name", "session__job_role")
    if show != "all":
        wanted = Request.Status.ANSWERED if show == "answered" else Request.Status.OPEN
        found = found.filter(status=wanted)
    if kind in NAMES:
        found = found.filter(kind=kind)
    page = page_of(request, found)
    context = {
        "page": page,
        "rows": [_row(one, now) for one in page if isinstance(one, Request)],
        "counts": counts,
        "show": show,
        "shows": SHOWS.items(),
        "kind": kind,
        "kinds": [(str(value), name) for value, name in NAMES.items()],
        "is_narrowed": bool(request.GET.get("q") or kind),
    }
    return render(request, "web/inbox/list.html", context)


def _row(one: Request, now: datetime) -> Row:
    is_late = one.status == Request.Status.OPEN and one.due_at is not None and one.due_at < now
    return Row(one, name_of(one.kind), age_words(one, now), due_words(one, now), is_late)
