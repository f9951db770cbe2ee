"""One interview: who, what and how far; its rounds with their sessions; changed, cancelled, deleted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import may_make_in, need_to_make
from hiring.access import may_erase_decisions, may_read_contacts
from hiring.api.refusals import refusals_as_errors
from hiring.api.serializers.interviews import InterviewSerializer
from hiring.hidden_scores import with_shown_scores
from hiring.models import Interview, Round
from hiring.progress import NEXT, OVER, change_interview
from hiring.removing import DecidedError, remove_interview
from interviews.models import Session
from messaging.models import Message
from web.console.forms import ConsoleForm
from web.console.members import MemberRequest, find_mine, for_members
from web.console.refusals import carried_out, refusals_on
from web.interviews import choices
from web.interviews.forms import KINDS, DecisionForm, InterviewForm, MoveForm
from web.interviews.history import history
from web.interviews.own_zone import for_members_in_own_zone

MOST_MESSAGES = 50
HEAVY = ("plan", "settings", "description")  # of sessions: nothing of it is shown here


@for_members_in_own_zone
@require_safe
def one_interview(request: MemberRequest, number: int) -> HttpResponse:
    """This will show it; what may be pressed depends on the role."""
    return interview_page(request, find_interview(request, number))


def find_interview(request: MemberRequest, number: int) -> Interview:
    """With what its page shows. Raises Http404 for a stranger's as for none."""
    rows = Interview.objects.select_related("candidate", "job", "interviewer", "organisation", "created_by")
    shown = with_shown_scores(rows.prefetch_related("decisions"), request.user)
    return find_mine(request.user, shown.defer("candidate__resume_text", "job__description"), number)


def interview_page(
    request: MemberRequest,
    interview: Interview,
    *,
    decision: DecisionForm | None = None,
    move: MoveForm | None = None,
) -> HttpResponse:
    """`decision` and `move` are forms that were refused, with what is wrong in them."""
    user, now = request.user, timezone.now()
    may_make = may_make_in(user, interview.organisation_id)
    rounds = list(interview.rounds.select_related("interviewer").order_by("order"))
    sessions = _sessions(interview)
    sent = _messages(interview)
    context: dict[str, Any] = {
        "interview": interview,
        "may_make": may_make,
        "may_delete": may_make
        and (not interview.decisions.all() or may_erase_decisions(user, interview.organisation_id)),
        "reads_contacts": may_read_contacts(user, interview.organisation_id),
        "is_over": interview.status in OVER,
        "rounds": [_round(one, sessions, len(rounds), now) for one in rounds],
        "plans": choices.plans_of(interview.organisation) if may_make else [],
        "decision": decision or DecisionForm(),
        "decisions": list(interview.decisions.all()),
        "move": move or move_form(request, interview, rounds),
        "messages_sent": sent,
        "history": history(interview, sessions, sent, user.time_zone),
    }
    return render(request, "web/interviews/one.html", context)


def move_form(
    request: MemberRequest, interview: Interview, rounds: list[Round] | None = None, data: Any = None
) -> MoveForm:
    form = MoveForm(data, organisation=interview.organisation, user=request.user)
    known = rounds if rounds is not None else list(interview.rounds.order_by("order"))
    waiting = [one for one in known if one.status in {Round.Status.SCHEDULED, Round.Status.NO_SHOW}]
    form.offer("round_id", [("", "None: the interview alone"), *((str(one.pk), str(one)) for one in waiting)])
    if waiting and not form.is_bound:
        form.initial["round_id"] = str(waiting[0].pk)
    return form


@for_members_in_own_zone
@require_http_methods(["GET", "POST"])
def change_one(request: MemberRequest, number: int) -> HttpResponse:
    interview = find_interview(request, number)
    need_to_make(request.user, interview.organisation_id)
    first: dict[str, Any] = {"title": interview.title, "notes": interview.notes}
    first |= {"job": interview.job_id or "", "interviewer": interview.interviewer_id or ""}
    form = InterviewForm(
        request.POST if request.method == "POST" else None,
        initial=first,
        organisation=interview.organisation,
        user=request.user,
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form), refusals_as_errors():
            _change(request, interview, form.cleaned_data)
        if form.is_valid():
            messages.success(request, "Your changes are saved.")
            return redirect("web:interview", number=interview.pk)
    return render(request, "web/interviews/change.html", {"form": form, "interview": interview})


@for_members
@require_POST
def cancel_one(request: MemberRequest, number: int) -> HttpResponse:
    """This will cancel it with the rounds to come; their links stop working."""
    interview = find_interview(request, number)
    need_to_make(request.user, interview.organisation_id)
    form = ConsoleForm({})
    with refusals_on(form), refusals_as_errors():
        change_interview(interview.pk, {"status": Interview.Status.CANCELLED})
    tell(request, form, "The interview is cancelled. Tell the candidate: nobody else does.")
    return redirect("web:interview", number=interview.pk)


@for_members
@require_http_methods(["GET", "POST"])
def delete_one(request: MemberRequest, number: int) -> HttpResponse:
    """This will ask first."""
    interview = find_interview(request, number)
    need_to_make(request.user, interview.organisation_id)
    try:
        form = carried_out(request, lambda: remove_interview(interview.pk, by=request.user))
    except DecidedError as error:
        raise PermissionDenied(str(error)) from None
    if form.is_valid():
        messages.success(request, "The interview was deleted.")
        return redirect("web:interviews")
    may = not interview.decisions.all() or may_erase_decisions(request.user, interview.organisation_id)
    back = reverse("web:interview", args=[interview.pk])
    context = {"form": form, "interview": interview, "back": back, "stays": not may}
    return render(request, "web/interviews/delete.html", context)


def tell(request: MemberRequest, form: ConsoleForm, done: str) -> None:
    """What a press of a button came to, on the page it leads back to."""
    if form.is_valid():
        messages.success(request, done)
    else:
        for told in form.errors.values():
            for one in told:
                messages.error(request, str(one))


def _change(request: MemberRequest, interview: Interview, given: dict[str, Any]) -> None:
    wish = {
        "title": given["title"],
        "notes": given["notes"],
        "job_id": int(given["job"]) if given["job"] else None,
        "interviewer_id": int(given["interviewer"]) if given["interviewer"] else None,
    }
    read = InterviewSerializer(interview, data=wish, partial=True, context={"user": request.user})
    read.is_valid(raise_exception=True)
    change_interview(interview.pk, read.validated_data)


def _sessions(interview: Interview) -> list[Session]:
    rows = Session.objects.filter(round__interview=interview, deleted_at=None).defer(*HEAVY)
    return list(rows.order_by("pk"))


def _messages(interview: Interview) -> list[Message]:
    rows = Message.objects.filter(session__round__interview=interview, direction=Message.Direction.OUT)
    return list(rows.defer("body").order_by("-created_at", "-pk")[:MOST_MESSAGES])


def _round(row: Round, sessions: list[Session], count: int, now: Any) -> dict[str, Any]:
    """A round as the page draws it, with the steps it may take."""
    held = [_held(one, now) for one in sessions if one.round_id == row.pk]
    coming = row.status in {Round.Status.SCHEDULED, Round.Status.IN_PROGRESS}
    return {
        "row": row,
        "kind": dict(KINDS)[row.kind],
        "sessions": held,
        "may_go_up": row.order > 1,
        "may_go_down": row.order < count,
        "next": NEXT[row.status],
        "wants_session": coming
        and row.kind == Round.Kind.AI_INTERVIEW
        and not any(x["is_open"] for x in held),
    }


def _held(session: Session, now: Any) -> dict[str, Any]:
    has_link = bool(session.token_hash)
    expires = session.token_expires_at
    return {
        "row": session,
        "is_open": not session.is_over,
        "runs": session.status == Session.Status.IN_PROGRESS,
        "has_link": has_link and (expires is None or expires > now),
        "has_expired": has_link and expires is not None and expires <= now,
        "was_held": session.started_at is not None,
    }
