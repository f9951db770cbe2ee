"""People's word on single answers instead of a program's; both are kept."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from interviews.api.entering import Entry, enter_as_member
from interviews.api.serializers.overrides import OverrideSerializer, OverrideWishSerializer
from interviews.models import Override
from interviews.overriding import OverrideError, Wish, override, standing_overrides
from interviews.sealing import seal_for
from rest.errors import ApiError

EXAMPLE = OpenApiExample(
    "The second answer",
    {"number": 2, "outcome": "score", "score": 4, "reason": "The way back was named in other words."},
    request_only=True,
)


class Overrides(generics.ListAPIView[Override]):
    """Who set what instead of the program's judgement, and why; candidates never see it."""

    queryset = Override.objects.none()
    serializer_class = OverrideSerializer

    def get_queryset(self) -> QuerySet[Override]:
        entry = _as_member(self.request, self.kwargs["reference"])
        rows = entry.session.overrides.order_by("number", "pk")
        seal = seal_for(entry.user, entry.session)
        if not seal.hides_whole:
            return rows
        return rows.filter(number__in=seal.rated)

    def get_serializer_context(self) -> dict[str, Any]:
        session = _as_member(self.request, self.kwargs["reference"]).session
        standing = {one.pk for one in standing_overrides(session).values()}
        return {**super().get_serializer_context(), "standing": standing}

    @extend_schema(
        summary="List overrides", description="What a seal hides of an answer, it hides of these as well."
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        summary="Override the judgement of an answer",
        description=(
            "Once the interview is over, with a reason. The newest counts for its question; what a program "
            "judged stays as it was, and `overridden` of results and score says what both come to."
        ),
        request=OverrideWishSerializer,
        responses={201: OverrideSerializer},
        examples=[EXAMPLE],
    )
    def post(self, request: Request, reference: str) -> Response:
        entry = _as_member(request, reference)
        if entry.user is None or not entry.may_note:
            raise PermissionDenied("You may watch this interview, but not override what was judged.")
        read = OverrideWishSerializer(data=request.data)
        read.is_valid(raise_exception=True)
        try:
            made = override(entry.session, Wish(**read.validated_data), by=entry.user)
        except OverrideError as error:
            raise refusal(error) from None
        standing = set() if made.outcome == Override.Outcome.AS_JUDGED else {made.pk}
        shown = OverrideSerializer(made, context={"standing": standing})
        return Response(shown.data, status.HTTP_201_CREATED)


def refusal(error: OverrideError) -> Exception:
    if error.code == "no_such_question":
        return ValidationError({"number": [error.message]})
    return ApiError(409, error.code, error.message)


def _as_member(request: Request, reference: str) -> Entry:
    return enter_as_member(request, reference, "Overrides are for the people of the hiring team.")
