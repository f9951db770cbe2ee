"""One's own account: read, changed, its password, a test of e-mail, signing out everywhere."""

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.api.serializers import PasswordChangeSerializer, ProfileChangeSerializer
from accounts.ending import sign_out_everywhere
from accounts.models import User
from accounts.own_account import change_profile, give_password
from accounts.security import Outcome, note
from messaging.api.throttling import MailTrialThrottle
from messaging.mail.outgoing import MailError
from messaging.mail.trial import try_mail
from web.console.members import MemberRequest, for_members
from web.console.refusals import refusals_on
from web.team.account_forms import PasswordForm, ProfileForm, zones
from web.team.often import TOO_OFTEN, is_too_often


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponseBase:
    """This will show the account, and keep what is changed of it."""
    form = ProfileForm.of(request.user)
    if request.method == "POST":
        form = ProfileForm(request.POST)
        if _is_changed(request, form):
            messages.success(request, "Your profile is saved.")
            return redirect("web:profile")
    roles = request.user.memberships.select_related("organisation").order_by("pk")
    shown = {"form": form, "zones": zones(), "roles": roles[:100], "name": _name_of(request.user)}
    return render(request, "web/team/profile.html", shown)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: MemberRequest) -> HttpResponseBase:
    """This will set the new password; this browser stays signed in, others don't."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and _has_new_password(request, form):
        messages.success(request, "Your password is changed. Everywhere else you have to sign in again.")
        return redirect("web:profile")
    return render(request, "web/team/password_change.html", {"form": form})


@for_members
@require_POST
def try_own_mail(request: MemberRequest) -> HttpResponseBase:
    """This will send one e-mail to the account's own address and say what became of it."""
    if is_too_often(request, MailTrialThrottle):
        messages.error(request, TOO_OFTEN)
        return redirect("web:profile")
    try:
        messages.success(request, try_mail(request.user).message)
    except MailError as error:
        messages.error(request, f"It could not be sent. {error}")
    return redirect("web:profile")


@for_members
@require_POST
def end_everywhere(request: MemberRequest) -> HttpResponseBase:
    """This will end every browser session and token of the account, this one too."""
    sign_out_everywhere(request.user, request=request)
    logout(request)
    messages.success(request, "You are signed out everywhere.")
    return redirect("web:sign_in")


def _is_changed(request: MemberRequest, form: ProfileForm) -> bool:
    is_trying = bool(request.POST.get("password"))  # where a password is asked for, it could be guessed
    if is_trying and is_too_often(request):
        form.add_error(None, TOO_OFTEN)
    if not form.is_valid():
        return False
    user = User.objects.get(pk=request.user.pk)  # what is refused must not show as one's name above
    with refusals_on(form):
        sent = {name: value for name, value in form.cleaned_data.items() if name != "password" or value}
        if sent["username"] == user.username:
            del sent["username"]  # one from before today's rules may stay
        read = ProfileChangeSerializer(data=sent, context={"user": user})
        read.is_valid(raise_exception=True)
        change_profile(user, read.validated_data, request=request)
    return form.is_valid()


def _has_new_password(request: MemberRequest, form: PasswordForm) -> bool:
    if is_too_often(request):
        form.add_error(None, TOO_OFTEN)
    if not form.is_valid():
        return False
    with refusals_on(form):
        read = PasswordChangeSerializer(data=form.cleaned_data, context={"user": request.user})
        if not read.is_valid():
            note("password_changed", Outcome.REFUSED, request=request, user=request.user)
        read.is_valid(raise_exception=True)
        give_password(request.user, read.validated_data["new_password"], request=request)
        update_session_auth_hash(request, request.user)
    return form.is_valid()


def _name_of(user: User) -> str:
    return User.objects.only("full_name", "first_name", "last_name", "username").get(pk=user.pk).display_name
