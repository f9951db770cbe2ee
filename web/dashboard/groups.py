"""What a candidate says of their groups, on their own page after the end."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from interviews.api.serializers.groups import GroupsAnswerSerializer
from interviews.groups import is_asked, keep_groups, take_back_groups
from interviews.models import Session
from web.afterwards.views import by_the_candidate


@by_the_candidate
def own_groups(request: HttpRequest, session: Session, now: datetime) -> HttpResponse:
    """This will keep the answer in place of a former one, or take it back."""
    if "take_back" in request.POST:
        take_back_groups(session)
        messages.success(request, "Your answer is taken back.")
        return _back(session)
    if not is_asked(session):
        raise Http404
    read = GroupsAnswerSerializer(data={name: request.POST.get(name, "") for name in ("sex", "ethnicity")})
    if not read.is_valid():
        messages.error(request, "Please choose from the lists.")
        return _back(session)
    keep_groups(session, **read.validated_data)
    is_empty = not any(read.validated_data.values())
    messages.success(request, "Nothing is kept." if is_empty else "Thank you. Your answer is kept apart.")
    return _back(session)


def _back(session: Session) -> HttpResponse:
    response = redirect("web:room", uuid=session.uuid)
    response["Location"] += "#your-groups"
    return response
