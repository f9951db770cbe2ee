"""The review of one interview, and what a reviewer does there: rate, override, note."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from interviews.api.entering import Entry
from interviews.conversing import add_note
from interviews.overriding import OverrideError, Wish, override
from interviews.rating import Given, RatingError, rate
from interviews.refusals import RefusedError
from interviews.sealed_editions import is_sealed_for
from interviews.sealing import seal_for
from reports import wording
from web.console.members import MemberRequest, for_members
from web.review.again import again_context
from web.review.forms import AgainForm, NoteForm, OverrideForm, RatingForm, ShareForm, mistakes
from web.review.opening import enter_review, enter_to_rate, is_partial
from web.review.reviewed import Review, read_review, what_it_comes_to


@for_members
@require_safe
def review(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """This will show everything that was said, judged and noted; a stranger's does not exist."""
    entry = enter_review(request.user, uuid)
    return _page(request, entry)


def _page(request: HttpRequest, entry: Entry, **more: Any) -> HttpResponse:
    session = entry.session
    if session.started_at is None or session.events.filter(payload__isnull=True).exists():
        return render(request, "web/review/nothing.html", {"session": session, **_links(entry)})
    context = {**shown(entry, read_review(entry)), **more}
    return render(request, "web/review/one.html", context, status=422 if more else 200)


def shown(entry: Entry, read: Review) -> dict[str, Any]:
    """What the templates of a review are drawn from."""
    return {
        "session": entry.session,
        "entry": entry,
        "review": read,
        "content": read.content,
        "comes_to": what_it_comes_to(read.content),
        "took": wording.length(read.content.completeness.duration_ms),
        "override_form": OverrideForm(auto_id=False),
        "note_form": NoteForm(),
        "share_form": ShareForm(),
        "again_form": AgainForm(),
        "whole_anchors": tuple((one, "") for one in range(1, 6)),
        **_links(entry),
        **again_context(entry, read),
    }


def _links(entry: Entry) -> dict[str, Any]:
    session = entry.session
    interview = session.round.interview_id if session.round is not None else None
    report = f"/api/reports/{session.uuid}/pdf/?edition="
    return {
        "interview_url": f"/interviews/{interview}/" if interview else "",
        "panel_url": "" if seal_for(entry.user, session).hides_whole else f"{report}panel",
        "candidate_url": "" if is_sealed_for(entry.user, session, "candidate") else f"{report}candidate",
        "export_url": f"/api/sessions/{session.uuid}/export/?format=",
        "compare_url": f"/jobs/{session.job_id}/compare/?with={session.uuid}" if session.job_id else "",
    }


@for_members
@require_POST
def rate_answer(request: MemberRequest, uuid: UUID, number: int) -> HttpResponse:
    """This will keep one's own rating; what was sealed until then is shown."""
    entry = enter_to_rate(request.user, uuid)
    form = RatingForm(request.POST)
    problem = "" if form.is_valid() else mistakes(form)
    if not problem:
        try:
            rate(entry.session, Given(number=number, **form.cleaned_data), by=_user(entry))
        except RatingError as error:
            problem = error.message
    return _answered(request, entry, number, problem, "Your rating is saved.")


@for_members
@require_POST
def override_answer(request: MemberRequest, uuid: UUID, number: int) -> HttpResponse:
    """This will keep what a person sets instead of the judgement, or undo it."""
    entry = enter_to_rate(request.user, uuid)
    form = OverrideForm(request.POST, auto_id=False)
    problem = "" if form.is_valid() else mistakes(form)
    if not problem:
        outcome, score = form.wish()
        wish = Wish(number, outcome, form.cleaned_data["reason"], score)  # type: ignore[arg-type]
        try:
            override(entry.session, wish, by=_user(entry))
        except OverrideError as error:
            problem = error.message
    typed = {"override_form": form, "overriding": number} if problem else {}
    return _answered(request, entry, number, problem, "Saved with your name and reason.", **typed)


def _answered(
    request: MemberRequest, entry: Entry, number: int, problem: str, done: str, **typed: Any
) -> HttpResponse:
    """The part of the page that changed for htmx; for everybody else the page, at the same answer."""
    trouble = {"trouble": {"number": number, "text": problem, "comment": request.POST.get("comment", "")}}
    if is_partial(request) and not number and not problem:
        messages.success(request, done)
        return HttpResponse(headers={"HX-Refresh": "true"})  # it opens what is sealed in every part
    if is_partial(request):
        context = {**shown(entry, read_review(entry)), **typed, **(trouble if problem else {"done": done})}
        context["one"] = next((one for one in context["review"].answers if one.number == number), None)
        part = "judged" if number else "whole"
        return render(request, f"web/review/{part}.html", context)
    if problem:
        return _page(request, entry, **trouble, **typed)
    messages.success(request, done)
    address = reverse("web:review", args=[entry.session.uuid])
    return redirect(f"{address}#{f'answer-{number}' if number else 'whole'}")


@for_members
@require_POST
def note_down(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """This will keep a note, at a time of the interview where one is given."""
    entry = enter_to_rate(request.user, uuid)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, note_form=form)
    try:
        add_note(entry.session, text=form.cleaned_data["text"], at_ms=form.at_ms, user=_user(entry))
    except RefusedError as error:
        form.add_error(None, error.message)
        return _page(request, entry, note_form=form)
    messages.success(request, "Your note is saved.")
    return redirect(f"{reverse('web:review', args=[entry.session.uuid])}#notes")


def _user(entry: Entry) -> User:
    assert entry.user is not None  # noqa: S101 (pages are for members)
    return entry.user
