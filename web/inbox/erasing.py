"""Deletes an interview at its candidate's wish, after somebody has said twice that it should be."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import need_to_make
from accounts.security import note
from interviews.background.waking import wake_worker
from interviews.conversing import end
from interviews.models import Request, Session
from interviews.refusals import RefusedError
from interviews.retention import delete_session
from messaging.requests.farewell import say_it_is_gone
from web.console.members import MemberRequest, for_members
from web.inbox.answering import find_request, request_page
from web.inbox.forms import EraseForm

RUNNING = "This interview is running now. End it first, then delete it."


@for_members
@require_POST
def erase(request: MemberRequest, number: int) -> HttpResponse:
    """This will delete all but the proof of the log, tell the candidate, and forget where they were told."""
    found = find_request(request, number)
    need_to_make(request.user, found.session.organisation_id)
    if found.kind != Request.Kind.DELETION:
        raise Http404
    form = EraseForm(request.POST)
    if form.is_valid():
        try:
            _delete(found.session, request)
        except RefusedError as error:
            form.add_error(None, error.message)
        else:
            wake_worker()
            messages.success(request, "The interview was deleted: its words, its recording and its report.")
            return redirect("web:requests")
    return request_page(request, found, erase=form)


def _delete(session: Session, request: MemberRequest) -> None:
    if session.status == Session.Status.IN_PROGRESS:
        raise RefusedError("running", RUNNING)
    if session.seq and not session.is_over:  # its page is open somewhere: it hears that this is over
        end(session, user=request.user, is_guest=False)
    address = session.candidate.email if session.candidate is not None else ""
    organisation = session.organisation.name if session.organisation is not None else ""
    uuid = session.uuid
    delete_session(session, timezone.now())
    note("data_deleted", request=request, user=request.user, detail=f"at the candidate's wish: {uuid}")
    say_it_is_gone(address, organisation)
