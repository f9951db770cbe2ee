"""What a candidate reads about their own interview, and may set."""

from typing import Any

from rest_framework import serializers

from interviews.api.serializers.conversation import RequestSerializer
from rest.fields import Flag


class AccommodationsSerializer(serializers.Serializer[Any]):
    """Asked for without giving reasons; never in a report or a prompt."""

    typed = Flag(required=False, help_text="Answers are typed.")
    time_factor = serializers.FloatField(
        min_value=1, max_value=3, required=False, help_text="How much longer everything may take."
    )
    patience_factor = serializers.FloatField(
        min_value=1, max_value=4, required=False, help_text="How much longer a pause for thought may be."
    )
    large_captions = Flag(required=False)
    no_timer = Flag(required=False)
    slow_voice = Flag(required=False)


class AccommodationsChangeSerializer(serializers.Serializer[Any]):
    accommodations = AccommodationsSerializer()


class NoticeSerializer(serializers.Serializer[Any]):
    """Who is behind the interview, and by which means it is held."""

    organisation = serializers.CharField(allow_blank=True)
    contact_name = serializers.CharField(allow_blank=True)
    contact_email = serializers.CharField(allow_blank=True)
    retention_days = serializers.IntegerField()
    speech_engine = serializers.CharField()
    interviewer = serializers.CharField()
    language_model = serializers.CharField(allow_blank=True, help_text="Its name, where one takes part.")
    language_model_host = serializers.CharField(allow_blank=True, help_text="Where it reads what is said.")
    voice = serializers.CharField()
    own = serializers.CharField(allow_blank=True, help_text="What the organisation itself says beside it.")


class OwnSessionSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    session_id = serializers.UUIDField()
    title = serializers.CharField(allow_blank=True)
    job_role = serializers.CharField(allow_blank=True)
    candidate_name = serializers.CharField(allow_blank=True)
    purpose = serializers.CharField()
    status = serializers.CharField()
    end_reason = serializers.CharField(allow_blank=True)
    language = serializers.CharField()
    duration_minutes = serializers.IntegerField()
    total_questions = serializers.IntegerField()
    scheduled_at = serializers.DateTimeField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    retain_until = serializers.DateTimeField(allow_null=True)
    consent = serializers.DictField(allow_null=True)
    accommodations = AccommodationsSerializer()
    notice = NoticeSerializer()
    requests = RequestSerializer(many=True)
    room_url = serializers.CharField()
    socket_url = serializers.CharField()
    report_url = serializers.CharField()
