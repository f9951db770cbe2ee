"""Pages for people with an account: who may open them, and who may change what they show."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from accounts.access import making_organisations, organisations_of
from accounts.models import User
from rest.rows import find_row

P = ParamSpec("P")
M = TypeVar("M", bound=Model)


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


Page = Callable[Concatenate[MemberRequest, P], HttpResponseBase]


def for_members(page: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """This will lead whoever is not signed in to the sign-in page; nothing of the page is cached."""

    @never_cache
    @login_required
    @wraps(page)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return page(cast("MemberRequest", request), *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", opened)


def find_mine(user: User, rows: QuerySet[M], number: int) -> M:
    """The row of that number in one's own organisations. Raises Http404 for a stranger's as for none."""
    found = find_row(rows.filter(organisation__in=organisations_of(user)), number)
    if found is None:
        raise Http404
    return found


def may_make_anything(user: User) -> bool:
    """Whether a page should offer to make something."""
    return bool(making_organisations(user)) or not user.memberships.exists()
