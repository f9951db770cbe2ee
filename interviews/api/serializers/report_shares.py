"""Links to reports, as they are listed and as they are made."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from interviews.models import ReportShare
from interviews.report_sharing import MOST_DAYS, USUAL_DAYS
from rest.fields import Choice


class ReportShareWishSerializer(serializers.Serializer[Any]):
    edition = Choice(choices=ReportShare.Edition.values, help_text="Exactly this one is read by the link.")
    days = serializers.IntegerField(
        min_value=1, max_value=MOST_DAYS, default=USUAL_DAYS, help_text="After so many it opens nothing."
    )


SHOWN: tuple[str, ...] = (
    "id",
    "edition",
    "made_by_name",
    "made_at",
    "expires_at",
    "revoked_at",
    "is_open",
    "opened",
    "last_opened_at",
)


class ReportShareSerializer(serializers.ModelSerializer[ReportShare]):
    is_open = serializers.SerializerMethodField(help_text="Neither expired nor revoked.")

    class Meta:
        model = ReportShare
        fields = SHOWN
        read_only_fields = fields

    def get_is_open(self, share: ReportShare) -> bool:
        return share.revoked_at is None and share.expires_at > timezone.now()


class NewReportShareSerializer(ReportShareSerializer):
    url = serializers.SerializerMethodField(help_text="Shown this once; it is kept nowhere.")

    class Meta(ReportShareSerializer.Meta):
        fields = (*SHOWN, "url")
        read_only_fields = fields

    def get_url(self, share: ReportShare) -> str:
        return str(self.context["request"].build_absolute_uri(self.context["path"]))
