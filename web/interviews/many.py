"""Invites everybody in a file: looked at row by row first, then in the background, with what came of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import may_make_in, need_to_make, organisation_to_make_in, organisations_of
from accounts.models import Organisation
from messaging.api.batch_making import APART, batch_of, people_of
from messaging.api.serializers.invitations import BatchWishSerializer
from messaging.api.throttling import FileThrottle
from messaging.invitations.batches import keep_draft, release_batch
from messaging.models import InvitationBatch
from web.console.lists import ROWS, page_of
from web.console.members import MemberRequest, find_mine, for_members, may_make_anything
from web.console.refusals import refusals_on
from web.console.throttling import is_too_often
from web.interviews.batch_rows import as_csv, results_of, rows_of
from web.interviews.invite_form import InviteManyForm
from web.interviews.own_zone import for_members_in_own_zone

TEMPLATE = "name,email,phone,time_zone\r\nJane Smith,jane@example.com,+44 20 7946 0123,Europe/London\r\n"
TOO_OFTEN = "That were many files in a short time. Please wait a while."
Status = InvitationBatch.Status
COUNTED = ("ok", "invited", "skipped", "problem", "waiting")


@for_members_in_own_zone
@require_http_methods(["GET", "POST"])
def invitations(request: MemberRequest) -> HttpResponse:
    """This will take a file and lead to what would happen with it; nobody is invited yet."""
    form = None
    if may_make_anything(request.user) or request.method == "POST":
        form = _form(request, organisation_to_make_in(request.user))
    if form is not None and request.method == "POST" and form.is_valid():
        batch = _drafted(request, form)
        if batch is not None:
            return redirect("web:batch", number=batch.pk)
    rows = InvitationBatch.objects.filter(organisation__in=organisations_of(request.user))
    shown = rows.exclude(status=Status.DRAFT).defer("rows", "wish").select_related("created_by")
    context = {"form": form, "page": page_of(request, shown.order_by("-created_at", "-pk"))}
    return render(request, "web/interviews/many.html", context)


@for_members
@require_safe
def template(request: MemberRequest) -> HttpResponse:
    """This will give a file to fill in."""
    return _download(TEMPLATE, "candidates.csv")


@for_members
@require_safe
def one_batch(request: MemberRequest, number: int) -> HttpResponse:
    """This will show every row: what would happen, is happening, or came of it."""
    batch = _mine(request, number)
    return render(request, "web/interviews/batch.html", _context(request, batch))


@for_members
@require_safe
def progress(request: MemberRequest, number: int) -> HttpResponse:
    """This will give the part of the page that changes."""
    return render(request, "web/interviews/batch_state.html", _context(request, _mine(request, number)))


@for_members
@require_POST
def send(request: MemberRequest, number: int) -> HttpResponse:
    """This will invite those who were looked at; pressed twice, once."""
    batch = _mine(request, number)
    need_to_make(request.user, batch.organisation_id)
    if batch.rows and release_batch(batch.pk, timezone.now()):
        messages.success(request, "The invitations are on their way.")
    return redirect("web:batch", number=batch.pk)


@for_members
@require_safe
def failures(request: MemberRequest, number: int) -> HttpResponse:
    """This will give the rows that came to nothing, with why."""
    batch = _mine(request, number)
    need_to_make(request.user, batch.organisation_id)
    wrong = [one for one in rows_of(batch) if one.is_problem]
    return _download(as_csv(wrong), f"not-invited-{batch.pk}.csv")


def _form(request: MemberRequest, organisation: Organisation) -> InviteManyForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    first = {name: request.GET[name] for name in ("job", "plan") if request.GET.get(name)}
    return InviteManyForm(*sent, initial=first, organisation=organisation, user=request.user)


def _drafted(request: MemberRequest, form: InviteManyForm) -> InvitationBatch | None:
    """The batch of a valid form, kept to be looked at; None where the interface refuses it."""
    if is_too_often(FileThrottle(), request):
        form.add_error(None, TOO_OFTEN)
        return None
    wish = form.wish()
    with refusals_on(form):
        read = BatchWishSerializer(data=wish, context={"organisation": form.organisation})
        read.is_valid(raise_exception=True)
        people, faults = people_of(read.validated_data)
        wrong = results_of(faults)
        left_out = {one["row"] for one in wrong}
        good = [one for one in people if one.row not in left_out]
        batch = batch_of(
            read.validated_data,
            set(wish) - APART,
            good,
            organisation=form.organisation,
            user=request.user,
        )
        batch.results, batch.total = wrong, len(good) + len(wrong)
        keep_draft(batch, timezone.now())
        return batch
    return None


def _context(request: MemberRequest, batch: InvitationBatch) -> dict[str, Any]:
    rows = rows_of(batch)
    counts = {state: sum(one.state == state for one in rows) for state in COUNTED}
    only = request.GET.get("only") == "problems"
    shown = [one for one in rows if one.is_problem] if only else rows
    return {
        "batch": batch,
        "counts": counts,
        "page": Paginator(shown, ROWS * 2).get_page(request.GET.get("page")),
        "only_problems": only,
        "is_draft": batch.status == Status.DRAFT,
        "is_running": batch.status in {Status.QUEUED, Status.RUNNING},
        "may_make": may_make_in(request.user, batch.organisation_id),
        "may_send": bool(batch.rows) and counts["ok"] > 0,
    }


def _mine(request: MemberRequest, number: int) -> InvitationBatch:
    """Raises Http404 for a stranger's as for none. Observers have no part in it: it is full of addresses."""
    rows = InvitationBatch.objects.select_related("organisation", "created_by")
    found = find_mine(request.user, rows, number)
    need_to_make(request.user, found.organisation_id)
    return found


def _download(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
