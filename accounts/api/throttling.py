"""How often one address may try to get in."""

from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.security import Outcome, note
from rest.throttling import AddressThrottle, WritingThrottle

NOTED_EVERY_S = 60  # an attack is one line a minute in the log, not one for each try


class SignInThrottle(AddressThrottle):
    """Whatever name is tried, on whichever of the paths that let in."""

    scope = "auth"

    def allow_request(self, request: Request, view: APIView) -> bool:
        allowed = super().allow_request(request, view)
        if not allowed and cache.add(f"throttled-{self.get_ident(request)}", 1, NOTED_EVERY_S):
            note("sign_in", Outcome.REFUSED, request=request, detail="too many attempts")
        return allowed


class TeamInvitationThrottle(WritingThrottle):
    """Each reaches somebody who did not ask."""

    scope = "team_invitations"
