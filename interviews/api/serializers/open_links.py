"""Open links of jobs, as members read and make them."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hiring.models import OpenLink
from hiring.models import Plan as KeptPlan
from hiring.open_links import LinkState, state_of
from interviews.plans import find_plan, plans_of
from rest.fields import Choice, Id

USUAL_DAYS, MOST_DAYS = 30, 365
USUAL_USES, MOST_USES = 100, 10_000


class OpenLinkSerializer(serializers.ModelSerializer[OpenLink]):
    """A job's open link, without the link itself: that is shown once, when it is made."""

    job_id = serializers.IntegerField(read_only=True)
    plan_id = serializers.IntegerField(read_only=True)
    state = serializers.SerializerMethodField()
    made_by = serializers.SerializerMethodField()

    class Meta:
        model = OpenLink
        fields: tuple[str, ...] = (
            "job_id",
            "plan_id",
            "state",
            "expires_at",
            "most_uses",
            "uses",
            "made_by",
            "created_at",
            "revoked_at",
        )
        read_only_fields = fields

    @extend_schema_field(
        Choice([one.value for one in LinkState], help_text="Only an open one lets people in.")
    )
    def get_state(self, link: OpenLink) -> str:
        return state_of(link, timezone.now()).value

    def get_made_by(self, link: OpenLink) -> str:
        return link.made_by.display_name if link.made_by is not None else ""


class MadeOpenLinkSerializer(OpenLinkSerializer):
    """With the address to hand over, this once."""

    url = serializers.URLField(read_only=True)

    class Meta(OpenLinkSerializer.Meta):
        fields = ("url", *OpenLinkSerializer.Meta.fields)
        read_only_fields = ("url", *OpenLinkSerializer.Meta.fields)


class OpenLinkWishSerializer(serializers.Serializer[Any]):
    """`organisation` stands in the context."""

    plan_id = Id(help_text="What everybody who comes by the link is asked.")
    expires_at = serializers.DateTimeField(required=False, help_text="In thirty days, if left out.")
    most_uses = serializers.IntegerField(
        min_value=1, max_value=MOST_USES, default=USUAL_USES, help_text="So many people get in."
    )

    def validate_plan_id(self, value: int) -> KeptPlan:
        found = find_plan(plans_of([self.context["organisation"]]), value)
        if found is None:
            raise serializers.ValidationError("There is no such plan.")
        return found

    def validate_expires_at(self, value: datetime) -> datetime:
        now = timezone.now()
        if not now < value <= now + timedelta(days=MOST_DAYS):
            raise serializers.ValidationError(f"This must be within the next {MOST_DAYS} days.")
        return value
