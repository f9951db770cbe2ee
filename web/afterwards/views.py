"""What a candidate sends from their own page: corrections, second answers, and what they ask of people."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from interviews.afterwards.correcting import correct
from interviews.afterwards.redoing import SecondAnswer, redo
from interviews.background.waking import wake_worker
from interviews.models import Session
from interviews.refusals import RefusedError
from interviews.requests import ask, may_ask
from web.afterwards.forms import CorrectionForm, RequestForm, SecondAnswerForm
from web.afterwards.page import Form, after_page, is_candidate, prefix_of
from web.guests import Link, link_of
from web.views.invitation import closed_link

TOO_MANY = "Your earlier wishes are still waiting to be read."
LARGEST = 2**31 - 1
Sent = Callable[Concatenate[HttpRequest, Session, datetime, ...], HttpResponse]


def by_the_candidate(view: Sent) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """This will take what a candidate sends once their interview is over, and refuse everybody else's."""

    @never_cache
    @require_POST
    @wraps(view)
    def opened(request: HttpRequest, uuid: UUID) -> HttpResponse:
        now = timezone.now()
        link, session = link_of(request, uuid, now)
        if link is not Link.OPEN or session is None:
            return closed_link(request, link)
        if not session.is_over:
            return redirect("web:room", uuid=uuid)
        if not is_candidate(request, session):
            raise PermissionDenied("Only the candidate changes what they said.")
        return view(request, session, now)

    return opened


@by_the_candidate
def correct_one(request: HttpRequest, session: Session, now: datetime) -> HttpResponse:
    """This will take the candidate's own words for one answer, or take a correction back."""
    number = _number(request.POST.get("turn", ""))
    form = CorrectionForm(request.POST, prefix=prefix_of("turn", number))
    is_taken_back = "take_back" in request.POST
    if not form.is_valid() and not is_taken_back:
        return _again(request, session, now, form)
    wanted = "" if is_taken_back else form.cleaned_data["text"]
    try:
        turn = correct(session, number, wanted, now=now)
    except RefusedError as error:
        form.add_error(None, error.message)
        return _again(request, session, now, form)
    wake_worker()
    done = "Your correction stands beside what we heard." if turn.correction else "It stands as we heard it."
    messages.success(request, f"Thank you. {done}")
    return _back(session, f"answer-{number}")


@by_the_candidate
def redo_one(request: HttpRequest, session: Session, now: datetime) -> HttpResponse:
    """This will take a typed second answer to one question."""
    number = _number(request.POST.get("number", ""))
    form = SecondAnswerForm(request.POST, prefix=prefix_of("redo", number))
    if not form.is_valid():
        return _again(request, session, now, form)
    try:
        turn = redo(session, SecondAnswer(number, form.cleaned_data["text"]), now=now)
    except RefusedError as error:
        form.add_error(None, error.message)
        return _again(request, session, now, form)
    wake_worker()
    messages.success(request, "Thank you. Your second answer is the one that counts.")
    return _back(session, f"answer-{turn.number}")


@by_the_candidate
def ask_people(request: HttpRequest, session: Session, now: datetime) -> HttpResponse:
    """This will take what the candidate asks of the people behind the interview."""
    form = RequestForm(request.POST, prefix="request")
    if form.is_valid() and not may_ask(session):
        form.add_error(None, TOO_MANY)
    if not form.is_valid():
        return _again(request, session, now, form)
    ask(session, form.cleaned_data["kind"], form.cleaned_data["text"], now=now)
    wake_worker()
    messages.success(request, "Thank you. A person will read it, and the answer will stand here.")
    return _back(session, "your-requests")


def _number(text: str) -> int:
    """0 is nobody's."""
    is_number = text.isascii() and text.isdigit() and len(text) < len(str(LARGEST))
    return int(text) if is_number else 0


def _back(session: Session, place: str) -> HttpResponse:
    response = redirect("web:room", uuid=session.uuid)
    response["Location"] += f"#{place}"
    return response


def _again(request: HttpRequest, session: Session, now: datetime, form: Form) -> HttpResponse:
    """The page with what was typed, and why it was not taken."""
    sent = {str(form.prefix): form}
    context = {**after_page(request, session, now, sent), "refused": form}
    return render(request, "web/after.html", context, status=400)
