"""The page behind a job's open link: whoever has it says their name and gets an interview of their own."""

from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hiring.models import OpenLink
from hiring.open_links import ClosedError, LinkState, find_link, state_of
from interviews.applying import apply, plan_of_link
from interviews.models import Session
from rest.throttling import AddressThrottle
from web.console.forms import ConsoleForm
from web.console.throttling import seconds_to_wait
from web.guests import Link, keep_token, link_of

STATUS = {LinkState.REVOKED: 410, LinkState.EXPIRED: 410, LinkState.FULL: 410}
REMEMBERED = timedelta(days=30)


class ApplicationThrottle(AddressThrottle):
    """Each one makes a candidate and an interview. A fair's hall may share one address."""

    scope = "applications"


class ApplicationForm(ConsoleForm):
    """Who is there. Nothing is proved by it, so nothing rests on it."""

    name = forms.CharField(
        label="Your name",
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=254,
        help_text="So that the people behind this interview can write to you.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def apply_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """This will ask for a name and lead to the room. Who comes back with the same browser goes on there."""
    link, now = find_link(token), timezone.now()
    if link is None:
        return render(request, "web/set_up/apply_closed.html", {"state": "unknown"}, status=404)
    begun = _begun(request, link, now)
    wants_own = request.POST.get("somebody_else") == "yes" or begun is None
    if request.method == "POST" and begun is not None and not wants_own:
        return redirect("web:room", uuid=begun.uuid)
    if (state := state_of(link, now)) is not LinkState.OPEN:
        return _closed(request, link, state, begun)
    form = ApplicationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _let_in(request, link, form, begun, now)
    return _page(request, link, form, begun)


def _page(
    request: HttpRequest, link: OpenLink, form: ApplicationForm, begun: Session | None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "link": link, "plan": plan_of_link(link), "begun": begun}
    return render(request, "web/set_up/apply.html", context, status=status)


def _let_in(
    request: HttpRequest, link: OpenLink, form: ApplicationForm, begun: Session | None, now: datetime
) -> HttpResponse:
    wait_s = seconds_to_wait(ApplicationThrottle(), request)
    if wait_s is not None:
        minutes = max(1, ceil(wait_s / 60))
        form.add_error(None, f"Very many people came from where you are. Try again in {minutes} minutes.")
        return _page(request, link, form, begun, 429)
    try:
        session, token = apply(link, now=now, **form.cleaned_data)
    except ClosedError as error:
        return _closed(request, link, error.state, begun)
    response = redirect("web:room", uuid=session.uuid)
    keep_token(response, session, token, is_secure=request.is_secure(), now=now)
    response.set_cookie(
        _cookie(link),
        str(session.uuid),
        max_age=REMEMBERED,
        path="/apply/",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def _begun(request: HttpRequest, link: OpenLink, now: datetime) -> Session | None:
    """The interview that this browser got by the link. The cookie only names it, the guest's own opens it."""
    try:
        uuid = UUID(request.COOKIES.get(_cookie(link), ""))
    except ValueError:
        return None
    found, session = link_of(request, uuid, now)
    return session if found is Link.OPEN else None


def _cookie(link: OpenLink) -> str:
    return f"applied_{link.token_hash[:16]}"


def _closed(request: HttpRequest, link: OpenLink, state: LinkState, begun: Session | None) -> HttpResponse:
    context = {"state": state.value, "link": link, "begun": begun}
    return render(request, "web/set_up/apply_closed.html", context, status=STATUS[state])
