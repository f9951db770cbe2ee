"""Reports as they are listed."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from interviews.models import Report
from rest.fields import Reference


class ReportWishSerializer(serializers.Serializer[Any]):
    session_id = Reference(help_text="UUID or number of a session that is over.")


class ReportSerializer(serializers.ModelSerializer[Report]):
    session = serializers.IntegerField(source="session_id", read_only=True)
    session_id = serializers.UUIDField(source="session.uuid", read_only=True)
    title = serializers.CharField(source="session.title", read_only=True)
    candidate_name = serializers.CharField(source="session.candidate_name", read_only=True)
    job_role = serializers.CharField(source="session.job_role", read_only=True)
    status = serializers.CharField(source="session.status", read_only=True)
    end_reason = serializers.CharField(source="session.end_reason", read_only=True)
    overall_score = serializers.SerializerMethodField()
    pdf_url = serializers.SerializerMethodField()
    json_url = serializers.SerializerMethodField()
    pdf_file = serializers.SerializerMethodField(help_text="The same as pdf_url.")

    class Meta:
        model = Report
        fields = (
            "id",
            "session",
            "session_id",
            "title",
            "candidate_name",
            "job_role",
            "status",
            "end_reason",
            "overall_score",
            "pdf_url",
            "pdf_file",
            "json_url",
            "generated_at",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_overall_score(self, report: Report) -> float | None:
        kept: float | None = getattr(report, "kept_overall", None)
        return kept if self.context.get("shows_scores", True) else None

    @extend_schema_field(serializers.URLField())
    def get_pdf_url(self, report: Report) -> str:
        return self._address(report, "pdf")

    @extend_schema_field(serializers.URLField())
    def get_pdf_file(self, report: Report) -> str:
        return self._address(report, "pdf")

    @extend_schema_field(serializers.URLField())
    def get_json_url(self, report: Report) -> str:
        return self._address(report, "json")

    def _address(self, report: Report, kind: str) -> str:
        request: Any = self.context["request"]
        edition = "candidate" if self.context.get("is_guest") else "panel"
        return str(
            request.build_absolute_uri(f"/api/reports/{report.session.uuid}/{kind}/?edition={edition}")
        )
