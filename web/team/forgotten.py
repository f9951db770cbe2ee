"""A forgotten password: asked for by address, set anew by the link in the e-mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.api.password_reset import ASKED
from accounts.api.serializers import check_password_rules
from accounts.mail import is_mail_set
from accounts.models import User
from accounts.password_reset import NO_MAIL, USED, ask_for_reset, reset_password
from accounts.reset_links import find_reset
from web.console.refusals import refusals_on
from web.team.account_forms import ForgottenForm, NewPasswordForm
from web.team.often import TOO_OFTEN, is_too_often

KEPT = "set"  # stands in the address once the token is in the browser's session, so that no link leaks it
TOKEN = "password-reset-token"  # noqa: S105 (its name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """This will have a link sent, and say the same whoever has that address."""
    form = ForgottenForm(request.POST or None)
    shown = {"form": form, "no_mail": "" if is_mail_set() else NO_MAIL, "asked": ""}
    if request.method == "POST" and form.is_valid():
        if is_too_often(request):
            form.add_error(None, TOO_OFTEN)
        with refusals_on(form):
            if form.is_valid():
                ask_for_reset(form.cleaned_data["email"], request=request)
                shown["asked"] = ASKED
    return render(request, "web/team/forgotten.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest, uid: str, token: str) -> HttpResponseBase:
    """This will take the token out of the address, then ask for the password."""
    known = request.session.get(TOKEN, "") if token == KEPT else token
    user = find_reset(uid, known)
    if user is None:
        return render(request, "web/team/closed.html", {"why": USED, "is_reset": True}, status=410)
    if token != KEPT:
        request.session[TOKEN] = token
        return redirect("web:password_reset", uid=uid, token=KEPT)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and _is_set(request, form, user, (uid, known)):
        del request.session[TOKEN]
        messages.success(request, "Your new password is set. Sign in with it.")
        return redirect("web:sign_in")
    return render(request, "web/team/password_reset.html", {"form": form, "account": user})


def _is_set(request: HttpRequest, form: NewPasswordForm, user: User, link: tuple[str, str]) -> bool:
    if is_too_often(request):
        form.add_error(None, TOO_OFTEN)
    if not form.is_valid():
        return False
    password = form.cleaned_data["password"]
    with refusals_on(form):
        check_password_rules(password, user, "password")
        reset_password(*link, password, request=request)
    return form.is_valid()
