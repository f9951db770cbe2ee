"""What one's own practice came to, under the names that the simulator's clients know."""

from drf_spectacular.utils import extend_schema
from msgspec.structs import asdict
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_account
from interviews.api.serializers.dashboard import OwnStatisticsSerializer
from interviews.api.views.simulator import own_interviews
from interviews.dashboard.own import own_statistics


class OwnStatistics(APIView):
    """Over the practice interviews of one's own that have begun, as `/api/interview/` lists them."""

    @extend_schema(summary="Read one's own statistics", responses=OwnStatisticsSerializer)
    def get(self, request: Request) -> Response:
        user = require_account(request)
        told = asdict(own_statistics(own_interviews(user))) | {
            "member_since": user.date_joined,
            "account_status": "active" if user.is_active else "inactive",
        }
        return Response(OwnStatisticsSerializer(told).data)
