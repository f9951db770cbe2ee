"""Making an account: where this server lets people do so themselves, or by an invitation into a team."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.api.serializers import RegistrationSerializer
from accounts.models import TeamInvitation, User
from accounts.registering import need_its_address, need_to_be_let_in, open_account
from rest.errors import ApiError
from web.console.refusals import refusals_on
from web.team.account_forms import RegistrationForm
from web.team.often import TOO_OFTEN, is_too_often

BACKEND = "django.contrib.auth.backends.ModelBackend"
START = "/monitor/"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, token: str = "") -> HttpResponseBase:
    """This will make the account, sign in, and lead to `?next=`, to the team or to the first page."""
    if request.user.is_authenticated:
        return redirect("web:join", token=token) if token else redirect(next_of(request))
    try:
        invitation = need_to_be_let_in(token, now=timezone.now(), request=request)
    except ApiError as error:
        return render(request, "web/team/closed.html", {"why": error.detail}, status=error.status_code)
    bound_to = invitation.email if invitation is not None else ""
    form = RegistrationForm(request.POST or None, bound_to=bound_to)
    if request.method == "POST":
        user = _made(request, form, token, invitation)
        if user is not None:
            login(request, user, backend=BACKEND)
            return _welcome(request, user, invitation)
    shown = {"form": form, "invitation": invitation, "next": next_of(request, "")}
    return render(request, "web/team/register.html", shown)


def next_of(request: HttpRequest, otherwise: str = START) -> str:
    """Where `next` leads, if that is a page of this site."""
    wish = request.POST.get("next") or request.GET.get("next", "")
    is_here = url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure())
    return wish if is_here else otherwise


def _made(
    request: HttpRequest, form: RegistrationForm, token: str, invitation: TeamInvitation | None
) -> User | None:
    if is_too_often(request):
        form.add_error(None, TOO_OFTEN)
    if not form.is_valid():
        return None
    with refusals_on(form):
        read = RegistrationSerializer(data=form.cleaned_data)
        read.is_valid(raise_exception=True)
        need_its_address(invitation, read.validated_data["email"])
        return open_account(read.validated_data, token, now=timezone.now(), request=request)
    return None


def _welcome(request: HttpRequest, user: User, invitation: TeamInvitation | None) -> HttpResponseBase:
    if invitation is None:
        messages.success(
            request, f"Welcome, {user.display_name}. Begin with a job, or with a plan of questions."
        )
        return redirect(next_of(request))
    messages.success(
        request, f"Welcome, {user.display_name}. You belong to {invitation.organisation.name} now."
    )
    return redirect(f"/team/?organisation={invitation.organisation_id}")
