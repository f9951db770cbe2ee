"""Issuing a session's link anew, and revoking it."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.security import note
from interviews.api.entering import Entry, enter
from interviews.api.links import room_url
from interviews.api.serializers.sessions import LinkSerializer
from interviews.sessions import issue_token, revoke_token


class Link(APIView):
    """The link that opens the session for its candidate. A new one makes the former useless."""

    @extend_schema(summary="Issue a new link", request=None, responses={201: LinkSerializer})
    def post(self, request: Request, reference: str) -> Response:
        entry = _managing(request, reference)
        token = issue_token(entry.session, timezone.now())
        _note("guest_link_issued", request, entry)
        link = {
            "public_token": token,
            "room_url": room_url(request, entry.session, token),
            "expires_at": entry.session.token_expires_at,
        }
        return Response(LinkSerializer(link).data, status.HTTP_201_CREATED)

    @extend_schema(summary="Revoke the link", responses={204: None})
    def delete(self, request: Request, reference: str) -> Response:
        entry = _managing(request, reference)
        revoke_token(entry.session)
        _note("guest_link_revoked", request, entry)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _managing(request: Request, reference: str) -> Entry:
    entry = enter(request, reference)
    if not entry.may_manage:
        raise PermissionDenied("Links are issued by the people responsible for the interview.")
    return entry


def _note(kind: str, request: Request, entry: Entry) -> None:
    note(kind, request=request, user=entry.user, detail=f"session {entry.session.uuid}")
