"""Teams over the interface: organisations, who belongs to them, and who is asked to."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import organisations_of
from accounts.api.people import require_account
from accounts.api.team_serializers import (
    NewTeamInvitationSerializer,
    TeamChangeSerializer,
    TeamInvitationSerializer,
    TeamInviteSerializer,
    TeamJoinSerializer,
    TeamMemberSerializer,
    TeamRoleSerializer,
    TeamSerializer,
    roles_of,
)
from accounts.api.throttling import SignInThrottle, TeamInvitationThrottle
from accounts.models import Membership, Organisation, TeamInvitation, User
from accounts.team import change_organisation, give_role, need_to_manage, remove_member
from accounts.team_invitations import invite_again, invite_to_team, join_team, revoke_invitation
from rest.errors import NotFoundError
from rest.rows import find_row

LAST_ADMIN = OpenApiResponse(
    {"$ref": "#/components/schemas/Error"}, "`last_admin`: nobody would be left to manage the organisation."
)
OVER = OpenApiResponse({"$ref": "#/components/schemas/Error"}, "The invitation was used or withdrawn.")


class _OfTeam(APIView):
    """What the address names: one's own organisations only."""

    def find_team(self, *, to_manage: bool = False) -> tuple[User, Organisation]:
        user = require_account(self.request)
        found = find_row(organisations_of(user), self.kwargs["organisation_id"])
        if found is None:
            raise NotFoundError("organisation")
        if to_manage:
            need_to_manage(user, found.pk)
        return user, found

    def find_member(self) -> tuple[User, Membership]:
        user, team = self.find_team()
        rows = team.memberships.select_related("user")
        member = find_row(rows, self.kwargs["member_id"])
        if member is None:
            raise NotFoundError("member")
        return user, member

    def find_invitation(self) -> TeamInvitation:
        _, team = self.find_team(to_manage=True)
        found = find_row(team.team_invitations.select_related("invited_by"), self.kwargs["invitation_id"])
        if found is None:
            raise NotFoundError("invitation")
        return found


class Teams(ListAPIView[Organisation]):
    """The organisations one belongs to, with one's role."""

    serializer_class = TeamSerializer
    queryset = Organisation.objects.none()

    @extend_schema(summary="List one's organisations")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Organisation]:
        return _counted(organisations_of(require_account(self.request))).order_by("pk")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "roles": roles_of(require_account(self.request))}


class OneTeam(_OfTeam):
    """One organisation."""

    @extend_schema(summary="Read an organisation", responses=TeamSerializer)
    def get(self, request: Request, organisation_id: int) -> Response:
        return self._told(*self.find_team())

    @extend_schema(
        summary="Change an organisation's settings", request=TeamChangeSerializer, responses=TeamSerializer
    )
    def patch(self, request: Request, organisation_id: int) -> Response:
        user, team = self.find_team(to_manage=True)
        read = TeamChangeSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        change_organisation(user, team, read.validated_data, request=request)
        return self._told(user, team)

    def _told(self, user: User, team: Organisation) -> Response:
        shown = _counted(Organisation.objects.all()).get(pk=team.pk)
        return Response(TeamSerializer(shown, context={"roles": roles_of(user)}).data)


class TeamMembers(_OfTeam, ListAPIView[Membership]):
    """The people of an organisation."""

    serializer_class = TeamMemberSerializer
    queryset = Membership.objects.none()

    @extend_schema(summary="List an organisation's members")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Membership]:
        return self.find_team()[1].memberships.select_related("user").order_by("pk")


class OneTeamMember(_OfTeam):
    """One person's place in an organisation."""

    @extend_schema(
        summary="Change a member's role",
        request=TeamRoleSerializer,
        responses={200: TeamMemberSerializer, 409: LAST_ADMIN},
    )
    def patch(self, request: Request, organisation_id: int, member_id: int) -> Response:
        user, member = self.find_member()
        need_to_manage(user, member.organisation_id)
        read = TeamRoleSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        changed = give_role(user, member, read.validated_data["role"], request=request)
        return Response(TeamMemberSerializer(changed).data)

    @extend_schema(
        summary="Remove a member, or leave",
        description="Their work stays. Invitations they sent and links to reports they shared are closed. "
        "Anybody may remove themselves.",
        responses={204: None, 409: LAST_ADMIN},
    )
    def delete(self, request: Request, organisation_id: int, member_id: int) -> Response:
        user, member = self.find_member()
        remove_member(user, member, request=request)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TeamInvitations(_OfTeam, ListAPIView[TeamInvitation]):
    """Who was asked to join an organisation; for its admins."""

    throttle_classes = (TeamInvitationThrottle,)
    serializer_class = TeamInvitationSerializer
    queryset = TeamInvitation.objects.none()

    @extend_schema(summary="List an organisation's invitations")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[TeamInvitation]:
        _, team = self.find_team(to_manage=True)
        return team.team_invitations.select_related("invited_by")

    @extend_schema(
        summary="Invite somebody into an organisation",
        description="By e-mail; where this server sends none, the answer holds the `link`, this once.",
        request=TeamInviteSerializer,
        responses={201: NewTeamInvitationSerializer},
    )
    def post(self, request: Request, organisation_id: int) -> Response:
        user, team = self.find_team(to_manage=True)
        read = TeamInviteSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        made = invite_to_team(user, team, **read.validated_data, now=timezone.now(), request=request)
        return Response(NewTeamInvitationSerializer(made).data, status.HTTP_201_CREATED)


class OneTeamInvitation(_OfTeam):
    """One invitation into an organisation."""

    @extend_schema(summary="Withdraw an invitation", responses={204: None, 409: OVER})
    def delete(self, request: Request, organisation_id: int, invitation_id: int) -> Response:
        revoke_invitation(self.find_invitation(), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class ResendTeamInvitation(_OfTeam):
    """One invitation, sent once more."""

    throttle_classes = (TeamInvitationThrottle,)

    @extend_schema(
        summary="Send an invitation again",
        description="With another link, open for a week; the former one stops working.",
        request=None,
        responses={200: NewTeamInvitationSerializer, 409: OVER},
    )
    def post(self, request: Request, organisation_id: int, invitation_id: int) -> Response:
        user = require_account(request)
        again = invite_again(self.find_invitation(), by=user, now=timezone.now())
        return Response(NewTeamInvitationSerializer(again).data)


class JoinTeam(APIView):
    """Uses an invitation."""

    throttle_classes = (SignInThrottle,)

    @extend_schema(
        summary="Join an organisation",
        description="409 `invitation_used`, `invitation_revoked` or `invitation_expired`. Whoever belongs to "
        "the organisation already keeps their role.",
        request=TeamJoinSerializer,
        responses={200: TeamSerializer, 409: OVER},
    )
    def post(self, request: Request) -> Response:
        user = require_account(request)
        read = TeamJoinSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        member = join_team(user, read.validated_data["token"], now=timezone.now(), request=request)
        team = _counted(Organisation.objects.all()).get(pk=member.organisation_id)
        return Response(TeamSerializer(team, context={"roles": roles_of(user)}).data)


def _counted(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """With the number of members; as a subquery, because one's own membership narrows the join."""
    counted = Membership.objects.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    number = Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return rows.annotate(member_count=Coalesce(number, 0))
