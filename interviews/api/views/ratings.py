"""People's own ratings of a session, each given before the others are read."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from interviews.api.entering import Entry, enter
from interviews.api.serializers.ratings import RatingSerializer, RatingWishSerializer
from interviews.models import Rating, Session
from interviews.models.rating import WHOLE_SESSION
from rest.errors import ApiError

EXAMPLE = OpenApiExample(
    "The first answer", {"number": 1, "score": 4, "comment": "Names the way back."}, request_only=True
)


class Ratings(generics.ListAPIView[Rating]):
    """What people think of the answers and of the whole; candidates never see it."""

    queryset = Rating.objects.none()
    serializer_class = RatingSerializer

    def get_queryset(self) -> QuerySet[Rating]:
        """Whoever may rate reads the others' of an answer after their own: an opinion each of their own."""
        entry = _as_member(self.request, self.kwargs["reference"])
        rows = entry.session.ratings.order_by("number", "pk")
        if not entry.may_note:
            return rows
        return rows.filter(number__in=rows.filter(author=entry.user).values("number"))

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
        _require_rateable(entry.session, read.validated_data["number"])
        rating, is_new = _keep(entry.session, entry.user, read.validated_data)
        shown = RatingSerializer(rating, context={"user_pk": entry.user.pk}).data
        return Response(shown, status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)


def _keep(session: Session, user: User, wish: dict[str, Any]) -> tuple[Rating, bool]:
    values = {"score": wish["score"], "comment": wish["comment"], "author_name": user.display_name}
    return Rating.objects.update_or_create(
        session=session, author=user, number=wish["number"], defaults=values
    )


def _require_rateable(session: Session, number: int) -> None:
    if session.started_at is None:
        raise ApiError(409, "not_started", "The interview has not begun yet.")
    if number != WHOLE_SESSION and number > session.questions.count():
        raise ValidationError({"number": ["This interview has no such question."]})


def _as_member(request: Request, reference: str) -> Entry:
    entry = enter(request, reference)
    if entry.is_guest:
        raise PermissionDenied("Ratings are for the people of the hiring team.")
    return entry
