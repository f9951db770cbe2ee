"""Who is asking, and the organisation they make something in; raises what the interface answers."""

from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request

from accounts.access import need_to_make, organisation_to_make_in
from accounts.models import Organisation, User


def account_of(request: Request) -> User | None:
    return request.user if isinstance(request.user, User) else None


def require_account(request: Request) -> User:
    """Raises NotAuthenticated for nobody, PermissionDenied for a candidate's link."""
    user = account_of(request)
    if user is not None:
        return user
    if request.user.is_authenticated:
        raise PermissionDenied("A candidate's link does not open this.")
    raise NotAuthenticated("Please sign in.")


def require_maker(request: Request, organisation_id: int | None) -> User:
    """Raises PermissionDenied for those who may only read what that organisation owns."""
    user = require_account(request)
    need_to_make(user, organisation_id)
    return user


def organisation_for_new(request: Request) -> Organisation:
    """Where what this person makes belongs: the first organisation they are admin or recruiter of."""
    return organisation_to_make_in(require_account(request))
