"""The team: who belongs to an organisation, who is asked to, and what it is set to."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import organisations_of
from accounts.api.team_serializers import TeamChangeSerializer, TeamInviteSerializer, TeamRoleSerializer
from accounts.api.throttling import TeamInvitationThrottle
from accounts.mail import is_mail_set
from accounts.models import Membership, Organisation, TeamInvitation
from accounts.team import change_organisation, give_role, may_manage, need_to_manage, remove_member
from accounts.team_invitations import invite_again, invite_to_team, revoke_invitation
from accounts.team_links import link_of
from rest.errors import ApiError
from rest.rows import find_row, number_in
from web.console.codes import qr_svg
from web.console.lists import page_of, searched
from web.console.members import MemberRequest, for_members
from web.console.refusals import refusals_on
from web.team.often import TOO_OFTEN, is_too_often
from web.team.team_forms import ROLES, InviteForm, OrganisationForm

MOST_ORGANISATIONS = 50
NEW_LINK = "team-link"  # in the browser's session, until it was shown once


@for_members
@require_safe
def team(request: MemberRequest) -> HttpResponseBase:
    """This will show one of the person's organisations, `?organisation=` or the first."""
    asked = number_in(request.GET.get("organisation", ""))
    mine = organisations_of(request.user).order_by("pk")
    found = find_row(mine, asked) if asked is not None else mine.first()
    if found is None and asked is not None:
        raise Http404
    return show_team(request, found)


@for_members
@require_POST
def invite(request: MemberRequest, number: int) -> HttpResponseBase:
    """This will invite somebody, and show the link where no e-mail leaves."""
    organisation = _to_manage(request, number)
    form = InviteForm(request.POST)
    if is_too_often(request, TeamInvitationThrottle):
        form.add_error(None, TOO_OFTEN)
    if form.is_valid():
        with refusals_on(form):
            read = TeamInviteSerializer(data=form.cleaned_data)
            read.is_valid(raise_exception=True)
            made = invite_to_team(
                request.user, organisation, **read.validated_data, now=timezone.now(), request=request
            )
            return _invited(request, made, "is invited")
    return show_team(request, organisation, invite_form=form)


@for_members
@require_POST
def resend(request: MemberRequest, number: int, invitation: int) -> HttpResponseBase:
    """This will give the invitation another link and a week."""
    found = _invitation(request, number, invitation)
    if is_too_often(request, TeamInvitationThrottle):
        messages.error(request, TOO_OFTEN)
        return _back(number)
    try:
        return _invited(request, invite_again(found, by=request.user, now=timezone.now()), "is invited again")
    except ApiError as error:
        messages.error(request, str(error.detail))
        return _back(number)


@for_members
@require_POST
def revoke(request: MemberRequest, number: int, invitation: int) -> HttpResponseBase:
    """This will end the invitation's link."""
    found = _invitation(request, number, invitation)
    try:
        revoke_invitation(found, now=timezone.now())
        messages.success(
            request, f"The invitation of {found.email} is withdrawn; its link opens nothing now."
        )
    except ApiError as error:
        messages.error(request, str(error.detail))
    return _back(number)


@for_members
@require_POST
def change_role(request: MemberRequest, number: int, member: int) -> HttpResponseBase:
    """This will give a member another role."""
    organisation = _to_manage(request, number)
    found = _member(organisation, member)
    read = TeamRoleSerializer(data={"role": request.POST.get("role", "")})
    if not read.is_valid():
        messages.error(request, "There is no such role.")
        return _back(number)
    try:
        changed = give_role(request.user, found, read.validated_data["role"], request=request)
        messages.success(request, f"{changed.user.display_name} is {changed.get_role_display().lower()} now.")
    except ApiError as error:
        messages.error(request, str(error.detail))
    return _back(number)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: MemberRequest, number: int, member: int) -> HttpResponseBase:
    """This will ask first, then remove the member; people may remove themselves."""
    organisation = _mine(request, number)
    found = _member(organisation, member)
    is_self = found.user_id == request.user.pk
    if not is_self:
        need_to_manage(request.user, organisation.pk)
    if request.method != "POST":
        shown = {"member": found, "organisation": organisation, "is_self": is_self}
        return render(request, "web/team/remove.html", shown)
    try:
        remove_member(request.user, found, request=request)
    except ApiError as error:
        messages.error(request, str(error.detail))
        return _back(number)
    told = f"You have left {organisation.name}." if is_self else f"{found.user.display_name} is removed."
    messages.success(request, told)
    return redirect("web:team") if is_self else _back(number)


@for_members
@require_POST
def change_settings(request: MemberRequest, number: int) -> HttpResponseBase:
    """This will keep what the organisation is set to."""
    organisation = _to_manage(request, number)
    form = OrganisationForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            read = TeamChangeSerializer(data=form.cleaned_data)
            read.is_valid(raise_exception=True)
            change_organisation(request.user, organisation, read.validated_data, request=request)
        if form.is_valid():
            messages.success(request, "The settings are saved.")
            return _back(number)
    organisation.refresh_from_db()
    return show_team(request, organisation, settings_form=form)


def show_team(
    request: MemberRequest,
    organisation: Organisation | None,
    *,
    invite_form: InviteForm | None = None,
    settings_form: OrganisationForm | None = None,
) -> HttpResponseBase:
    """The page, with what was typed where it was refused."""
    mine = organisations_of(request.user).order_by("pk")[:MOST_ORGANISATIONS]
    shown: dict[str, Any] = {
        "organisation": organisation,
        "organisations": mine,
        "is_mail_set": is_mail_set(),
    }
    if organisation is not None:
        people = organisation.memberships.select_related("user").order_by("pk")
        found = searched(request, people, "user__full_name", "user__email", "user__username")
        shown |= {"page": page_of(request, found), "roles": ROLES, "now": timezone.now()}
        shown["mine"] = people.filter(user=request.user).first()
        if may_manage(request.user, organisation.pk):
            shown |= {
                "may_manage": True,
                "invite_form": invite_form or InviteForm(),
                "settings_form": settings_form or OrganisationForm.of(organisation),
                "invitations": organisation.team_invitations.filter(
                    accepted_at=None, revoked_at=None
                ).select_related("invited_by"),
                "new_link": _link_once(request),
            }
    return render(request, "web/team/team.html", shown)


def _link_once(request: MemberRequest) -> dict[str, Any] | None:
    """The link that was just made, where no e-mail leaves; shown this once."""
    kept = request.session.pop(NEW_LINK, None)
    if kept is None:
        return None
    return {**kept, "qr": qr_svg(kept["url"])}


def _invited(request: MemberRequest, invitation: TeamInvitation, told: str) -> HttpResponseBase:
    if is_mail_set():
        messages.success(request, f"{invitation.email} {told}: the e-mail is on its way.")
    else:
        request.session[NEW_LINK] = {"email": invitation.email, "url": link_of(invitation)}
        messages.success(request, f"{invitation.email} {told}. Hand the link below on.")
    return _back(invitation.organisation_id)


def _back(number: int) -> HttpResponseBase:
    return redirect(f"/team/?organisation={number}")


def _mine(request: MemberRequest, number: int) -> Organisation:
    found = find_row(organisations_of(request.user), number)
    if found is None:
        raise Http404
    return found


def _to_manage(request: MemberRequest, number: int) -> Organisation:
    organisation = _mine(request, number)
    need_to_manage(request.user, organisation.pk)
    return organisation


def _member(organisation: Organisation, number: int) -> Membership:
    found = find_row(organisation.memberships.select_related("user"), number)
    if found is None:
        raise Http404
    return found


def _invitation(request: MemberRequest, number: int, invitation: int) -> TeamInvitation:
    found = find_row(_to_manage(request, number).team_invitations.all(), invitation)
    if found is None:
        raise Http404
    return found
