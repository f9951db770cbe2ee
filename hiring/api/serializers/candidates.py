"""Candidates: how they are reached, what their résumé says, and what of it whom is shown."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from hiring.api.owned import Address
from hiring.models import MOST_RESUME_CHARS, Candidate
from hiring.phone_numbers import WITH_COUNTRY, as_e164
from rest.changing import ChangingSerializer
from rest.fields import Text
from rest.time_zones import NO_ZONE, is_time_zone


class ResumeSerializer(serializers.Serializer[Any]):
    """The file that was uploaded, without what it says."""

    name = serializers.CharField(help_text="What it was called, with the ending of what it really is.")
    size = serializers.IntegerField(help_text="In bytes.")
    uploaded_at = serializers.DateTimeField()
    url = serializers.URLField(help_text="Where it is downloaded, with the same access token.")


class CandidateSerializer(serializers.ModelSerializer[Candidate]):
    """A candidate. Observers read the name alone; the rest is `null` to them."""

    email = Address(read_only=True, allow_null=True)
    phone = serializers.CharField(read_only=True, allow_null=True)
    consents = serializers.DictField(read_only=True, allow_null=True)
    resume = serializers.SerializerMethodField()
    resume_text = serializers.CharField(read_only=True, allow_null=True)
    resume_note = serializers.CharField(
        read_only=True, allow_null=True, help_text="Why the file gave no words, or not all of them."
    )

    class Meta:
        model = Candidate
        fields = (
            "id",
            "name",
            "email",
            "phone",
            "time_zone",
            "consents",
            "resume",
            "resume_text",
            "resume_note",
            "created_at",
            "updated_at",
        )
        read_only_fields = fields

    @extend_schema_field(ResumeSerializer(allow_null=True))
    def get_resume(self, candidate: Candidate) -> dict[str, Any] | None:
        return describe_resume(candidate, self.context["request"])

    def to_representation(self, instance: Candidate) -> dict[str, Any]:
        shown = super().to_representation(instance)
        if instance.organisation_id in self.context["unreachable"]:
            open_to_all = {"id", "name", "time_zone", "created_at", "updated_at"}
            return {name: value if name in open_to_all else None for name, value in shown.items()}
        return shown


def describe_resume(candidate: Candidate, request: Request) -> dict[str, Any] | None:
    if not candidate.resume:
        return None
    facts = {
        "name": candidate.resume_name,
        "size": candidate.resume_size,
        "uploaded_at": candidate.resume_uploaded_at,
        "url": request.build_absolute_uri(f"/api/candidates/{candidate.pk}/resume/"),
    }
    return dict(ResumeSerializer(facts).data)


class CandidateWishSerializer(ChangingSerializer[Candidate]):
    """What makes or changes a candidate."""

    name = Text(max_length=200)
    email = Address()
    phone = Text(
        max_length=32,
        required=False,
        allow_blank=True,
        help_text="With its country code; kept as +442079460123 (E.164).",
    )
    time_zone = Text(max_length=64, required=False, help_text="An IANA name, such as Europe/London.")
    resume_text = Text(
        max_length=MOST_RESUME_CHARS,
        required=False,
        allow_blank=True,
        help_text="The words of the résumé. Sent with a file, they stand in place of the file's own.",
    )

    class Meta:
        model = Candidate
        fields: tuple[str, ...] = ("name", "email", "phone", "time_zone", "resume_text")

    def validate_phone(self, value: str) -> str:
        if not value:
            return ""
        number = as_e164(value)
        if number is None:
            raise serializers.ValidationError(WITH_COUNTRY)
        return number

    def validate_time_zone(self, value: str) -> str:
        if not is_time_zone(value):
            raise serializers.ValidationError(NO_ZONE)
        return value

    def to_representation(self, instance: Candidate) -> Any:
        return CandidateSerializer(instance, context=self.context).data


class CandidateFormSerializer(CandidateWishSerializer):
    """The same as a form, with the résumé's file."""

    resume = serializers.FileField(
        required=False, write_only=True, help_text="PDF, DOCX or plain text, 5 MB at most."
    )

    class Meta:
        model = Candidate
        fields = (*CandidateWishSerializer.Meta.fields, "resume")

    def to_internal_value(self, data: Any) -> Any:
        """What was read may be sent back whole: the résumé's description changes nothing."""
        if isinstance(data, Mapping) and (data.get("resume") is None or isinstance(data["resume"], Mapping)):
            data = {name: data[name] for name in data if name != "resume"}
        return super().to_internal_value(data)


class ResumeUploadSerializer(serializers.Serializer[Any]):
    """A résumé's file, under either name."""

    resume = serializers.FileField(
        required=False, max_length=255, help_text="PDF, DOCX or plain text, 5 MB at most."
    )
    file = serializers.FileField(required=False, max_length=255, help_text="Another name of resume.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        sent = attrs.get("resume") or attrs.get("file")
        if sent is None:
            raise serializers.ValidationError({"resume": ["Send the file in the field resume."]})
        return {"resume": sent}


class KeptResumeSerializer(ResumeSerializer):
    """The file as it is kept now, and what was read in it."""

    resume_text = serializers.CharField()
    resume_note = serializers.CharField(help_text="Why it gave no words, or not all of them; else empty.")
