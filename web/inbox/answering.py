"""One request: what is asked, what can be done about it from here, and the answer."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import may_make_in, need_to_make
from accounts.mail import is_mail_set
from hiring.access import may_read_contacts
from interviews.afterwards.own_copy import own_copy
from interviews.api.throttling import ExportThrottle
from interviews.background.waking import wake_worker
from interviews.inbox import seen_by
from interviews.models import Request, Session
from interviews.refusals import RefusedError
from interviews.requests import answer
from interviews.sealed_editions import is_sealed_for
from interviews.sealing import SENTENCE
from rest.rows import find_row
from web.console.members import MemberRequest, for_members
from web.console.throttling import TOO_OFTEN, is_too_often
from web.inbox.forms import FLAGS, AnswerForm, EraseForm, answer_form
from web.inbox.words import due_words, name_of


@for_members
@require_http_methods(["GET", "POST"])
def one_request(request: MemberRequest, number: int) -> HttpResponse:
    """This will show a request, and take the answer to it."""
    found = find_request(request, number)
    if request.method != "POST":
        return request_page(request, found)
    need_to_make(request.user, found.session.organisation_id)
    form = answer_form(found.session, found.kind, request.POST)
    if form.is_valid():
        try:
            answer(found, form.cleaned_data["answer"], by=request.user, now=timezone.now(), grant=form.grant)
        except RefusedError as error:
            form.add_error(None, error.message)
        else:
            wake_worker()
            messages.success(request, "Answered. The candidate reads it on their page.")
            return redirect("web:request", number=found.pk)
    return request_page(request, found, form=form)


@for_members
@require_safe
def copy_for_candidate(request: MemberRequest, number: int) -> HttpResponse:
    """This will give the copy that was asked for, to be sent to whoever lost their link."""
    found = find_request(request, number)
    need_to_make(request.user, found.session.organisation_id)
    if found.kind != Request.Kind.EXPORT:
        raise Http404
    if is_sealed_for(request.user, found.session, "candidate"):
        raise PermissionDenied(SENTENCE)
    if is_too_often(ExportThrottle(), request):
        messages.error(request, TOO_OFTEN)
        return redirect("web:request", number=found.pk)
    made = own_copy(found.session, request.build_absolute_uri)
    name = f"interview-{found.session.uuid}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return JsonResponse(made, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 2})


def find_request(request: MemberRequest, number: int) -> Request:
    """Raises Http404 for what this person may not know of."""
    found = find_row(seen_by(request.user), number)
    if found is None:
        raise Http404
    return found


def request_page(
    request: MemberRequest,
    found: Request,
    *,
    form: AnswerForm | None = None,
    erase: EraseForm | None = None,
) -> HttpResponse:
    """The page of one; the forms may hold what was wrong with what was sent."""
    found.refresh_from_db(fields=["status", "answer", "answered_at", "answered_by_name"])
    session, now = found.session, timezone.now()
    may_make = may_make_in(request.user, session.organisation_id)
    reads = may_read_contacts(request.user, session.organisation_id or 0)
    refused = bool((form and form.errors) or (erase and erase.errors))
    context = {
        "asked": found,
        "name": name_of(found.kind),
        "due": due_words(found, now),
        "is_overdue": found.due_at is not None and found.due_at < now,
        "is_open": found.status == Request.Status.OPEN,
        "session": session,
        "candidate": session.candidate,
        "interview_id": session.round.interview_id if session.round else None,
        "given": _given(session) if may_make else [],
        "may_make": may_make,
        "reads_contacts": reads,
        "mail_goes_to": _mail_goes_to(session) if may_make else "",
        "form": form or answer_form(session, found.kind),
        "erase_form": erase or EraseForm(),
        "has_ways": _has_ways(found, may_make=may_make),
        "is_running": session.status == Session.Status.IN_PROGRESS,
    }
    return render(request, "web/inbox/one.html", context, status=400 if refused else 200)


def _mail_goes_to(session: Session) -> str:
    """Where the answer goes beside the candidate's page; "" where no e-mail leaves."""
    return session.candidate.email if session.candidate is not None and is_mail_set() else ""


def _has_ways(found: Request, *, may_make: bool) -> bool:
    """Whether the page can lead anywhere from here."""
    session = found.session
    if session.round is not None or session.started_at is not None:
        return True
    needs_words = found.kind == Request.Kind.ACCOMMODATION and session.is_over
    return may_make and (found.kind in {Request.Kind.PERSON, Request.Kind.EXPORT} or needs_words)


def _given(session: Session) -> list[str]:
    """What makes this interview easier already, in words."""
    now: dict[str, Any] = session.accommodations
    factors = [
        f"{words} × {now[name]:g}"
        for name, words in (("time_factor", "Time"), ("patience_factor", "Pauses"))
        if float(now.get(name) or 1) != 1
    ]
    return factors + [words for name, words in FLAGS.items() if now.get(name)]
