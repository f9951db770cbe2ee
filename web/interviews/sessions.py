"""The sessions of an interview's rounds: made, their links issued and revoked, their candidates invited."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import need_to_make
from accounts.security import note
from hiring.access import may_read_contacts
from hiring.api.refusals import refusals_as_errors
from hiring.models import Round
from interviews.access import watchable_sessions
from interviews.models import Session
from interviews.sessions import issue_token, revoke_token
from messaging.api.serializers.invitations import InvitationSerializer
from messaging.api.throttling import InvitationThrottle
from messaging.calendar import calendar_file
from messaging.invitations.inviting import EMAIL, SMS, CannotInviteError, Invitation, address_for, invite
from rest.rows import number_in
from web.console.forms import ConsoleForm
from web.console.members import MemberRequest, for_members
from web.console.refusals import refusals_on
from web.console.throttling import is_too_often
from web.interviews.forms import InviteForm
from web.interviews.links import link_page
from web.interviews.making import session_of
from web.interviews.one import tell
from web.interviews.own_zone import for_members_in_own_zone
from web.interviews.rounds import find_round

OVER = "The interview is over: there is nothing to open."
TOO_OFTEN = "That were many invitations in a short time. Please wait a while."


@for_members
@require_POST
def make_for_round(request: MemberRequest, number: int) -> HttpResponse:
    """This will make the session that an AI round is held as, and show its link, this once."""
    row = find_round(request, number)
    form = ConsoleForm({})
    with refusals_on(form), refusals_as_errors():
        session, token = session_of(request, row.interview.organisation, _wish(request, row))
    if form.is_valid():
        return link_page(request, session, token)
    tell(request, form, "")
    return redirect("web:interview", number=row.interview_id)


@for_members
@require_POST
def issue_link(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """This will show a new link, this once; the former stops working."""
    session = _mine(request, uuid)
    if session.is_over:
        messages.error(request, OVER)
        return _back(session)
    token = issue_token(session, timezone.now())
    note("guest_link_issued", request=request, user=request.user, detail=f"session {session.uuid}")
    return link_page(request, session, token)


@for_members
@require_POST
def revoke_link(request: MemberRequest, uuid: UUID) -> HttpResponse:
    session = _mine(request, uuid)
    revoke_token(session)
    note("guest_link_revoked", request=request, user=request.user, detail=f"session {session.uuid}")
    messages.success(request, "The link opens nothing any more.")
    return _back(session)


@for_members_in_own_zone
@require_http_methods(["GET", "POST"])
def invite_one(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """This will send a new link by e-mail, text or both."""
    session = _mine(request, uuid)
    if session.organisation is None:
        raise Http404
    if session.is_over:
        messages.error(request, OVER)
        return _back(session)
    form = InviteForm(
        request.POST if request.method == "POST" else None,
        organisation=session.organisation,
        user=request.user,
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            _invite(request, session, form)
        if form.is_valid():
            messages.success(request, "The invitation is on its way. What became of it stands below.")
            return _back(session)
    context = {"form": form, "session": session, "ways": _ways(session)}
    return render(request, "web/interviews/invite.html", context)


@for_members
@require_safe
def calendar(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """This will give the appointment; observers get it without the candidate's address."""
    session = _watched(request, uuid)
    if session.scheduled_at is None:
        raise Http404
    owner = session.candidate.organisation_id if session.candidate is not None else None
    names = owner is not None and may_read_contacts(request.user, owner)
    file = calendar_file(session, timezone.now(), names_candidate=names)
    answer = HttpResponse(file, "text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="interview.ics"'
    return answer


def _invite(request: MemberRequest, session: Session, form: InviteForm) -> None:
    if is_too_often(InvitationThrottle(), request):
        form.add_error(None, TOO_OFTEN)
        return
    read = InvitationSerializer(data=form.cleaned_data)
    read.is_valid(raise_exception=True)
    wish = Invitation(**{**read.validated_data, "channels": tuple(read.validated_data["channels"])})
    try:
        invite(session, wish, now=timezone.now())
    except CannotInviteError as error:
        form.add_error("channels" if error.channel else None, str(error))


def _ways(session: Session) -> list[tuple[str, str, bool]]:
    """Each way with where it leads, or why it leads nowhere."""
    found = []
    for channel, words in ((EMAIL, "E-mail"), (SMS, "Text")):
        try:
            found.append((words, address_for(session, channel), True))
        except CannotInviteError as error:
            found.append((words, str(error), False))
    return found


def _wish(request: MemberRequest, row: Round) -> dict[str, object]:
    plan = number_in(request.POST.get("plan", ""))
    return {"round_id": row.pk, **({"plan_id": plan} if plan is not None else {})}


def _watched(request: MemberRequest, uuid: UUID) -> Session:
    rows = watchable_sessions(request.user).select_related("organisation", "candidate", "job")
    found = rows.select_related("round__interview").filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def _mine(request: MemberRequest, uuid: UUID) -> Session:
    """Raises Http404 for a stranger's as for none, and PermissionDenied for those who only watch."""
    found = _watched(request, uuid)
    need_to_make(request.user, found.organisation_id)
    return found


def _back(session: Session) -> HttpResponse:
    if session.round is None:
        return redirect("web:monitor_one", uuid=session.uuid)
    return redirect("web:interview", number=session.round.interview_id)
