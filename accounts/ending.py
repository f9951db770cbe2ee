"""Ending what lets somebody in: tokens, and browser sessions."""

from django.db import transaction
from django.db.models import F
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken

from accounts.models import User
from accounts.security import note


@transaction.atomic
def end_all_tokens(user: User) -> None:
    """After this no refresh token of theirs is worth anything."""
    theirs = OutstandingToken.objects.filter(user=user)
    list(theirs.select_for_update())  # who refreshes one just now is waited for, and what they get ends too
    open_ones = theirs.filter(blacklistedtoken__isnull=True)
    BlacklistedToken.objects.bulk_create(
        [BlacklistedToken(token=token) for token in open_ones], ignore_conflicts=True
    )


@transaction.atomic
def sign_out_everywhere(user: User, *, request: object = None) -> None:
    """Ends every browser session, this one too, and all refresh tokens; access tokens until they expire."""
    User.objects.filter(pk=user.pk).update(sign_outs=F("sign_outs") + 1)
    end_all_tokens(user)
    note("sign_out", request=request, user=user, detail="everywhere")
