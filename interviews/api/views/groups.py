"""Where an organisation asks: which groups a candidate counts themselves to, freely."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from interviews.api.entering import enter_as_candidate
from interviews.api.serializers.groups import GroupsAnswerSerializer, GroupsSerializer
from interviews.api.views.me import PICK
from interviews.groups import has_answered, is_asked, keep_groups, take_back_groups
from interviews.models import Session
from rest.errors import ApiError


class OwnGroups(APIView):
    """Kept apart from the interview and only counted; nobody reads it of a person, not even the person."""

    @extend_schema(summary="Read whether I am asked", parameters=[PICK], responses=GroupsSerializer)
    def get(self, request: Request) -> Response:
        return _told(enter_as_candidate(request))

    @extend_schema(
        summary="Say which groups I count myself to",
        description="409 `not_asked` where the organisation does not ask, or the interview is not over.",
        parameters=[PICK],
        request=GroupsAnswerSerializer,
        responses=GroupsSerializer,
    )
    def put(self, request: Request) -> Response:
        session = enter_as_candidate(request)
        read = GroupsAnswerSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        if not is_asked(session):
            raise ApiError(409, "not_asked", "Nobody asks for this here.")
        keep_groups(session, **read.validated_data)
        return _told(session)

    @extend_schema(summary="Take my answer back", parameters=[PICK], responses={200: GroupsSerializer})
    def delete(self, request: Request) -> Response:
        session = enter_as_candidate(request)
        take_back_groups(session)
        return _told(session)


def _told(session: Session) -> Response:
    told = {"is_asked": is_asked(session), "is_answered": has_answered(session)}
    return Response(GroupsSerializer(told).data)
