"""Inviting everybody in a CSV file: looked at as a whole first, then done in the background."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import organisation_for_new, require_account
from hiring.api.owned import Owned, find_owned
from messaging.api.batch_making import APART, batch_of, people_of, wish_of
from messaging.api.serializers.invitations import BatchSerializer, BatchWishSerializer, ForeseenSerializer
from messaging.api.throttling import FileThrottle
from messaging.invitations.batches import foresee, queue_batch
from messaging.invitations.csv_reading import Fault
from messaging.models import InvitationBatch
from rest.parsing import BoundedMultiPartParser

MOST_FAULTS = 100
FORESEEN = OpenApiExample(
    "What would happen",
    {
        "dry_run": True,
        "total": 1,
        "new": 1,
        "existing": 0,
        "results": [
            {
                "row": 2,
                "candidate": "new",
                "candidate_id": None,
                "session_id": None,
                "warnings": [],
                "skipped": False,
                "error": "",
            }
        ],
    },
    response_only=True,
    status_codes=["200"],
)


class InviteMany(APIView):
    """Invites everybody in a file, or nobody."""

    parser_classes = (BoundedMultiPartParser,)
    throttle_classes = (FileThrottle,)

    @extend_schema(
        summary="Invite everybody in a CSV file",
        description="Where any row is wrong, nobody is invited and `fields` names each as "
        "`rows.<row>.<column>`. A candidate who is known by address, or by number where the row has no "
        "address, is taken as they are; one who has this very interview already is passed over (`skipped`), "
        "so that the same file twice does no harm. With `job_id` each gets an interview for that job, whose "
        "first round this is. 202 is the batch: ask its address how far it has come.",
        request={"multipart/form-data": BatchWishSerializer},
        responses={200: ForeseenSerializer, 202: BatchSerializer},
        examples=[FORESEEN],
    )
    def post(self, request: Request) -> Response:
        organisation = organisation_for_new(request)
        read = BatchWishSerializer(data=request.data, context={"organisation": organisation})
        read.is_valid(raise_exception=True)
        given = read.validated_data
        people, faults = people_of(given)
        if faults:
            raise serializers.ValidationError(_named(faults))
        sent = set(request.data) - APART
        if given["dry_run"]:
            results = foresee(organisation, people, tuple(given["channels"]), wish_of(given, sent))
            new = sum(one["candidate"] == "new" for one in results)
            told = {"total": len(people), "new": new, "existing": len(people) - new, "results": results}
            return Response(ForeseenSerializer({"dry_run": True, **told}).data)
        user = require_account(request)
        batch = batch_of(given, sent, people, organisation=organisation, user=user)
        queue_batch(batch, timezone.now())
        return Response(BatchSerializer(batch).data, status.HTTP_202_ACCEPTED)


class Batches(Owned[InvitationBatch]):
    noun = "batch"
    queryset = InvitationBatch.objects.none()
    serializer_class = BatchSerializer

    def rows(self) -> QuerySet[InvitationBatch]:
        return InvitationBatch.objects.defer("rows")

    @extend_schema(summary="See how far a file has come", responses=BatchSerializer)
    def get(self, request: Request, batch_id: int) -> Response:
        return Response(BatchSerializer(find_owned(self.get_queryset(), batch_id, self.noun)).data)


def _named(faults: list[Fault]) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for one in faults[:MOST_FAULTS]:
        named.setdefault(f"rows.{one.row}.{one.column}", []).append(one.message)
    if len(faults) > MOST_FAULTS:
        named["file"] = [f"There are {len(faults)} mistakes; the first {MOST_FAULTS} are named."]
    return named
