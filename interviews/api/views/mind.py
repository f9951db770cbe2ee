"""Who interviews and judges here, whether it answers now, and what failed of late."""

from datetime import timedelta
from typing import Any

from asgiref.sync import async_to_sync
from django.db.models import Sum
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import require_account
from accounts.models import User
from interviews.access import watchable_sessions
from interviews.api.throttling import EvaluationThrottle
from interviews.live.process import get_process
from interviews.mind.ports import MindFacts, Probe
from interviews.models import ModelUse

OF_LATE = timedelta(hours=24)


class RecentUseSerializer(serializers.Serializer[Any]):
    purpose = serializers.CharField(help_text="reply, coverage, evaluation or plan.")
    requests = serializers.IntegerField()
    failures = serializers.IntegerField(help_text="Of the requests, those that the fallback stood in for.")


class MindTestSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(("connected", "failed"))
    interviewer = serializers.CharField(help_text="openai, external or scripted.")
    model = serializers.CharField(help_text="Empty where no language model takes part.")
    host = serializers.CharField()
    response = serializers.CharField(help_text="What came of asking now; empty when it failed.")
    error = serializers.CharField(help_text="Why it failed; empty when it did not.")
    took_ms = serializers.IntegerField()
    capabilities = serializers.ListField(child=serializers.CharField())
    recent = RecentUseSerializer(many=True, help_text="Your own interviews of the last 24 hours.")


class TestMind(APIView):
    """Asks the interviewer one small question now. Interviews don't wait for it and go on without it."""

    throttle_classes = (EvaluationThrottle,)

    @extend_schema(responses=MindTestSerializer)
    def get(self, request: Request) -> Response:
        user = require_account(request)
        mind = get_process().mind
        probe = async_to_sync(mind.probe)()
        told = _told(mind.facts, probe) | {"recent": _recent(user)}
        return Response(MindTestSerializer(told).data)


def _told(facts: MindFacts, probe: Probe) -> dict[str, Any]:
    return {
        "status": "connected" if probe.is_ok else "failed",
        "interviewer": facts.name,
        "model": facts.model,
        "host": facts.host,
        "response": probe.detail if probe.is_ok else "",
        "error": "" if probe.is_ok else probe.detail,
        "took_ms": probe.took_ms,
        "capabilities": list(probe.capabilities),
    }


def _recent(user: User) -> list[dict[str, Any]]:
    since = timezone.now() - OF_LATE
    uses = ModelUse.objects.filter(session__in=watchable_sessions(user), updated_at__gte=since)
    sums = uses.order_by("purpose").values("purpose")
    return [dict(one) for one in sums.annotate(requests=Sum("requests"), failures=Sum("failures"))]
