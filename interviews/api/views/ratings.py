"""People's own ratings of a session, each given before the others are read."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from interviews.api.entering import Entry, enter_as_member
from interviews.api.serializers.ratings import RatingSerializer, RatingWishSerializer
from interviews.models import Rating
from interviews.rating import Given, RatingError, rate, ratings_shown_to
from rest.errors import ApiError

EXAMPLE = OpenApiExample(
    "The first answer", {"number": 1, "score": 4, "comment": "Names the way back."}, request_only=True
)


class Ratings(generics.ListAPIView[Rating]):
    """What people think of the answers and of the whole; candidates never see it."""

    queryset = Rating.objects.none()
    serializer_class = RatingSerializer

    def get_queryset(self) -> QuerySet[Rating]:
        entry = _as_member(self.request, self.kwargs["reference"])
        return ratings_shown_to(entry.user, entry.session, may_rate=entry.may_note)

    def get_serializer_context(self) -> dict[str, Any]:
        user = getattr(self.request, "user", None)
        return {**super().get_serializer_context(), "user_pk": getattr(user, "pk", None)}

    @extend_schema(
        summary="List ratings",
        description="Those of an answer are shown to reviewers once they have given their own.",
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Rate an answer or the whole",
        description="Once the interview has begun. Sent again, it takes the place of one's former.",
        request=RatingWishSerializer,
        responses={200: RatingSerializer, 201: RatingSerializer},
        examples=[EXAMPLE],
    )
    def post(self, request: Request, reference: str) -> Response:
        entry = _as_member(request, reference)
        if entry.user is None or not entry.may_note:
            raise PermissionDenied("You may watch this interview, but not rate it.")
        read = RatingWishSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        try:
            rating, is_new = rate(entry.session, Given(**read.validated_data), by=entry.user)
        except RatingError as error:
            raise _refusal(error) from None
        shown = RatingSerializer(rating, context={"user_pk": entry.user.pk}).data
        return Response(shown, status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)


def _refusal(error: RatingError) -> Exception:
    if error.code == "no_such_question":
        return ValidationError({"number": [error.message]})
    return ApiError(409, error.code, error.message)


def _as_member(request: Request, reference: str) -> Entry:
    return enter_as_member(request, reference, "Ratings are for the people of the hiring team.")
