"""How often one address or one person may have guest interviews, recognition, judgements and plans made."""

from rest_framework.request import Request
from rest_framework.views import APIView

from rest.throttling import READING, AccountThrottle, AddressThrottle, WritingThrottle


class GuestSessionThrottle(AddressThrottle):
    """Only for those without an account, and only for making something."""

    scope = "guest_sessions"

    def allow_request(self, request: Request, view: APIView) -> bool:
        if request.method != "POST" or request.user.is_authenticated:
            return True
        return super().allow_request(request, view)


class GuestDayThrottle(GuestSessionThrottle):
    """So that one address does not fill what an installation holds for guests."""

    scope = "guest_sessions_day"


class RecognitionThrottle(AccountThrottle):
    scope = "recognition"


class SentRecordingThrottle(RecognitionThrottle):
    """Only for bodies that may bring a recording."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        is_form = (request.content_type or "").startswith("multipart/")
        return request.method in READING or not is_form or super().allow_request(request, view)


class EvaluationThrottle(AccountThrottle):
    """Each one asks a language model as often as there are answers."""

    scope = "evaluations"


class ExportThrottle(AccountThrottle):
    """Each makes a report, or all that is kept of one interview."""

    scope = "exports"


class JobExportThrottle(AccountThrottle):
    """Each may make five hundred of them, and take two minutes."""

    scope = "job_exports"


class PlanThrottle(WritingThrottle):
    """Only for drafting, which may ask a language model for each question."""

    scope = "plans"
