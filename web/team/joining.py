"""The page of an invitation into a team: who is signed in joins, who isn't signs in or registers first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.team_invitations import WHY_CLOSED, join_team, why_closed
from accounts.team_links import find_invitation
from rest.errors import ApiError
from web.team.often import TOO_OFTEN, is_too_often


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """This will ask first; only the button joins."""
    invitation = find_invitation(token)
    if invitation is None and is_too_often(request):  # only guesses count
        return render(request, "web/team/closed.html", {"why": TOO_OFTEN}, status=429)
    why = why_closed(invitation, timezone.now())
    if invitation is None or why:
        status = 404 if invitation is None else 410
        return render(request, "web/team/closed.html", {"why": WHY_CLOSED[why]}, status=status)
    user = request.user
    if request.method == "POST" and isinstance(user, User):
        return _joined(request, user, token)
    is_other = isinstance(user, User) and user.email.lower() != invitation.email.lower()
    shown = {"invitation": invitation, "token": token, "is_other": is_other, "here": request.path}
    return render(request, "web/team/join.html", shown)


def _joined(request: HttpRequest, user: User, token: str) -> HttpResponseBase:
    try:
        member = join_team(user, token, now=timezone.now(), request=request)
    except ApiError as error:
        return render(request, "web/team/closed.html", {"why": error.detail}, status=error.status_code)
    messages.success(request, f"You belong to {member.organisation.name} now, as {member.role}.")
    return redirect(f"/team/?organisation={member.organisation_id}")
