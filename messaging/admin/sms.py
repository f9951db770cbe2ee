"""Texts, what numbers agreed to, and interviews by text, in Django's admin."""

from django.contrib import admin

from accounts.read_only_admin import ReadOnlyAdmin, shortened
from messaging.models import Message, PhoneConsent, SmsInterview


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "channel", "kind", "to", "status", shortened("error", to=30), "session")
    list_filter = ("status", "channel", "direction", "kind")
    search_fields = ("to", "sender", "provider_id", "session__uuid")
    list_select_related = ("session",)
    heavy = ("body", "session__plan")
    date_hierarchy = "created_at"


@admin.register(PhoneConsent)
class PhoneConsentAdmin(ReadOnlyAdmin):
    """A number's word is its own: nobody here opts it in or out."""

    list_display = ("number", "status", "opted_in_at", "opted_out_at", shortened("words", to=20))
    list_filter = ("status",)
    search_fields = ("number",)


@admin.register(SmsInterview)
class SmsInterviewAdmin(ReadOnlyAdmin):
    list_display = ("session", "number", "status", "end_reason", "created_at")
    list_filter = ("status", "end_reason")
    search_fields = ("number", "session__uuid", "session__candidate_name")
    list_select_related = ("session",)
    heavy = ("session__plan",)
