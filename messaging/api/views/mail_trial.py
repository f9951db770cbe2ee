"""Sends an e-mail to the one who asks, to see whether it arrives."""

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_account
from messaging.api.serializers.mail_trial import MailTrialSerializer
from messaging.api.throttling import MailTrialThrottle
from messaging.mail.outgoing import MailError
from messaging.mail.trial import try_mail
from rest.errors import ApiError

NOT_TAKEN = OpenApiResponse({"$ref": "#/components/schemas/Error"}, "The mail server did not take it.")
SENT = {
    "message": "The test e-mail to jane@example.com was handed to the mail server.",
    "to": "jane@example.com",
    "backend": "smtp",
}


class MailTrial(APIView):
    """Tries out whether e-mail leaves this server."""

    throttle_classes = (MailTrialThrottle,)

    @extend_schema(
        summary="Send a test e-mail",
        description="To the account's own address, at once. 503 `mail_failed` says why it was not taken. "
        "400 where the account has no address.",
        request=None,
        responses={200: MailTrialSerializer, 503: NOT_TAKEN},
        examples=[OpenApiExample("Sent", SENT, response_only=True)],
    )
    def post(self, request: Request) -> Response:
        user = require_account(request)
        if not user.email:
            raise ApiError(400, "no_address", "Your account has no e-mail address.")
        try:
            sent = try_mail(user)
        except MailError as error:
            raise ApiError(503, "mail_failed", str(error)) from None
        return Response(MailTrialSerializer(sent).data)
